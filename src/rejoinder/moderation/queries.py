"""What somebody left behind lately, asked by one statement: it is on the way of every comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import ask, kept
from rejoinder.core.limits import Limit, key_of
from rejoinder.discussion.actions.post import POSTS
from rejoinder.discussion.models import Thread

# Proofs of work that failed, by address block.
FAILED = Limit("failed proofs", most=50, window=timedelta(hours=1))
LATELY, SETTLED, DAY = timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Traces:
    """Comments of the last ten minutes, by where they came from; proofs that failed within the hour.

    `settled`: the writer has a public comment that is older than an hour. `sanctioned`: something may hold of them
    now, of whom or of whose address block (sanctions.standing says what). `met`: they wrote from there today already.
    """

    by_block: int
    failures: int
    by_author: int
    settled: bool
    sanctioned: bool
    met: bool


# Of the newest so many only: what they cost does not grow with the thread.
_TRACES = """
    SELECT
        (SELECT COALESCE(MAX(count), 0) FROM rejoinder_tally WHERE key = %(block)s AND ends > %(now)s),
        (SELECT COALESCE(MAX(count), 0) FROM rejoinder_tally WHERE key = %(failed)s AND ends > %(now)s),
        (SELECT COUNT(*) FROM (SELECT created FROM rejoinder_comment WHERE author_id = %(author)s
            ORDER BY id DESC LIMIT 40) AS theirs WHERE created > %(lately)s),
        EXISTS (SELECT 1 FROM rejoinder_comment
            WHERE author_id = %(author)s AND state = 'public' AND created < %(settled)s),
        EXISTS (SELECT 1 FROM rejoinder_sanction
            WHERE site_id = %(site)s AND commenter_id = %(author)s AND lifted IS NULL)
        OR EXISTS (SELECT 1 FROM rejoinder_sanction
            WHERE site_id = %(site)s AND block = %(where)s AND lifted IS NULL AND NOT (block = '')),
        EXISTS (SELECT 1 FROM rejoinder_whereabouts
            WHERE commenter_id = %(author)s AND block = %(where)s AND seen >= %(day)s)"""


_BUSY = """
    SELECT COUNT(*) FROM (SELECT created FROM rejoinder_comment WHERE thread_id = %s
        ORDER BY id DESC LIMIT 150) AS here WHERE created > %s"""


def written_lately(thread: Thread) -> int:
    """Comments of the last ten minutes in a thread, 150 at most. It reads as many rows: ask where it counts."""
    found: int = ask(_BUSY, [thread.pk or 0, kept(clock.now() - LATELY)])[0][0]
    return found


def traces_of(viewer: Viewer, author: int | None) -> Traces:
    """What this address block and this person wrote lately."""
    moment = clock.now()
    values = {
        "block": key_of(POSTS, viewer.block),
        "failed": key_of(FAILED, viewer.block),
        "author": author or 0,
        "now": kept(moment),
        "lately": kept(moment - LATELY),
        "settled": kept(moment - SETTLED),
        "site": viewer.site.pk,
        "where": viewer.block,
        "day": kept(moment - DAY),
    }
    by_block, failures, by_author, *yes = ask(_TRACES, values)[0]
    settled, sanctioned, met = map(bool, yes)
    return Traces(by_block, failures, by_author, settled, sanctioned, met)
