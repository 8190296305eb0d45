"""What comes out: the shapes of answers, as the OpenAPI file describes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Given(BaseModel):
    """Base of answers: what is not described here is not sent."""

    model_config = ConfigDict(extra="forbid")


class Problem(Given):
    """RFC 9457, as application/problem+json."""

    type: Annotated[str, Field(description="always about:blank: `code` tells problems apart")]
    title: Annotated[str, Field(description="the status in words")]
    status: int
    code: Annotated[str, Field(description="for programs; does not change")]
    detail: Annotated[str, Field(description="a sentence for the person who asks")]
    field: Annotated[str | None, Field(description="what it is about, where that is one field")] = None
    again: Annotated[
        str | None,
        Field(description="of a pause (codes reconsider, warned): send the same with this beside it"),
    ] = None
    request: Annotated[str | None, Field(description="of a 500: what the server's log has it under")] = None


class Policy(Given):
    """What writing here asks of people."""

    guests: Annotated[bool, Field(description="whether one may write without an account")]
    email: Annotated[
        str,
        Field(
            description="a guest's e-mail address",
            json_schema_extra={"enum": ["none", "optional", "required", "confirmed"]},
        ),
    ]
    edit_window: Annotated[int, Field(description="seconds in which authors may change a comment")]
    closed: bool
    held: Annotated[bool, Field(description="whether a moderator reads every comment before it appears")]
    mode: Annotated[
        str,
        Field(
            description="who writes: everybody; readers ask and invited people answer; invited people alone",
            json_schema_extra={"enum": ["open", "questions", "staff"]},
        ),
    ]
    pause: Annotated[int, Field(description="seconds between two comments of one person; 0: none")]
    notices: Annotated[list[str], Field(description="sentences for readers about all this")]
    guidelines: Annotated[str, Field(description="the address of the site's guidelines, or empty")]


class ThreadGiven(Given):
    site: str
    key: str
    url: str
    title: str
    count: Annotated[int, Field(description="public comments")]
    revision: Annotated[int, Field(description="grows with every visible change")]
    state: Literal["open", "closed"]
    policy: Policy


class CountsGiven(Given):
    counts: Annotated[dict[str, int], Field(description="public comments, by the keys as they were asked")]


class More(Given):
    """That a list goes on: ask for it with this cursor, in the same order."""

    cursor: str
    count: Annotated[int | None, Field(description="how many more, where that is known")]


class CommentGiven(Given):
    """A comment as its viewer may see it. What is gone keeps its place, without words or a name."""

    id: str
    parent: Annotated[str | None, Field(description="the comment that it answers")]
    depth: Annotated[int, Field(description="0 for a comment that answers none")]
    state: Literal["public", "held", "removed", "deleted"]
    name: str
    badges: list[str]
    highlights: Annotated[
        list[Literal["pinned", "featured", "answer"]],
        Field(
            description="lifted out by staff; or said, where not everybody may answer, by who is invited to"
        ),
    ]
    passage: Annotated[str | None, Field(description="the passage of the text that it is about")]
    corrected: Annotated[
        datetime | None,
        Field(description="when the text was corrected first after this was written; null: it was not"),
    ]
    html: Annotated[str, Field(description="its words; safe to show as they are")]
    created: datetime | None
    edited: datetime | None
    ups: int
    downs: int
    reply_count: int
    permalink: str


class Listed(CommentGiven):
    more: Annotated[More | None, Field(description="further replies to it")] = None
    more_flat: Annotated[More | None, Field(description="the conversation beneath it that goes on flat")] = (
        None
    )


class CommentsGiven(Given):
    """A part of a thread in the order in which one reads it: each comment directly before what answers it."""

    site: str
    key: str
    sort: str
    revision: int
    count: int
    closed: bool
    comments: list[Listed]
    more: Annotated[More | None, Field(description="how the list asked for goes on")]


class Access(Given):
    """What a guest's first act begins: who speaks from now on. Kept in the memory of the page."""

    access_token: str
    expires_in: Annotated[int, Field(description="seconds")]


class Drawn(CommentGiven):
    """A comment that was written or changed, for those who wrote it."""

    html: Annotated[str, Field(description="the whole comment, drawn as in a window")]
    body: Annotated[str, Field(description="its words as they were typed")]
    until: Annotated[datetime | None, Field(description="how long its author may change it")]
    may: Annotated[list[str], Field(description="what the viewer may do with it")]


class Taken(Given):
    comment: Drawn
    heading: Annotated[str, Field(description="what stands above the thread now")]
    message: Annotated[str, Field(description="a sentence for the person who wrote")]
    session: Access | None = None


class Waiting(Given):
    """Kept apart until the address is confirmed: nothing of it is public, and nothing is lost."""

    message: Annotated[str, Field(description="a sentence for the person who wrote")]
    session: Access | None = None


class Voted(Given):
    ups: int
    downs: int
    mine: Annotated[int, Field(description="my vote now: 1, -1 or 0")]
    counted: Annotated[bool, Field(description="false while a new reader's vote waits a few minutes")]
    message: str
    session: Access | None = None


class Further(Given):
    url: str
    label: str


class Flagged(Given):
    message: str
    more: Annotated[
        Further | None,
        Field(description="of what was reported as against the law: where a notice is sent, with a receipt"),
    ] = None
    session: Access | None = None


class Told(Given):
    message: Annotated[str, Field(description="a sentence for the person who asked")]


class Muted(Given):
    person: str
    name: str


class MutesGiven(Given):
    mutes: list[Muted]


class Own(Given):
    until: Annotated[datetime | None, Field(description="how long I may change it")]
    may: list[str]


class Held(Given):
    id: str
    state: str
    html: Annotated[str, Field(description="drawn as in a window")]


class Decided(Given):
    """A decision about me or what I wrote, as I read it."""

    id: str
    comment: Annotated[str | None, Field(description="the comment that it is about; null: me")]
    action: str
    label: str
    sentences: Annotated[list[str], Field(description="the reason, what decided, and how to appeal")]
    code: Annotated[str, Field(description="the ground by its stable name, or empty")]
    rule: Annotated[str, Field(description="the rule that decided, or empty")]
    automated: Annotated[bool, Field(description="whether no person had a part in it")]
    created: datetime
    may_appeal: bool
    url: Annotated[str, Field(description="the page that lists it, with the form to appeal")]


class MineGiven(Given):
    """What is mine in a thread, and nobody else's business."""

    kind: Literal["nobody", "guest", "account", "program"]
    name: str
    moderates: bool
    reachable: Annotated[
        bool, Field(description="whether my account has an address, to be told of answers at")
    ]
    votes: Annotated[dict[str, int], Field(description="1 or -1 by comment")]
    own: Annotated[dict[str, Own], Field(description="my comments")]
    held: Annotated[list[Held], Field(description="those of mine that only I see, newest first")]
    answers: Annotated[
        bool, Field(description="whether I may answer others here: not everybody may in every mode")
    ]
    newcomer: Annotated[
        bool,
        Field(
            description="whether I have written nothing on this site yet, where it has guidelines to be read first"
        ),
    ]
    muted: Annotated[list[str], Field(description="comments here by people whom I mute")]
    decisions: Annotated[
        list[Decided], Field(description="what was decided about me on this site, newest first, at most 20")
    ]


class ChallengeGiven(Given):
    """A puzzle as ALTCHA's clients know it: find the number that gives the challenge after the salt. Empty: none is
    asked for here."""

    algorithm: str | None = None
    challenge: str | None = None
    maxnumber: int | None = None
    salt: str | None = None
    signature: str | None = None


class SessionGiven(Given):
    kind: Literal["nobody", "guest", "account"]
    name: str
    badges: list[str]
    role: str
    access_token: str | None
    expires_in: int
    kept: Annotated[bool, Field(description="whether the cookie will be there next time, as far as known")]
