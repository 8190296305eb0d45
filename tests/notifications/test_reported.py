"""Who reported a comment and asked for it is told by mail what was decided, once it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from rejoinder.accounts.models import Commenter
from rejoinder.core import clock, jobs
from rejoinder.discussion.models import Comment
from rejoinder.moderation.decisions.undoing import undo
from rejoinder.moderation.models import Decision, Flag
from rejoinder.notifications.models import Contact
from tests import factories as make

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=12)


def reported(comment: Comment, by: Commenter, *, address: str = "", **more: str) -> None:
    """By somebody with this address confirmed on the site."""
    if address:
        moment = clock.now()
        Contact.objects.create(
            site=comment.thread.site, commenter=by, email=address, confirmed=moment, created=moment
        )
    sent = {"comment": comment.public_id, "reason": "abuse", **more}
    where = reverse("rejoinder:flags", args=[comment.thread.site.key])
    assert make.signed_in(by).post(where, sent).status_code == 200


def told() -> list[str]:
    with time_machine.travel(clock.now() + LATER, tick=False):
        jobs.work_once()
    return [letter.to[0] for letter in mail.outbox if "What came of your report" in letter.subject]


def test_who_asked_is_told_once_what_was_decided() -> None:
    comment = make.comment(make.thread(), "You are a dolt.")
    asked = {"tell": "1"}
    reported(comment, make.account(), address="asked@mail.example", **asked)
    reported(comment, make.account(), address="did.not@mail.example")
    reported(comment, make.account(), **asked)
    make.decide(comment, "remove")
    jobs.work_once()
    assert not mail.outbox, "not before the decision stands"
    assert told() == ["asked@mail.example"]
    assert "A moderator agreed" in mail.outbox[-1].body and "Insult or threat" in mail.outbox[-1].body
    make.decide(make.again(comment), "restore")
    assert told() == ["asked@mail.example"], "once"


def test_what_was_taken_back_is_told_nobody() -> None:
    comment = make.comment(make.thread(), "You are a dolt.")
    staff = make.staff(comment.thread.site)
    reported(comment, make.account(), address="asked@mail.example", tell="1")
    make.decide(comment, "remove", by=staff)
    jobs.work_once()
    undo(viewer=make.viewer(comment.thread.site, staff), decision=Decision.objects.latest("pk"))
    assert told() == []
    assert Flag.objects.get().tell, "it waits for what is decided next"
