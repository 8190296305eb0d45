"""The base of everything that comes in, and what each request may carry.

A scoping check that is skipped because a parameter is absent, empty, given twice, of another type or under a name
that nobody looks at, is a hole. So nothing is ignored and nothing is converted: it is understood, or refused.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from rejoinder.discussion.models.thread import MAX_KEY
from rejoinder.discussion.orders import DEFAULT, ORDERS

MOST_KEYS = 100
MOST_LISTED = 50
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


class Asked(BaseModel):
    """Base of what a request carries: unknown names are refused, and so is what is of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _number(value: Any) -> Any:
    """A number as it stands in an address: digits alone. No sign, no space, no leading zero."""
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def _order(value: Any) -> Any:
    # A closed list, which further orders are added to when apps start: so it is looked at, not copied.
    if value not in ORDERS:
        raise ValueError("one of " + ", ".join(ORDERS))
    return value


def _up_or_down(value: int) -> int:
    if value not in {1, -1}:
        raise ValueError("1 or -1")
    return value


# What was left out. Sent as such it is refused: everything that names something is at least one character long.
ABSENT = ""

Key = Annotated[str, Field(min_length=1, max_length=MAX_KEY, description="what the site calls the thread")]
Url = Annotated[str, Field(min_length=1, max_length=2000, description="the address of the page")]
PublicId = Annotated[str, Field(min_length=1, max_length=20, description="the id of a comment")]
Number = Annotated[int, BeforeValidator(_number)]


class AskedThread(Asked):
    """A thread, by its key or by its page's address; where both are given, the key names it."""

    key: Key = ABSENT
    url: Url = ABSENT


class AskedComments(AskedThread):
    sort: Annotated[
        str,
        BeforeValidator(_order),
        Field(
            description="best, newest, oldest, most-replied; unanswered: what waits for an answer first",
            json_schema_extra={"enum": list(ORDERS)},
        ),
    ] = DEFAULT
    cursor: Annotated[str, Field(min_length=1, max_length=200, description="where a list goes on")] = ABSENT
    parent: Annotated[
        str, Field(min_length=1, max_length=20, description="list the replies to this comment")
    ] = ABSENT
    passage: Annotated[
        str,
        Field(min_length=1, max_length=20, description="list the comments about this passage of the text"),
    ] = ABSENT
    limit: Annotated[
        Number | None,
        Field(ge=1, le=MOST_LISTED, description="at most so many of the list itself"),
    ] = None


class AskedCounts(Asked):
    key: Annotated[
        list[Key],
        Field(min_length=1, max_length=MOST_KEYS, description="once for each thread; no key twice"),
    ]


class NewComment(AskedThread):
    """A comment or a reply. Texts that people typed may be empty here: what is wrong with them is said in words."""

    title: Annotated[str, Field(max_length=300, description="a hint; the page itself is asked")] = ""
    parent: PublicId = ABSENT
    passage: Annotated[
        str,
        Field(
            min_length=1,
            max_length=20,
            description="the passage of the text that it is about; a reply is about that of what it answers",
        ),
    ] = ABSENT
    quote: Annotated[
        str,
        Field(
            min_length=1,
            max_length=4000,
            description="instead of a passage: words of the text as the page shows them, at most 1,500 characters",
        ),
    ] = ABSENT
    before: Annotated[
        str, Field(max_length=4000, description="what stands before these words; 32 characters are enough")
    ] = ""
    after: Annotated[str, Field(max_length=4000, description="what stands after them")] = ""
    body: Annotated[str, Field(max_length=100_000, description="Markdown, at most 10,000 characters")]
    name: Annotated[str, Field(max_length=500, description="how a guest signs")] = ""
    email: Annotated[str, Field(max_length=320, description="as the site's policy says")] = ""
    notify: Annotated[bool, Field(description="tell me by e-mail when I am answered")] = False
    proof: Annotated[str, Field(max_length=4000, description="the solution of a challenge")] = ""
    elapsed: Annotated[
        int | None, Field(ge=0, le=2**31, description="milliseconds since the form was shown")
    ] = None
    again: Annotated[str, Field(max_length=500, description="what a pause gave: it is meant as it is")] = ""
    website: Annotated[str, Field(max_length=500, description="leave it out: people do not see it")] = ""


class NewWords(Asked):
    body: Annotated[str, Field(max_length=100_000, description="Markdown, at most 10,000 characters")]


class NewVote(Asked):
    value: Annotated[
        int, AfterValidator(_up_or_down), Field(description="up or down", json_schema_extra={"enum": [1, -1]})
    ]


class NewFlag(Asked):
    reason: Annotated[str, Field(min_length=1, max_length=40)]
    note: Annotated[str, Field(max_length=5000)] = ""
    tell: Annotated[
        bool, Field(description="tell me by mail what is decided, where an address of mine is confirmed")
    ] = False


class NewAppeal(Asked):
    words: Annotated[
        str, Field(max_length=5000, description="why the decision is wrong; at most 2,000 characters")
    ]


class Erasing(Asked):
    """What becomes of the comments, and that it is meant."""

    comments: Annotated[
        Literal["remove", "keep"], Field(description="remove what I wrote, or keep it without my name")
    ]
    confirm: Annotated[Literal["erase"], Field(description="this cannot be undone")]


class Exchange(Asked):
    """At most one of the two; with neither, the cookie of our own origin speaks."""

    code: Annotated[
        str, Field(min_length=1, max_length=200, description="the sign-in window's one-time code")
    ] = ABSENT
    token: Annotated[str, Field(min_length=1, max_length=8192, description="a token signed by the site")] = (
        ABSENT
    )
