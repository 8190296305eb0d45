"""A comment server alone: the thread is a page of its own."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from rejoinder.accounts.actions import add_site
from rejoinder.discussion.actions import open_thread


def begin() -> str:
    site = add_site(key="blog", name="The Blog", origins=["https://blog.example"])
    key = "https://blog.example/post"
    open_thread(site=site, key=key, url=key, title="A post")
    return reverse("rejoinder:thread", args=[site.key]) + "?" + urlencode({"key": key})
