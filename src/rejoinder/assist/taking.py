"""Taking a model from a file: what another server, or this one, wrote."""

from __future__ import annotations

from pathlib import Path

from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist.learning import BadModel
from rejoinder.assist.models import Version
from rejoinder.assist.storing import add
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput

LARGEST = 16 * 1024 * 1024  # bytes; ours have at most 4 MB


def take(*, site: Site, path: Path, language: str = "", actor: Commenter | None = None) -> Version:
    """Make a model from a file the active version; what is decided here is learned on top of it.

    Raises InvalidInput with a sentence for whatever is no model of ours, OSError where the file cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise InvalidInput(code="model", message=f"{path} is no model of Assist: it is far too large.")
    return take_bytes(site=site, content=path.read_bytes(), language=language, actor=actor)


def take_bytes(*, site: Site, content: bytes, language: str = "", actor: Commenter | None = None) -> Version:
    """The same with what the file holds."""
    from rejoinder.assist.learning.files import load

    try:
        load(content)
    except BadModel as error:
        raise InvalidInput(code="model", message=str(error)) from error
    row = Version(
        site=site,
        language=language,
        state=Version.State.ACTIVE,
        blob=content,
        examples=0,
        why="imported",
        actor=actor,
    )
    with writing():
        add(row)
        row.base = row.number
        row.save(update_fields=["base"])
    return row
