"""Expected failures as one sentence each: what is wrong and what to do. Everything else is a fault of ours."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from rejoinder.core.conf import ConfigurationError
from rejoinder.core.errors import RejoinderError

# What the databases say -> what the operator reads. The first that is found in the message counts.
_DATABASE = (
    (
        "password authentication failed",
        "The database refuses the user or password of DATABASE_URL. Mend it there.",
    ),
    ("no password supplied", "The database wants a password; write it into DATABASE_URL."),
    (
        "connection refused",
        "The database cannot be reached: nothing answers at the address in DATABASE_URL. Start it.",
    ),
    (
        "connection timeout",
        "The database cannot be reached: no answer in time from the address in DATABASE_URL.",
    ),
    ("could not translate host name", "The host in DATABASE_URL is not known. Mend its name."),
    ("failed to resolve host", "The host in DATABASE_URL is not known. Mend its name."),
    (
        "no such file or directory",
        "The database cannot be reached: there is no socket at the place in DATABASE_URL.",
    ),
    (
        "too many clients",
        "The database has no connection left. Raise max_connections or stop what uses them.",
    ),
    (
        "too many connections",
        "The database has no connection left. Raise max_connections or stop what uses them.",
    ),
    ("starting up", "The database is just starting. Try again in a moment."),
    ("shutting down", "The database is shutting down. Start it again."),
    ("permission denied", "The user of DATABASE_URL may not do that in this database. Make it the owner."),
    (
        "unable to open database file",
        "The database file cannot be opened. See that the data folder is there and writable.",
    ),
    (
        "readonly database",
        "The database file cannot be written. Give the user of this process the right to write it.",
    ),
    ("database is locked", "Another process keeps the database locked. Find it and end it, then try again."),
    (
        "file is not a database",
        "The database file is damaged or no database. Restore a backup: rejoinder restore FILE.",
    ),
    ("malformed", "The database file is damaged. Restore a backup: rejoinder restore FILE."),
    ("disk is full", "The disk is full. Free some space and try again."),
    ("no space left", "The disk is full. Free some space and try again."),
    ("no such table", "The database has no tables of this version yet. Run rejoinder migrate."),
    (
        "does not exist",
        "The database or a table in it does not exist. Create it, then run rejoinder migrate.",
    ),
)
_SYSTEM = {
    errno.ENOSPC: "The disk is full. Free some space and try again.",
    errno.EROFS: "The file system is read-only. Mount it writable or name another folder in REJOINDER_DATA.",
    errno.EMFILE: "Too many open files. Raise the limit (ulimit -n).",
}


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__


def database_sentence(error: BaseException) -> str:
    """What a database error means, or its first line where it is not known. Neither holds a secret."""
    said = str(error).strip()
    line = said.splitlines()[0] if said else type(error).__name__
    for part, sentence in _DATABASE:
        if part in said.lower():
            return f"{sentence} (It says: {line})"
    return f"The database says: {line}"


def sentence(error: BaseException) -> str | None:
    """One line for a person, or None when the error is none that is expected."""
    if isinstance(error, RejoinderError | ConfigurationError):
        return str(error)
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    if isinstance(error, OperationalError | ProgrammingError):
        return database_sentence(error)
    if isinstance(error, ImproperlyConfigured):
        return f"The settings cannot be used: {error}"
    if isinstance(error, OSError) and error.errno is not None:
        return _of_system(error)
    return None


def _of_system(error: OSError) -> str | None:
    if error.errno in _SYSTEM:
        return _SYSTEM[error.errno]
    if isinstance(error, PermissionError | FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return f"{error.filename}: {error.strerror}. See that it is there and that this user may use it."
    return None


def is_database_trouble(error: BaseException) -> bool:
    """Whether the database itself, not our use of it, is the cause."""
    from django.db import InterfaceError, OperationalError

    return any(isinstance(cause, OperationalError | InterfaceError) for cause in _causes(error))
