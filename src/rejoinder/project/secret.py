"""The secret key: given, or made once and kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from rejoinder.core.conf import Configuration, ConfigurationError

SHORTEST = 32


def _kept(folder: Path) -> str:
    path = folder / "secret-key"
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    folder.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def secret_key(configuration: Configuration) -> str:
    """The key to sign with. Raises ConfigurationError when it is shorter than 32 bytes."""
    given = configuration["REJOINDER_SECRET_KEY"]
    try:
        key = given or _kept(configuration.data)
    except OSError as error:
        raise ConfigurationError(
            f"The data folder {configuration.data} cannot be written: {error.strerror}. "
            "Make it writable, or name another one in REJOINDER_DATA."
        ) from error
    if len(key.encode()) < SHORTEST:
        raise ConfigurationError(
            f"REJOINDER_SECRET_KEY has {len(key.encode())} bytes; at least {SHORTEST} are needed. "
            "Remove it, and one is made and kept in the data folder."
        )
    return key
