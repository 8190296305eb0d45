"""The one HTTP client for calls to the outside. A house rule forbids others.

Addresses come from people: of pages, of key sets, of providers. So each call resolves the name, checks every address,
connects to the very address that was checked, follows few redirects and checks each as the first, takes little, takes
short, sends no cookies, and asks no proxy that the environment names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rejoinder.core.outbound.answers import Answer, NoAnswer
from rejoinder.core.outbound.fetching import fetch

if TYPE_CHECKING:
    import requests

__all__ = ["Answer", "NoAnswer", "fetch", "session"]


def session() -> requests.Session:
    """The same way out for packages that speak `requests`, which takes a while to load: see sessions.py."""
    from rejoinder.core.outbound import sessions

    return sessions.session()
