"""A page of the project's own, with the template tag in it."""

from __future__ import annotations

from django.urls import reverse

from rejoinder.accounts.actions import add_site


def begin() -> str:
    add_site(key="blog", name="The Blog", origins=["http://localhost"])
    return reverse("article", args=[7])
