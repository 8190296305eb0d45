"""Django's settings of our own server. Read from the environment and rejoinder.toml (core.conf)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rejoinder.core import smtp
from rejoinder.core.conf import load
from rejoinder.project import public_files, signing_in, sqlite
from rejoinder.project.database import databases
from rejoinder.project.secret import secret_key

sqlite.install()

CONFIGURATION = load()
HERE = Path(__file__).resolve().parent

SECRET_KEY = secret_key(CONFIGURATION)
DEBUG = CONFIGURATION.flag("REJOINDER_DEBUG")
_public = urlsplit(CONFIGURATION["REJOINDER_URL"])
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([_public.hostname] if _public.hostname else []),
    *CONFIGURATION.items("REJOINDER_HOSTS"),
]

_newsroom = CONFIGURATION["REJOINDER_NEWSROOM"]
NEWSROOM = _newsroom == "on" or (_newsroom == "auto" and importlib.util.find_spec("wagtail") is not None)

INSTALLED_APPS = [
    "rejoinder.project",
    *(["rejoinder.newsroom"] if NEWSROOM else []),
    "rejoinder.console",
    "rejoinder.api",
    "rejoinder.embed",
    "rejoinder.transfer",
    "rejoinder.notifications",
    "rejoinder.moderation",
    "rejoinder.assist",
    "rejoinder.sourcing",
    "rejoinder.discussion",
    "rejoinder.accounts",
    "rejoinder.core",
    *signing_in.APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "rejoinder.core.middleware.Outer",
    "rejoinder.core.beat.OnTheBeat",
    # Above Apart: what Apart answers itself cuts a window off from the page that opened it, as all else does.
    "django.middleware.security.SecurityMiddleware",
    "rejoinder.core.apart.Apart",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages with a token are padded by Django against guessing it from sizes.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rejoinder.accounts.people.second_factor.SecondFactorFirst",
]
REJOINDER_STAFF_PATHS = ["/desk/", "/console/"]
_context_processors = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "django.template.context_processors.i18n",
]
if NEWSROOM:
    from rejoinder.newsroom.wagtail_settings import *  # noqa: F403
    from rejoinder.newsroom.wagtail_settings import APPS as _wagtail_apps

    INSTALLED_APPS += _wagtail_apps
    _context_processors.append("rejoinder.newsroom.context.publication")

ROOT_URLCONF = "rejoinder.project.urls"
ASGI_APPLICATION = "rejoinder.project.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _context_processors},
    }
]

DATABASES = databases(CONFIGURATION)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "rejoinder.core.cache.Shared",
        "LOCATION": "rejoinder_cache",
        "OPTIONS": {"VALKEY_URL": CONFIGURATION["VALKEY_URL"]},
    }
}

AUTH_USER_MODEL = "rejoinder_project.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
globals().update(
    signing_in.django_settings(CONFIGURATION, on_this_machine=_public.hostname in {None, "localhost"})
)

SESSION_COOKIE_NAME = "rejoinder_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "rejoinder_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "rejoinder.core.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL = _public.scheme == "https"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_SSL else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# More than any form of ours, less than would hurt: a body is at most 40 kB, percent-encoded 120 kB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LANGUAGE_CODE = CONFIGURATION["REJOINDER_LANGUAGE"]
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "rejoinder_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIGURATION["REJOINDER_TIME_ZONE"]

STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.data / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = CONFIGURATION.data / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "rejoinder.project.static.Storage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = public_files.open_to_all
globals().update(smtp.django_settings(CONFIGURATION["REJOINDER_MAIL_URL"]))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    CONFIGURATION["REJOINDER_MAIL_FROM"] or f"noreply@{_public.hostname or 'localhost'}"
)

# Who was erased, beside the database; see accounts.people.ledger.
REJOINDER_ERASURES = CONFIGURATION.data / "erasures.jsonl"
REJOINDER_OWNS_USERS = True
REJOINDER_TRUSTED_PROXIES = CONFIGURATION.items("REJOINDER_TRUSTED_PROXIES")
REJOINDER_PRIVATE_NETWORKS = CONFIGURATION.items("REJOINDER_PRIVATE_NETWORKS")
REJOINDER_METRICS = CONFIGURATION.items("REJOINDER_METRICS")
REJOINDER_URL = CONFIGURATION["REJOINDER_URL"]
LOGGING_CONFIG = None
