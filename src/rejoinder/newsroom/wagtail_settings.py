"""What Wagtail needs in the settings. Its calls to foreign hosts are off; sign-in is ours."""

from __future__ import annotations

from rejoinder.core.conf import load as _load

APPS = [
    "wagtail.contrib.redirects",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",  # the admin reverses its addresses; nobody is given permission to use it
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.sitemaps",
]
WAGTAIL_SITE_NAME = "Rejoinder"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "svg"]
# A small file can unfold into a huge picture: refused before it is decoded.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 16_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_I18N_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# In mails to staff only; readers' pages take the address from the site's host name.
WAGTAILADMIN_BASE_URL = _load()["REJOINDER_URL"] or "http://localhost:8000"
