"""The newsroom's addresses. Included last and at the top: the tree answers whatever nobody else does."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.urls import serve_pattern

from rejoinder.newsroom import media, views
from rejoinder.newsroom.deskwork import in_the_desk

_desk: list[URLPattern | URLResolver] = [
    path("login/", views.to_sign_in, name="rejoinder_desk_login"),
    path("password_reset/", views.to_sign_in),
    path("password_reset/<path:rest>", views.to_sign_in),
    path("", include(wagtail_admin_urls)),
]

urlpatterns = [
    path("desk/", in_the_desk(_desk)),
    path("media/<path:path>", media.file, name="rejoinder_media"),
    path("feed/", views.feed, name="rejoinder_feed"),
    path("sections/<slug:slug>/feed/", views.section_feed, name="rejoinder_section_feed"),
    path("sources/<str:source>/", views.source, name="rejoinder_source"),
    path("corrections/", views.corrections, name="rejoinder_corrections"),
    path("corrections/feed/", views.corrections_feed, name="rejoinder_corrections_feed"),
    path("sitemap.xml", sitemap, name="rejoinder_sitemap"),
    path("robots.txt", views.robots, name="rejoinder_robots"),
    path("stories/<str:slug>/", views.story, name="rejoinder_story"),
    re_path(serve_pattern, views.page, name="wagtail_serve"),
]
