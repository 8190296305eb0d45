"""Settings of Rejoinder: read from the environment, else from `rejoinder.toml`, else the default here.

Each is documented in docs/reference/settings.md; a test holds the two together.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    meaning: str


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
    ),
    Setting("REJOINDER_URL", "", "Public address of this server, such as https://talk.example.org."),
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
    Setting("REJOINDER_LANGUAGE", "en", "Language of the pages where the site says nothing: en, de or ar."),
    Setting("REJOINDER_TIME_ZONE", "UTC", "Time zone in which times are shown, such as Europe/Berlin."),
    Setting("REJOINDER_DEBUG", "", "Set to 1 for development only: shows tracebacks, reloads templates."),
    Setting(
        "REJOINDER_NEWSROOM",
        "auto",
        "auto, on or off: whether the Wagtail newsroom is served; auto where it is installed.",
    ),
    Setting("REJOINDER_LOG", "text", "text for people or json for machines; one line a request or event."),
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


def load(environ: dict[str, str] | None = None, file: Path | None = None) -> Configuration:
    """Read all settings. Raises ConfigurationError for an unknown name in the file."""
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
            values[setting.name], source[setting.name] = str(written[setting.name]), str(path)
        else:
            values[setting.name], source[setting.name] = setting.default, "default"
    return Configuration(values, source)
