"""The project in which django-comments-xtd is measured: as its quick start has it.

It runs in an environment of its own that has nothing of ours.
"""

import os
from pathlib import Path

SECRET_KEY = "a-key-of-the-bench-that-protects-nothing"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "pages"
SITE_ID = 1
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.flatpages",  # whose pages are what is commented on
    "django_comments_xtd",
    "django_comments",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["XTD_FOLDER"]) / "xtd.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 2  # of its quick start
COMMENTS_XTD_CONFIRM_EMAIL = True
