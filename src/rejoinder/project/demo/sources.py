"""Who says so in a story of the demo, so that its page and the desk have something to show. Made by the same doors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.queries import role_of
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.db import writing
from rejoinder.discussion.models import Thread
from rejoinder.project.demo.content.load import FOLDER, read
from rejoinder.sourcing import figures
from rejoinder.sourcing.actions import (
    ClaimWish,
    SourceWish,
    add_claim,
    add_matter,
    add_source,
    keep_passage,
    set_status,
)
from rejoinder.sourcing.models import Claim, Document, Matter, Source
from rejoinder.sourcing.passages import choose
from rejoinder.sourcing.queries import text_of

_TOLD = read(FOLDER / "sources.toml")
STORY: str = _TOLD["story"]


def load(*, site: Site, threads: Mapping[str, Thread], owner: Commenter) -> None:
    """Write who says what in the story, unless that was done before. `threads`: by the slug of their story."""
    thread = threads.get(STORY)
    document = Document.objects.filter(site=site, key=thread.key).first() if thread else None
    if document is None or Source.objects.filter(site=site).exists():
        return
    viewer = Viewer(site, owner, role_of(owner, site))
    with writing():
        sources = {entry["name"]: _source(viewer, entry) for entry in _TOLD["sources"]}
        matters: dict[str, Matter] = {}
        for entry in _TOLD["claims"]:
            _claim(viewer, document, entry, sources, matters)


def _source(viewer: Viewer, entry: Mapping[str, Any]) -> Source:
    more = {name: entry[name] for name in ("side", "reason") if name in entry}
    aliases = tuple(entry.get("aliases", ()))
    wish = SourceWish(name=entry["name"], kind=entry["kind"], aliases=aliases, **more)
    return add_source(viewer=viewer, wish=wish)


def _claim(
    viewer: Viewer,
    document: Document,
    entry: Mapping[str, Any],
    sources: Mapping[str, Source],
    matters: dict[str, Matter],
) -> Claim:
    text = text_of(document)
    begin = text.index(entry["words"])
    passage = keep_passage(
        document=document, anchor=choose(text, begin, begin + len(entry["words"]), document.version)
    )
    title = entry.get("matter", "")
    if title and title not in matters:
        matters[title] = add_matter(viewer=viewer, title=title)
    figure = figures.parse(entry["figure"], document.language) if "figure" in entry else None
    wish = ClaimWish(
        sources=[sources[name] for name in entry["sources"]],
        manner=entry["manner"],
        figure=figure,
        matter=matters.get(title),
    )
    claim = add_claim(viewer=viewer, passage=passage, wish=wish)
    if "status" in entry:
        set_status(
            viewer=viewer, claim=claim, status=entry["status"], reason=entry["reason"], seen=claim.revision
        )
    return claim
