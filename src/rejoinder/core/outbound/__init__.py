"""The one HTTP client for calls to the outside. A house rule forbids others.

Addresses come from people: of pages, of key sets, of providers. So each call resolves the name, checks every address,
connects to the very address that was checked, follows few redirects and checks each as the first, takes little, takes
short, sends no cookies, and asks no proxy that the environment names. For packages that speak `requests` there is
`core.outbound.sessions.session`.
"""

from __future__ import annotations

from rejoinder.core.outbound.answers import Answer, NoAnswer
from rejoinder.core.outbound.fetching import fetch

__all__ = ["Answer", "NoAnswer", "fetch"]
