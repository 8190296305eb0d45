"""Asking others about a text: the site's own service, and Akismet. Always after the text is stored, never in its way.

A comment that waits for an answer is held, and appears by itself when the answer lets it. A service that is slow, down
or answers nonsense counts as silent; five silences within two minutes, and it is not asked for as long.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.core import clock, ids, jobs
from rejoinder.core.db import locked, writing
from rejoinder.core.limits import Limit, standing, take
from rejoinder.core.outbound import Answer, NoAnswer, fetch
from rejoinder.core.text.normal import clean
from rejoinder.discussion.actions import set_comment_state
from rejoinder.discussion.models import Comment
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Rule
from rejoinder.moderation.queue import place
from rejoinder.moderation.screening.judging import Hit
from rejoinder.moderation.screening.keeping import ASK, note
from rejoinder.moderation.screening.kinds import KINDS

_log = structlog.get_logger(__name__)
SILENCES = Limit("silent service", most=5, window=timedelta(minutes=2))
LARGEST = 16 * 1024  # bytes of an answer
AKISMET = "https://rest.akismet.com/1.1/comment-check"
# Readers' addresses are not kept, so none is sent; Akismet asks for the field.
_NO_ADDRESS = "0.0.0.0"  # noqa: S104


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a service says of a text: whether a person should read it first, and why. `silent`: it said nothing."""

    holds: bool = False
    reason: str = ""
    silent: bool = False


SILENT = Opinion(silent=True)


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 over the moment (seconds since 1970), a full stop and the body, in hexadecimal."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _seconds(rule: Rule) -> float:
    usual = KINDS[rule.kind].figures["milliseconds"].usual
    return int(rule.figures.get("milliseconds", usual)) / 1000


def _ask_service(rule: Rule, comment: Comment) -> Opinion:
    told: dict[str, Any] = {
        "site": comment.thread.site.key,
        "thread": comment.thread.key,
        "comment": comment.public_id,
        "parent": ids.encode(comment.parent_id) if comment.parent_id else None,
        "name": comment.author_name,
        "body": comment.body,
        "created": comment.created.isoformat() if comment.created else None,
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    moment = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Rejoinder-Timestamp": moment,
        "Rejoinder-Signature": f"v1={signature(rule.secret, moment, body)}",
    }
    answer = fetch(
        rule.words, method="POST", headers=headers, body=body, most=LARGEST, seconds=_seconds(rule)
    )
    return _read(answer)


def _read(answer: Answer) -> Opinion:
    """{"verdict": "pass" or "hold", "reason": a sentence for the author}; anything else is silence."""
    try:
        said = json.loads(answer.body) if answer.status == 200 else None
    except (ValueError, RecursionError):
        return SILENT
    if not isinstance(said, dict) or said.get("verdict") not in ("pass", "hold"):
        return SILENT
    reason = said.get("reason", "")
    if not isinstance(reason, str):
        return SILENT
    return Opinion(said["verdict"] == "hold", " ".join(clean(reason).split())[:500])


def _ask_akismet(rule: Rule, comment: Comment) -> Opinion:
    site = comment.thread.site
    home = settings.REJOINDER_URL or comment.thread.url
    told = {
        "api_key": rule.secret,
        "blog": home,
        "user_ip": _NO_ADDRESS,
        "permalink": comment.thread.url or home,
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.author_name,
        "comment_content": comment.body,
        "comment_date_gmt": comment.created.astimezone(UTC).isoformat() if comment.created else "",
        "blog_lang": site.language,
        "blog_charset": "UTF-8",
    }
    answer = fetch(
        AKISMET,
        method="POST",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode(told).encode(),
        most=LARGEST,
        seconds=_seconds(rule),
    )
    said = answer.body.strip() if answer.status == 200 else b""
    if said in (b"true", b"false"):
        return Opinion(holds=said == b"true")
    # What is wrong, a key that does not count above all, it says in a header: for whoever runs this, not for readers.
    _log.warning("akismet.silent", rule=rule.pk, status=answer.status, help=_help(answer))
    return SILENT


def _help(answer: Answer) -> str:
    named = ("x-akismet-debug-help", "x-akismet-alert-msg", "x-akismet-error")
    return next((clean(answer.headers[name])[:300] for name in named if name in answer.headers), "")


_WAYS: dict[str, Callable[[Rule, Comment], Opinion]] = {
    Rule.Kind.SERVICE: _ask_service,
    Rule.Kind.AKISMET: _ask_akismet,
}


def ask(rule: Rule, comment: Comment) -> Opinion:
    """What the service says, within the rule's time. Not asked at all while it is taken to be down."""
    if not standing(SILENCES, str(rule.pk)).remaining:
        return SILENT
    try:
        opinion = _WAYS[rule.kind](rule, comment)
    except NoAnswer:
        opinion = SILENT
    if opinion.silent:
        take(SILENCES, str(rule.pk))
    return opinion


def _asked(*, rule: int, name: str, comment: int) -> None:
    """The job: ask, then let the comment appear, or put it before a moderator."""
    row = Comment.objects.select_related("thread__site").filter(pk=comment).first()
    if row is None or row.state not in {Comment.State.PUBLIC, Comment.State.HELD}:
        return
    found = Rule.objects.filter(pk=rule).exclude(mode=Rule.Mode.OFF).first()
    with translation.override(row.thread.site.language):
        if found is None:
            # Switched off meanwhile: what waited for it waits no more.
            _settle(row, name, Opinion(), None)
            return
        opinion = ask(found, row)
        if found.mode == Rule.Mode.LOG:
            if opinion.holds:
                with writing():
                    note(Hit(found, [opinion.reason]), row)
            _settle(row, name, Opinion(), None)
            return
        _settle(row, name, opinion, found)


def _settle(seen: Comment, name: str, opinion: Opinion, rule: Rule | None) -> None:
    with writing():
        comment: Comment = locked(
            Comment.objects.select_related("thread__site").filter(pk=seen.pk), of=("self",)
        ).get()
        if comment.body != seen.body:
            return  # written anew meanwhile: those words are asked about by a job of their own
        waits = _waits(comment, name)
        opens = rule is None or (opinion.silent and bool(_figure(rule, "open")))
        if (opens or not (opinion.holds or opinion.silent)) and waits:
            _let_appear(comment, name, opinion, rule)
        elif rule is not None and (opinion.holds or opinion.silent) and not opens:
            _put_before(comment, rule, opinion, waits)


def _figure(rule: Rule, name: str) -> int:
    return int(rule.figures.get(name, KINDS[rule.kind].figures[name].usual))


def _waits(comment: Comment, name: str) -> bool:
    """Whether it is held for nothing but this service's answer."""
    if comment.state != Comment.State.HELD:
        return False
    last = Decision.objects.filter(comment=comment).order_by("-id").first()
    return last is not None and (last.action, last.rule, last.actor_id) == (Decision.Action.HOLD, name, None)


def _host(rule: Rule) -> str:
    return "akismet" if rule.kind == Rule.Kind.AKISMET else (urlsplit(rule.words).hostname or "")


def _let_appear(comment: Comment, name: str, opinion: Opinion, rule: Rule | None) -> None:
    reason = _("It was checked.") if rule and not opinion.silent else _("It did not have to be checked.")
    record(
        site=comment.thread.site,
        comment=comment,
        action=Decision.Action.APPROVE,
        reason=reason,
        rule=name,
        machine=_host(rule) if rule else "",
        text_seen=comment.body,
    )
    set_comment_state(comment=comment, state=Comment.State.PUBLIC)


def _put_before(comment: Comment, rule: Rule, opinion: Opinion, waits: bool) -> None:
    if not waits:
        if comment.state == Comment.State.PUBLIC and opinion.holds:
            place(comment=comment, why="suspected", rule=rule.name, severity=rule.severity)
        return
    silent = _("It could not be checked, so a moderator reads it first.")
    usual = rule.sentence or _("It was checked, and a moderator reads it first.")
    record(
        site=comment.thread.site,
        comment=comment,
        action=Decision.Action.HOLD,
        reason=silent if opinion.silent else opinion.reason or usual,
        rule=rule.name,
        code=rule.code or KINDS[rule.kind].code,
        machine=_host(rule),
        text_seen=comment.body,
    )
    place(comment=comment, why="held", rule=rule.name, severity=rule.severity)


jobs.register(ASK, _asked)
