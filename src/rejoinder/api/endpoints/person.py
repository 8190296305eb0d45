"""Who speaks, and what is theirs. Private, kept by nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from rejoinder.accounts.queries import access_site, has_address
from rejoinder.accounts.sessions import drop_cookie, end, exchange, settle
from rejoinder.api import shapes
from rejoinder.api.access import speak, speaker_on
from rejoinder.api.door import given, passes
from rejoinder.api.drawing import own
from rejoinder.api.endpoints.reading import asked_thread
from rejoinder.api.schema import AskedThread, Exchange
from rejoinder.core.cors import own_origin
from rejoinder.discussion import ports
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import is_newcomer, may_answer, muted_in, own_comments, votes_of
from rejoinder.discussion.views.reading import draw_one
from rejoinder.moderation.decisions.statements import Statement, latest, statements

router = Router(tags=["Who speaks"])

MOST_HELD = 20


@router.post("/sites/{slug:site}/session", response=shapes.SessionGiven, url_name="api-session")
@passes(cookies=True)
def begin(request: HttpRequest, site: str, typed: Exchange) -> HttpResponse:
    """Who speaks here: by the cookie of our origin, the sign-in window's code or a token that the site signed.

    The only address that reads a cookie. Needs the `Origin` of a page that may speak on the site.
    """
    found = access_site(site)
    speak(request, found)
    spoken = exchange(request, found, typed.model_dump(exclude_unset=True))
    response = given(shapes.SessionGiven.model_validate(spoken.as_json()))
    settle(request, response, found, spoken)
    return response


@router.delete("/sites/{slug:site}/session", response={204: None}, url_name="api-session")
@passes(cookies=True)
def finish(request: HttpRequest, site: str) -> HttpResponse:
    """Sign out in this browser. Access tokens of the session are refused from then on, in open tabs too."""
    found = access_site(site)
    speak(request, found)
    end(request, found)
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store, private"
    drop_cookie(request, response, found)
    return response


@router.get("/sites/{slug:site}/mine", response=shapes.MineGiven, url_name="api-mine")
@passes()
def mine(request: HttpRequest, site: str, asked: Query[AskedThread]) -> HttpResponse:
    """What is mine in a thread: my votes, my comments and what I may do with them, those that only I see."""
    speaker = speaker_on(request, site, "read")
    viewer = speaker.viewer
    of = asked_thread(viewer.site, asked)
    written = own_comments(viewer, of)
    for comment in written:
        comment.thread = of
    unseen = [one for one in written if one.state in {Comment.State.HELD, Comment.State.REMOVED}]
    return given(
        shapes.MineGiven(
            kind=speaker.kind,
            name=viewer.commenter.name if viewer.commenter else "",
            moderates=viewer.moderates,
            reachable=has_address(viewer.commenter),
            votes=votes_of(viewer, of),
            own={one.public_id: own(speaker, one) for one in written},
            held=[
                shapes.Held(id=one.public_id, state=one.state, html=draw_one(viewer, one))
                for one in unseen[:MOST_HELD]
            ],
            answers=may_answer(viewer, of),
            newcomer=ports.guidelines_of(viewer.site) is not None and is_newcomer(viewer),
            muted=muted_in(viewer, of),
            decisions=[_decided(request, one) for one in statements(viewer, latest(viewer, limit=MOST_HELD))],
        )
    )


def _decided(request: HttpRequest, one: Statement) -> shapes.Decided:
    found = one.decision.comment
    data = one.data() | {"comment": found.public_id if found else None, "created": one.created}
    return shapes.Decided.model_validate(data | {"url": own_origin(request) + data["url"]})


@router.get("/sites/{slug:site}/challenge", response=shapes.ChallengeGiven, url_name="api-challenge")
@passes()
def challenge(request: HttpRequest, site: str, asked: Query[AskedThread]) -> HttpResponse:
    """A puzzle to be solved before posting in a thread: what a guest's machine pays, and a flood of programs too."""
    speaker = speaker_on(request, site, "write")
    made = ports.watch().challenge(speaker.viewer, asked_thread(speaker.viewer.site, asked))
    return given(shapes.ChallengeGiven.model_validate(made or {}))
