"""Writing: the same actions as the pages' forms. Guests are known by the session that their first act begins."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from rejoinder.accounts.guests import find_guest, new_token
from rejoinder.accounts.models import Commenter
from rejoinder.api import shapes
from rejoinder.api.access import Speaker, speaker_about, speaker_on
from rejoinder.api.door import given, passes, tell
from rejoinder.api.drawing import drawn
from rejoinder.api.endpoints.reading import asked_thread
from rejoinder.api.guests import begin, check_may_begin
from rejoinder.api.schema import NewAppeal, NewComment, NewFlag, NewVote, NewWords
from rejoinder.core.cors import own_origin
from rejoinder.core.errors import InvalidInput, NotFound, Refused
from rejoinder.core.http import missing
from rejoinder.core.limits import Limit, spend, standing
from rejoinder.discussion import pages, ports
from rejoinder.discussion.actions import cast_vote, delete_comment, edit_comment, post_comment
from rejoinder.discussion.actions.post import POSTS
from rejoinder.discussion.actions.receipts import check_idempotency_key
from rejoinder.discussion.actions.vote import VOTES
from rejoinder.discussion.anchors import PLACE, sent_of
from rejoinder.discussion.errors import ConfirmFirst, no_comment
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.ports import Writing
from rejoinder.discussion.queries import fresh
from rejoinder.moderation.actions import FLAGS, flag_comment
from rejoinder.moderation.appeals import appeal, in_force
from rejoinder.moderation.appeals.filing import APPEALS
from rejoinder.moderation.models import Flag
from rejoinder.moderation.offers import notice_too

router = Router(tags=["Writing"])

# Nobody corrects themselves more often than this; each change of words is kept.
CHANGES = Limit("changes", most=60, window=timedelta(minutes=10))


@router.post(
    "/sites/{slug:site}/comments",
    response={(200, 201): shapes.Taken, 202: shapes.Waiting},
    url_name="api-comments",
)
@passes(cookies=True, limit=POSTS)
def post(request: HttpRequest, site: str, typed: NewComment) -> HttpResponse:
    """Post a comment or a reply.

    201: stored; 200: this very request had been taken before; 202: kept apart until the writer's address is confirmed.
    Without a bearer a guest writes: the answer brings the guest's session. With an `Idempotency-Key` it may be sent
    again without harm.
    """
    speaker = speaker_on(request, site, "write")
    viewer = speaker.viewer
    check_may_begin(request, speaker)
    of = asked_thread(viewer.site, typed)
    writing = _writing(request, speaker, of, typed)
    try:
        posted = post_comment(viewer=viewer, thread=of, writing_=writing)
    except ConfirmFirst as waits:
        return begin(request, speaker, waits.commenter, shapes.Waiting(message=str(waits)), status=202)
    comment = posted.comment
    author = _who(speaker, writing.guest_token, comment)
    answer = shapes.Taken(
        comment=drawn(_as(speaker, author), comment),
        heading=pages.heading(posted.comment_count),
        message=_("Received. A moderator reads it before others see it.")
        if comment.state == Comment.State.HELD
        else _("Posted."),
    )
    response = begin(request, speaker, author, answer, status=201 if posted.fresh else 200)
    response["Location"] = f"/api/v1/comments/{comment.public_id}"
    return tell(response, standing(POSTS, viewer.block))


def _writing(request: HttpRequest, speaker: Speaker, of: Thread, typed: NewComment) -> Writing:
    key = check_idempotency_key(request.headers.get("Idempotency-Key", ""))
    sent = {"proof": typed.proof, "elapsed": "" if typed.elapsed is None else str(typed.elapsed)}
    sent |= {"website": typed.website, "again": typed.again}
    # Who gave a program its token knows what it is; there is nothing to find out.
    watched: ports.Signals = {} if speaker.program else ports.watch().collect(speaker.viewer, of, sent)
    return Writing(
        body=typed.body,
        name=typed.name,
        parent=typed.parent,
        place=_place(typed),
        idempotency_key=key,
        guest_token=new_token(key),
        title=typed.title,
        email=typed.email,
        notify=typed.notify,
        signals=watched,
    )


def _place(typed: NewComment) -> dict[str, str]:
    """The place of the text that it is about: by its id, or by its words and what stands around them."""
    if typed.passage and typed.quote:
        message = _("Send the passage or the words that it is about, not both.")
        raise InvalidInput(code="place", message=message, field="quote")
    if (typed.before or typed.after) and not typed.quote:
        raise InvalidInput(code="missing", message=missing("quote"), field="quote")
    return sent_of(typed.model_dump(include=set(PLACE)))


def _who(speaker: Speaker, token: str, comment: Comment) -> Commenter | None:
    """Who wrote this, where that is who asks: who guesses another's words learns nothing of them."""
    if speaker.viewer.commenter is not None:
        return speaker.viewer.commenter
    guest = find_guest(token)
    return guest if guest is not None and guest.pk == comment.author_id else None


def _as(speaker: Speaker, author: Commenter | None) -> Speaker:
    return speaker if author is None else speaker.become(author)


@router.get("/comments/{slug:comment}", response=shapes.Drawn, url_name="api-comment")
@passes()
def get(request: HttpRequest, comment: str) -> HttpResponse:
    """One comment as the bearer may see it; of one's own, the words as they were typed."""
    speaker, found = speaker_about(request, comment, "read")
    return given(drawn(speaker, found))


@router.patch("/comments/{slug:comment}", response=shapes.Taken, url_name="api-comment")
@passes(limit=CHANGES)
def edit(request: HttpRequest, comment: str, typed: NewWords) -> HttpResponse:
    """New words for one's own comment, while the site's window for that is open."""
    speaker, found = _access_own(request, comment)
    spend(CHANGES, speaker.viewer.block)
    edit_comment(viewer=speaker.viewer, comment=found, body=typed.body)
    return _changed(speaker, found, _("Changed."))


@router.delete("/comments/{slug:comment}", response=shapes.Taken, url_name="api-comment")
@passes(limit=CHANGES)
def delete(request: HttpRequest, comment: str) -> HttpResponse:
    """Take one's own comment back: its words are erased, the replies keep their place."""
    speaker, found = _access_own(request, comment)
    spend(CHANGES, speaker.viewer.block)
    delete_comment(viewer=speaker.viewer, comment=found)
    return _changed(speaker, found, _("Deleted."))


def _access_own(request: HttpRequest, comment: str) -> tuple[Speaker, Comment]:
    speaker, found = speaker_about(request, comment, "write")
    if speaker.viewer.number is None or found.author_id != speaker.viewer.number:
        raise no_comment()
    return speaker, found


def _changed(speaker: Speaker, found: Comment, message: str) -> HttpResponse:
    stored = fresh(found)
    if stored.state == Comment.State.HELD and found.state == Comment.State.PUBLIC:
        message = _("Received. A moderator reads it before others see it.")
    heading = pages.heading(stored.thread.comment_count)
    answer = shapes.Taken(comment=drawn(speaker, stored), heading=heading, message=message)
    return tell(given(answer), standing(CHANGES, speaker.viewer.block))


@router.put("/comments/{slug:comment}/vote", response=shapes.Voted, url_name="api-vote")
@passes(cookies=True, limit=VOTES)
def vote(request: HttpRequest, comment: str, typed: NewVote) -> HttpResponse:
    """Vote for or against a comment. The same again changes nothing. Without a bearer a guest votes."""
    return _vote(request, comment, typed.value)


@router.delete("/comments/{slug:comment}/vote", response=shapes.Voted, url_name="api-vote")
@passes(cookies=True, limit=VOTES)
def unvote(request: HttpRequest, comment: str) -> HttpResponse:
    """Take one's vote back."""
    return _vote(request, comment, 0)


def _vote(request: HttpRequest, comment: str, value: int) -> HttpResponse:
    speaker, found = speaker_about(request, comment, "write")
    if speaker.program is not None:
        raise Refused(_("A vote is a person's; programs have none."), code="program")
    if not value and speaker.viewer.commenter is None:
        return given(shapes.Voted(ups=found.ups, downs=found.downs, mine=0, counted=True, message=""))
    check_may_begin(request, speaker)
    token = new_token()
    cast = cast_vote(viewer=speaker.viewer, comment=found, value=value, guest_token=token)
    message = (
        ""
        if cast.counted
        else _("Your vote is stored and counts in a few minutes: many new readers vote from your network.")
    )
    answer = shapes.Voted(
        ups=cast.ups, downs=cast.downs, mine=cast.mine, counted=cast.counted, message=message
    )
    response = begin(request, speaker, speaker.viewer.commenter or find_guest(token), answer)
    return tell(response, standing(VOTES, speaker.viewer.block))


@router.post("/comments/{slug:comment}/flags", response={201: shapes.Flagged}, url_name="api-flags")
@passes(cookies=True, limit=FLAGS)
def flag(request: HttpRequest, comment: str, typed: NewFlag) -> HttpResponse:
    """Complain about a comment, with a reason. The same person again replaces the reason."""
    speaker, found = speaker_about(request, comment, "flag")
    check_may_begin(request, speaker)
    token = new_token()
    flag_comment(
        viewer=speaker.viewer,
        comment=found,
        reason=typed.reason,
        note=typed.note,
        tell=typed.tell,
        guest_token=token,
    )
    more = None
    if typed.reason == Flag.Reason.ILLEGAL:
        notice = notice_too(found)
        more = shapes.Further(url=own_origin(request) + notice["url"], label=notice["label"])
    answer = shapes.Flagged(message=_("Thank you. A moderator will look at it."), more=more)
    response = begin(request, speaker, speaker.viewer.commenter or find_guest(token), answer, status=201)
    return tell(response, standing(FLAGS, speaker.viewer.block))


@router.post("/comments/{slug:comment}/appeal", response={201: shapes.Told}, url_name="api-appeal")
@passes(limit=APPEALS)
def appeal_against(request: HttpRequest, comment: str, typed: NewAppeal) -> HttpResponse:
    """Appeal against the decision by which a comment of mine is not public. Once a decision, for six months.

    Another moderator answers; the answer stands among the decisions about me.
    """
    speaker, found = speaker_about(request, comment, "write")
    decision = in_force(found)
    if decision is None or found.author_id != speaker.viewer.number:
        raise NotFound(_("There is no decision here that you can appeal against."))
    appeal(viewer=speaker.viewer, decision=decision, words=typed.words)
    response = given(shapes.Told(message=_("Your appeal waits for another moderator.")), status=201)
    return tell(response, standing(APPEALS, str(speaker.viewer.number)))
