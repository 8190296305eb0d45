"""Names of pages: how a URL becomes a thread's key."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_USUAL = {"http": 80, "https": 443}


def normalise_url(url: str) -> str | None:
    """The canonical spelling of a page's URL, or None when it is no http(s) URL.

    Scheme and host in lower case, the default port, the fragment, `utm_*` and a trailing slash dropped.
    """
    url = url.strip()
    # Browsers send these percent-encoded; as they are, no feed could hold them.
    if not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _USUAL or not parts.hostname or parts.username is not None:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.lower()
    netloc = host if port in (None, _USUAL[scheme]) else f"{host}:{port}"
    asked = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.lower().startswith("utm_")
    ]
    return urlunsplit((scheme, netloc, parts.path.rstrip("/"), urlencode(asked), ""))
