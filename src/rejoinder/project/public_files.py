"""Static files are the same for everybody, so pages of every origin may use them."""

from __future__ import annotations

from wsgiref.headers import Headers


def open_to_all(headers: Headers, path: str, url: str) -> None:
    """Headers that whitenoise adds to each; it lets scripts of other origins read them by itself."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
