"""Sign-in by other providers, named in the settings: any that speaks OpenID Connect, and GitHub, which does not.

Identity is the issuer and its subject, never the e-mail address: an address that somebody has here already is no
way into their account. All calls go out by `core.outbound`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

# What is the same for all who use one of these.
KNOWN = {
    "github": ("GitHub", "https://github.com"),
    "google": ("Google", "https://accounts.google.com"),
    "gitlab": ("GitLab", "https://gitlab.com"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/oauth"),
    "twitch": ("Twitch", "https://id.twitch.tv/oauth2"),
}
# The protocols, by the package's name for them.
CLASSES = {
    "github": "rejoinder.accounts.people.github.Provider",
    "openid_connect": "rejoinder.accounts.people.oidc.Provider",
}
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?")
_NEEDED, _MAY = {"id", "client_id"}, {"id", "client_id", "client_secret", "issuer", "name"}


def wrong(value: str) -> str:
    """What is wrong with the setting REJOINDER_PROVIDERS, or an empty string."""
    try:
        entries = parsed(value)
    except ValueError as error:
        return str(error)
    names = [entry["id"] for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), "")
    return f"“{twice}” stands there twice." if twice else ""


def parsed(value: str) -> list[dict[str, str]]:
    """The providers that the setting names, each with id, name, issuer, client_id, client_secret.

    Raises ValueError with what to write instead.
    """
    if not value.strip():
        return []
    try:
        entries = json.loads(value)
    except ValueError:
        raise ValueError("Write a list of tables in rejoinder.toml, or JSON in the environment.") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("Write a list, one table a provider.")
    return [_entry(entry) for entry in entries]


def _entry(entry: Mapping[str, Any]) -> dict[str, str]:
    if not _NEEDED <= set(entry) <= _MAY or not all(isinstance(text, str) for text in entry.values()):
        raise ValueError(
            "Each provider has id, client_id, client_secret, and, where we do not know it, issuer and name."
        )
    if not _ID.fullmatch(entry["id"]):
        raise ValueError(f"“{entry['id'][:40]}” is no id: small letters, digits and hyphens, at most 30.")
    name, issuer = KNOWN.get(entry["id"], (entry["id"], ""))
    issuer = entry.get("issuer", issuer).strip()
    if not _is_issuer(issuer):
        raise ValueError(f"“{entry['id']}” needs an issuer, such as https://id.example.org.")
    return {
        "id": entry["id"],
        "name": entry.get("name", name),
        "issuer": issuer,
        "client_id": entry["client_id"],
        "client_secret": entry.get("client_secret", ""),
    }


def _is_issuer(text: str) -> bool:
    try:
        parts = urlsplit(text)
        on_this_machine = parts.hostname in {"localhost", "127.0.0.1"}
        secure = parts.scheme == "https" or (parts.scheme == "http" and on_this_machine)
        return bool(secure and parts.hostname and not parts.query and not parts.fragment)
    except ValueError:
        return False


def settings_of(value: str) -> dict[str, Any]:
    """The setting SOCIALACCOUNT_PROVIDERS of the accounts package."""
    entries = parsed(value)
    kinds = {
        "github": [_app(entry) for entry in entries if entry["id"] == "github"],
        "openid_connect": [
            {**_app(entry), "provider_id": entry["id"]} for entry in entries if entry["id"] != "github"
        ],
    }
    return {kind: {"provider_class": CLASSES[kind], "APPS": apps} for kind, apps in kinds.items()}


def _app(entry: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["client_secret"],
        "settings": {"server_url": entry["issuer"].rstrip("/"), "issuer": entry["issuer"]},
    }
