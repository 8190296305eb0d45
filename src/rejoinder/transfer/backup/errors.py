from __future__ import annotations

from rejoinder.core.errors import RejoinderError


class Damaged(RejoinderError):
    """The file is no backup, cut off, or changed since it was written. Nothing was touched."""

    code = "backup-damaged"


class NotForHere(RejoinderError):
    """A sound backup that this server cannot take: another database engine, a newer version."""

    code = "backup-not-for-here"
