"""Settings of Rejoinder: read from the environment, else from `rejoinder.toml`, else the default here.

Each is documented in docs/reference/settings.md; a test holds the two together.
"""

from __future__ import annotations

import json
import os
import tomllib
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rejoinder.core import providers, smtp

Check = Callable[[str], str]


def one_of(*choices: str) -> Check:
    """What is wrong with a value that is none of these."""
    return lambda value: "" if value in choices else f"Write {', '.join(choices[:-1])} or {choices[-1]}."


def _switch(value: str) -> str:
    known = value.strip().lower() in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}
    return "" if known else "Write 1, or remove it."


def _count(value: str) -> str:
    number = value.isascii() and value.isdigit() and 0 < int(value) <= 64
    return "" if value == "auto" or number else "Write auto or a number from 1 to 64."


def _public_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    return (
        "" if not value or (good and not parts.path.strip("/")) else "Write it like https://talk.example.org."
    )


def _shared_cache(value: str) -> str:
    known = value.startswith(("valkey://", "valkeys://", "redis://", "rediss://"))
    return "" if not value or known else "Write it like valkey://host:6379/0."


def _networks(value: str) -> str:
    try:
        for part in filter(None, map(str.strip, value.split(","))):
            ip_network(part)
    except ValueError:
        return "Write networks like 10.1.0.0/16, separated by commas."
    return ""


def _time_zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return "There is no such time zone. Write it like Europe/Berlin."
    return ""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    meaning: str
    wrong: Check = field(default=lambda value: "")  # what to write instead, or an empty string
    secret: bool = False  # it may hold a password, so that no message shows it


SETTINGS = (
    Setting("REJOINDER_DATA", "data", "Folder of the database, the media and the secret key."),
    Setting("REJOINDER_SECRET_KEY", "", "At least 32 bytes; made and kept in the data folder when absent."),
    Setting(
        "DATABASE_URL",
        "",
        "postgresql://user:password@host:port/name; a SQLite file in the data folder when absent.",
    ),
    Setting(
        "VALKEY_URL",
        "",
        "valkey://host:port/0 (or redis://): shared cache and limits; the database when absent.",
        _shared_cache,
        secret=True,
    ),
    Setting(
        "REJOINDER_URL",
        "",
        "Public address of this server, such as https://talk.example.org.",
        _public_address,
    ),
    Setting(
        "REJOINDER_HOSTS",
        "",
        "Host names answered, separated by commas; besides that of REJOINDER_URL and localhost.",
    ),
    Setting(
        "REJOINDER_TRUSTED_PROXIES",
        "",
        "Addresses or networks of proxies whose X-Forwarded-For counts, separated by commas.",
    ),
    Setting(
        "REJOINDER_MAIL_URL",
        "",
        "smtp://, smtps:// or smtp+starttls://user:password@host:port; mail goes to the terminal when absent.",
        smtp.wrong,
        secret=True,
    ),
    Setting(
        "REJOINDER_MAIL_FROM",
        "",
        "Address that mail comes from, such as talk@example.org; noreply@ the host of REJOINDER_URL when absent.",
        smtp.wrong_sender,
    ),
    Setting(
        "REJOINDER_PRIVATE_NETWORKS",
        "",
        "Networks that are not public and that this server may fetch from all the same, such as 10.1.0.0/16.",
        _networks,
    ),
    Setting(
        "REJOINDER_PROVIDERS",
        "",
        "Providers that readers may sign in by, with OpenID Connect or GitHub: a list of tables, or as JSON.",
        providers.wrong,
        secret=True,
    ),
    Setting(
        "REJOINDER_STAFF_SECOND_FACTOR",
        "on",
        "on or off: whether staff need a passkey or an app's code besides what they sign in with.",
        one_of("on", "off"),
    ),
    Setting(
        "REJOINDER_THREADS",
        "auto",
        "Requests that one process works on at once, besides those answered from memory; auto: 1 on SQLite, else 2.",
        _count,
    ),
    Setting(
        "REJOINDER_METRICS",
        "127.0.0.1,::1",
        "Addresses or networks that may ask for /metrics, directly and not through a proxy.",
    ),
    Setting(
        "REJOINDER_LANGUAGE",
        "en",
        "Language of the pages where the site says nothing: en, de or ar.",
        one_of("en", "de", "ar"),
    ),
    Setting(
        "REJOINDER_TIME_ZONE", "UTC", "Time zone in which times are shown, such as Europe/Berlin.", _time_zone
    ),
    Setting(
        "REJOINDER_DEBUG",
        "",
        "Set to 1 for development only: shows tracebacks, reloads templates.",
        _switch,
    ),
    Setting(
        "REJOINDER_NEWSROOM",
        "auto",
        "auto, on or off: whether the Wagtail newsroom is served; auto where it is installed.",
        one_of("auto", "on", "off"),
    ),
    Setting(
        "REJOINDER_LOG",
        "text",
        "text for people or json for machines; one line a request or event.",
        one_of("text", "json"),
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings as found. `source` says where each came from, for `rejoinder doctor`."""

    values: dict[str, str]
    source: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def flag(self, name: str) -> bool:
        return self.values[name].strip().lower() in {"1", "true", "yes", "on"}

    def items(self, name: str) -> list[str]:
        return [part.strip() for part in self.values[name].split(",") if part.strip()]

    @property
    def data(self) -> Path:
        return Path(self.values["REJOINDER_DATA"]).expanduser().resolve()


class ConfigurationError(Exception):
    """A setting cannot be used; the message names it and says what to write."""


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} cannot be read: {error}. Mend the line or remove the file."
        ) from error


def _as_text(value: Any) -> str:
    """As it would stand in the environment: a list becomes one with commas, tables become JSON."""
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return json.dumps(value)
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def load(environ: dict[str, str] | None = None, file: Path | None = None) -> Configuration:
    """Read all settings. Raises ConfigurationError for an unknown name in the file and a value that cannot be used."""
    environ = dict(os.environ) if environ is None else environ
    path = file or Path(environ.get("REJOINDER_CONFIG", "rejoinder.toml"))
    written = _from_file(path)
    unknown = sorted(set(written) - set(_BY_NAME))
    if unknown:
        raise ConfigurationError(
            f"{path} has a setting that does not exist: {unknown[0]}. See docs/reference/settings.md."
        )
    values, source = {}, {}
    for setting in SETTINGS:
        if setting.name in environ:
            values[setting.name], source[setting.name] = environ[setting.name], "environment"
        elif setting.name in written:
            values[setting.name], source[setting.name] = _as_text(written[setting.name]), str(path)
        else:
            values[setting.name], source[setting.name] = setting.default, "default"
        if advice := setting.wrong(values[setting.name]):
            shown = "not right" if setting.secret else f"“{values[setting.name][:100]}”"
            raise ConfigurationError(f"{setting.name} is {shown}. {advice}")
    return Configuration(values, source)
