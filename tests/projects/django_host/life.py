"""A page of the project's own, with the template tag in it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from rejoinder.accounts.actions import add_site


def begin() -> str:
    add_site(key="blog", name="The Blog", origins=["http://localhost"])
    return reverse("article", args=[7])


def further() -> dict[str, Any]:
    """What a page of the same origin that Django does not draw can do: by the API, and by the embed that speaks it."""
    home, page = reverse("rejoinder:embed").removesuffix("embed.js"), "http://localhost/old/page.html"
    ways = {"HTTP_HOST": "localhost", "HTTP_ORIGIN": "http://localhost", "content_type": "application/json"}
    comments = f"{home}api/v1/sites/blog/comments"
    guest = Client()
    first = guest.post(comments, {"url": page, "body": "By no chart.", "name": "Ola"}, **ways)  # type: ignore[arg-type]
    said = first.json()
    bearer = {**ways, "HTTP_AUTHORIZATION": f"Bearer {said['session']['access_token']}"}
    parent = said["comment"]["id"]
    second = guest.post(comments, {"url": page, "parent": parent, "body": "None.", "name": "Ola"}, **bearer)  # type: ignore[arg-type]
    changed = guest.patch(
        f"{home}api/v1/comments/{parent}",
        {"body": "By *nobody's* chart."},
        **bearer,  # type: ignore[arg-type]
    )
    (shown,) = [
        found
        for found in guest.get(comments, {"url": page}, HTTP_HOST="localhost").json()["comments"]
        if found["id"] == parent
    ]
    loader = guest.get(f"{home}embed.js", HTTP_HOST="localhost")
    drawn = guest.get(f"{home}embed/threads/blog", {"url": page}, HTTP_HOST="localhost")
    return {
        "api": [first.status_code, second.status_code, changed.status_code, shown["html"]],
        "embed": [
            loader.status_code,
            drawn.status_code,
            f"http://localhost{home}comments/" in drawn.content.decode(),
        ],
    }
