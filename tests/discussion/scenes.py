"""Windows and comments of invented people, with everything that a drawing may have to show.

`python -m tests.discussion.scenes` draws them all anew into tests/discussion/drawn, for a change of the templates
that is meant: look at the difference, then commit it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.utils import translation
from django.utils.safestring import SafeString

from rejoinder.accounts.badges import Badge
from rejoinder.discussion.windows import markup
from rejoinder.discussion.windows.shape import INDENTED, More, Shown, Window

DRAWN = Path(__file__).parent / "drawn"
LANGUAGES = ("en", "de", "ar")
EVENING = datetime(2026, 3, 28, 21, 58, 7, 120_450, tzinfo=UTC)

# What HTML gives a meaning to, in a name and in an address.
ODD_NAME = 'O\'Hara & "Sons" <quay>'
ODD = (Badge("expert", ODD_NAME),)
STAFF = (Badge("staff", "Staff"),)
ODD_KEY = "https://courier.example/ebb & flow/?q=%C3%A9&n='1'"
WORDS = SafeString(
    "<p>It was <em>two</em> barges &amp; a tug, said &quot;nobody&quot;.</p>\n<pre><code>a  b\n\tc\n</code></pre>"
)


def comment(number: int, depth: int = 0, **given: Any) -> Shown:
    """A public comment; `given` says what is different about it."""
    values: dict[str, Any] = {
        "number": number,
        "id": f"{number}k",
        "state": "public",
        "name": ("Ines Varga", "ضحى", ODD_NAME, "")[number % 4],
        "badges": (),
        "html": WORDS,
        "created": EVENING + timedelta(days=41 * number, minutes=67 * number),
        "edited": None,
        "ups": 1_234 * (number % 3),
        "downs": number % 5,
        "depth": depth,
        "reply_count": 0,
        "branch_count": 0,
        "parent_number": None,
    }
    return Shown(**{**values, **given})


def gone(number: int, state: str, depth: int = 0, **given: Any) -> Shown:
    return comment(number, depth, state=state, name="", html=SafeString(""), ups=0, downs=0, **given)


def _chain(number: int, bottom: Shown) -> Shown:
    """One reply beneath another, from a root down to `bottom`."""
    below = bottom
    for depth in range(INDENTED - 1, -1, -1):
        below = comment(number + depth, depth, replies=[below], reply_count=1)
    return below


def _deep() -> Shown:
    """Down to the last indented level, and on in its flat part, some of it gone."""
    bottom = comment(24, INDENTED, branch_count=2_013, flat_more=More("b.best.1.o.9.9", 2_009))
    bottom.flat = [
        comment(25, 5, parent_id="24k", parent_name="Ines Varga"),
        comment(26, 6, parent_id="25k", parent_name="", edited=EVENING, badges=STAFF),
        gone(27, "removed", 7, parent_id="26k", parent_name=ODD_NAME),
        comment(28, 8, parent_id="27k", parent_name="ضحى", created=None),
    ]
    return _chain(20, bottom)


def _busy() -> Shown:
    """More replies than are shown: their number known, unknown, or only known to be."""
    replies = [
        comment(31, 1, reply_count=2, more=More("c.best.1.v", 2)),
        comment(32, 1, reply_count=1_000, replies=[comment(33, 2)], more=More("c.best.1.10.4", 999)),
        comment(34, 1, reply_count=3, more=More("c.best.1.12")),
        comment(35, 1, reply_count=5, continued=True),
    ]
    return comment(30, badges=ODD, reply_count=12, replies=replies, more=More("c.best.1.u.-5.7.8", 8))


def _roots() -> list[Shown]:
    """Every state, each with a reply beneath it."""
    gaps = [
        gone(number, state, replies=[comment(number + 1, 1)], reply_count=1)
        for number, state in ((40, "held"), (42, "removed"), (44, "deleted"))
    ]
    return [
        _deep(),
        _busy(),
        *gaps,
        comment(50, edited=EVENING, badges=STAFF, created=None),
        comment(51, target=True),
    ]


def _window(**given: Any) -> Window:
    values: dict[str, Any] = {
        "site": "courier",
        "key": ODD_KEY,
        "order": "best",
        "revision": 99,
        "comment_count": 3_456,
        "closed": False,
        "roots": _roots(),
        **given,
    }
    return Window(**values)


def windows() -> dict[str, Window]:
    above = [
        comment(1),
        comment(2, 1, badges=STAFF),
        gone(3, "removed", 2),
        comment(4, 3, created=None),
    ]
    branch = [comment(60, 5, parent_id="5k", parent_name=ODD_NAME), comment(61, 6, parent_id="5r")]
    return {
        "first": _window(more=More("r.best.1.0.-9.9.9")),
        "closed": _window(closed=True, order="most-replied", roots=[_busy()]),
        "empty": _window(roots=[], comment_count=0, revision=0),
        "roots": _window(kind="roots", roots=[comment(5)], more=More("r.newest.1.0.3.4", 1), order="newest"),
        "replies": _window(
            kind="replies", roots=[comment(6, 1)], above=above[:1], more=More("c.best.1.7.1", 1_180)
        ),
        "branch": _window(kind="branch", roots=branch, above=above[1:2]),
        "context": _window(kind="context", roots=[comment(7, 3, target=True, continued=True)], above=above),
    }


def comments() -> dict[str, Shown]:
    """Drawn alone: for their authors, and after they were posted."""
    return {
        "posted": comment(70),
        "reply": comment(71, 5, parent_id="5k", parent_name="Ines Varga"),
        "held": comment(72, state="held"),
        "held-edited": comment(73, state="held", edited=EVENING, badges=STAFF),
        "removed": comment(74, state="removed"),
        "gone": gone(75, "deleted"),
    }


def shorts() -> dict[str, Shown]:
    return {"plain": comment(80), "odd": comment(82, badges=ODD, created=None), "gone": gone(83, "held")}


def crowd(size: int) -> Window:
    """So many comments, written within a week: each root with replies beneath replies, and more than are shown."""
    roots: list[Shown] = []
    above: list[Shown] = []
    for number in range(1, size + 1):
        depth = (number - 1) % (INDENTED + 1)
        made = comment(
            number, depth, html=WORDS * 2, reply_count=3, created=EVENING + timedelta(minutes=117 * number)
        )
        if depth == 0:
            above = []
            roots.append(made)
        else:
            above[-1].replies, above[-1].more = [made], More("c.best.1.u.-5.7.8", 2)
        above.append(made)
    return _window(roots=roots, more=More("r.best.1.0.-9.9.9", size))


def drawings() -> dict[str, Callable[[], str]]:
    """Name of a file -> what draws it, in the language that is active then."""
    around = _window(roots=[])
    return {
        **{f"window-{name}": partial(markup.window, it) for name, it in windows().items()},
        **{f"comment-{name}": partial(markup.comment, it, around) for name, it in comments().items()},
        **{f"short-{name}": partial(markup.short, it) for name, it in shorts().items()},
    }


def file_of(name: str, language: str) -> Path:
    return DRAWN / f"{name}.{language}.html"


def main() -> None:
    for language in LANGUAGES:
        with translation.override(language):
            for name, draw in drawings().items():
                file_of(name, language).write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ |= {"REJOINDER_DATA": folder, "DJANGO_SETTINGS_MODULE": "rejoinder.project.settings"}
        django.setup()
        main()
