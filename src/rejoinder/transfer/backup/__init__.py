"""Backup and restore: one file with database and media, checked by its manifest.

Taken while the server runs; checked in full before anything is touched when it is put back.
"""

from rejoinder.transfer.backup.errors import Damaged, NotForHere
from rejoinder.transfer.backup.manifest import Manifest
from rejoinder.transfer.backup.restoring import Restored, restore
from rejoinder.transfer.backup.writing import back_up

__all__ = ["Damaged", "Manifest", "NotForHere", "Restored", "back_up", "restore"]
