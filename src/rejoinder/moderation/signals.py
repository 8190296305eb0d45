"""How a text was written: what was sent along, how much comes from the same place, how new its writer is.

Each signal weighs; together they hold a text from HOLD on, and no single weak one does. Nothing is refused: a person
looks at what is held, and reads why. Staff are not looked at.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, proof
from rejoinder.core.limits import Limit, take
from rejoinder.core.text.skeleton import name_key
from rejoinder.discussion.models import Thread
from rejoinder.discussion.ports import Draft, Signals
from rejoinder.moderation.queries import FAILED, Traces, traces_of, written_lately
from rejoinder.moderation.screening import fingerprints

HOLD = 4

# A puzzle that was not solved says little: browsers without scripts send none. One that somebody tampered with, took
# from another thread or sent twice was sent by a program.
PROOFS = {proof.ABSENT: 1, proof.EXPIRED: 1, proof.FORGED: HOLD, proof.ELSEWHERE: HOLD, "spent": HOLD}
# Nobody opens a page, writes and sends within a second; within three hardly anybody.
FAST, HURRIED = 1_000, 3_000  # milliseconds
# Comments within ten minutes, and what more than so many weigh. An address block may be an office or a mobile network:
# it weighs late, and holds shortly before the limit of 30 refuses. Who writes every half minute does not read.
BY_BLOCK = ((5, 1), (12, 2), (20, HOLD))
BY_AUTHOR = ((10, 1), (20, HOLD))
# A thread as busy as this draws floods, and readers who have never written before: of those alone it asks more.
BY_THREAD = ((60, 1), (120, 2))
# Who has nothing public that is older than an hour. By itself it only tips what is suspicious anyway.
NEWCOMER = 1
# Links are why advertising is posted, and how readers say where they know it from. A newcomer's is public where the
# puzzle was solved and the thread is calm; otherwise somebody looks first. More than two in a first comment is a list.
LINK, LINKS, MANY = 2, 3, 2
ADDED = 1  # put in by an edit, once the words were public
# Puzzles that this address block failed within an hour.
FAILURES = ((2, 2), (5, HOLD))
# The same words, or a link to the same page, by several newcomers within an hour.
SAME = 3
_SAME_WORDS = Limit("same words", most=1, window=timedelta(hours=1))
_SAME_LINK = Limit("same link", most=3, window=timedelta(hours=1))
ALIKE = 8  # texts that are compared with one; in a flood all are alike
SHORTEST, COMPARED = 40, 600  # characters: "I agree!" is said by many; what advertises says so early

_LINK = re.compile(r"https?://([^\s<>\"')\]]+)|\bwww\.[^\s<>\"')\]]+", re.IGNORECASE)
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)  # whoever answers repeats what others wrote
_FIGURE = re.compile(r"[0-9]{1,9}")
_TAMPERED = {proof.FORGED, proof.ELSEWHERE, "spent"}


@dataclass(frozen=True, slots=True)
class Signal:
    """`figure`: how many, how long (milliseconds), where the name counts something."""

    name: str
    weight: int
    figure: int = 0


class Watching:
    """The discussion's Watch port."""

    def collect(self, viewer: Viewer, thread: Thread, sent: Mapping[str, str]) -> Signals:
        return collect(viewer, thread, sent)

    def challenge(self, viewer: Viewer, thread: Thread) -> dict[str, Any] | None:
        return challenge(viewer, thread)


def collect(viewer: Viewer, thread: Thread, sent: Mapping[str, str]) -> Signals:
    """What was sent beside a text (see ports.SENT), read and checked; stores nothing. Plain JSON values."""
    found = proof.check(sent.get("proof", ""), site=viewer.site.key, key=thread.key)
    elapsed = sent.get("elapsed", "")
    taken = int(elapsed) if _FIGURE.fullmatch(elapsed) else None
    opened = proof.open_for(sent.get("began", ""))
    return {
        "proof": found.outcome,
        "name": found.name,
        "effort": found.effort,
        "elapsed": taken if opened is None else min(opened, taken if taken is not None else opened),
        "website": bool(sent.get("website")),
        "again": sent.get("again", ""),
    }


def challenge(viewer: Viewer, thread: Thread) -> dict[str, Any]:
    """A puzzle for whoever writes here: twice as hard for each reason to look twice."""
    traces = traces_of(viewer, viewer.number)
    doublings = (
        (not traces.settled)
        + (traces.by_block > 3)
        + (traces.by_block > 10)
        + (written_lately(thread) > BY_THREAD[0][0])
        + 2 * (traces.failures > 0)
    )
    return proof.challenge(site=viewer.site.key, key=thread.key, effort=proof.EASIEST << doublings)


def evaluate(draft: Draft, traces: Traces) -> list[Signal]:
    """What speaks for a program, by weight; empty where nothing was collected.

    Spends the proof: call it once, within the transaction that stores the text.
    """
    if draft.comment is None and not draft.signals:
        return []  # written by an action of our own: an import, the demo
    found = list(_of_words(draft, traces))
    if draft.comment is None:
        found = [*_of_sending(draft.viewer, draft.signals), *_of_place(traces, draft.thread), *found]
    return sorted((signal for signal in found if signal.weight), key=lambda signal: -signal.weight)


def _of_sending(viewer: Viewer, sent: Signals) -> Iterator[Signal]:
    if sent.get("website"):
        yield Signal("website", HOLD)
    outcome = str(sent.get("proof", proof.ABSENT))
    if outcome == proof.SOLVED and not proof.spend(str(sent.get("name", ""))):
        outcome = "spent"
    if outcome in _TAMPERED:
        take(FAILED, viewer.block)
    yield Signal(f"proof-{outcome}", PROOFS.get(outcome, 0))
    elapsed = sent.get("elapsed")
    if isinstance(elapsed, int) and elapsed < HURRIED:
        yield Signal("fast", HOLD if elapsed < FAST else 1, elapsed)


def _of_place(traces: Traces, thread: Thread) -> Iterator[Signal]:
    yield Signal("block", _weight(traces.by_block, BY_BLOCK), traces.by_block)
    yield Signal("author", _weight(traces.by_author, BY_AUTHOR), traces.by_author)
    yield Signal("failed", _weight(traces.failures, FAILURES), traces.failures)
    if not traces.settled:
        yield Signal("newcomer", NEWCOMER)
        here = written_lately(thread)
        yield Signal("thread", _weight(here, BY_THREAD), here)


def _weight(count: int, steps: tuple[tuple[int, int], ...]) -> int:
    """What so many weigh: the weight of the last step that they are above."""
    return max((weight for most, weight in steps if count > most), default=0)


def _of_words(draft: Draft, traces: Traces) -> Iterator[Signal]:
    """What newcomers write: links, and what others wrote too."""
    if traces.settled:
        return
    links = links_in(draft.body)
    if draft.comment is not None:
        new = links - links_in(draft.comment.body)
        if new:
            yield Signal("link-added", ADDED + LINK + NEWCOMER, len(new))
        return
    if links:
        yield Signal("links", LINK if len(links) <= MANY else LINKS, len(links))
    site = str(draft.viewer.site.pk)
    if any(take(_SAME_LINK, site, link) for link in sorted(links)[:MANY]):
        yield Signal("same-link", SAME)
    words = name_key(_LINK.sub("", draft.body)[:COMPARED])
    if len(words) >= SHORTEST and take(_SAME_WORDS, site, hashlib.sha256(words.encode()).hexdigest()):
        yield Signal("same-words", SAME)
    else:
        since = clock.now() - _SAME_WORDS.window
        alike = fingerprints.near(_QUOTED.sub("", draft.body), draft.viewer.site.pk, since=since, most=ALIKE)
        others = {row.author_id for row in alike} - {draft.author.pk}
        yield Signal("like-words", SAME if others else 0, len(others))


def links_in(body: str) -> set[str]:
    """The pages that a text links to: host and path, as far as two links to one page are to be told as the same."""
    found = (match[0].lower().partition("://") for match in _LINK.finditer(body))
    return {(rest or whole).split("?")[0].split("#")[0].rstrip("/.,;:") for whole, _mark, rest in found}
