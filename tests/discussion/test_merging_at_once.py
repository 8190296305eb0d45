"""A thread becomes part of another while people write and vote in both: what was taken is there, nothing else is."""

from __future__ import annotations

import pytest

from rejoinder.discussion.actions.moves import merge_threads
from rejoinder.discussion.models import Comment, Thread, Vote
from rejoinder.discussion.queries import find_drift
from tests import factories as make
from tests.parallel import at_once


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_while_threads_became_one_is_there() -> None:
    site = make.site()
    source, into = make.thread(site, "source"), make.thread(site, "into")
    voted = [make.comment(thread) for thread in (source, into, source)]
    browsers = [make.guest() for _ in range(6)]

    def act(number: int) -> list[tuple[int, str]]:
        if number == 0:
            merge_threads(source=source, into=into)
            return []
        said = []
        for turn in range(6):
            browser, above = browsers[number], voted[(number + turn) % 3]
            if turn % 3 == 2:
                said.append((browser.vote(above, 1).status_code, ""))
                continue
            parent = {"parent": make.again(above)} if turn % 3 else {}
            thread = make.again(above).thread
            answer = browser.write(thread, f"By {number}, turn {turn}.", **parent)
            said.append((answer.status_code, answer.json().get("id", "")))
        return said

    answers = [answer for one in at_once(6, act) for answer in one]
    # 409: it was on its way into a thread that is no more; the text stays with who sent it, and goes the second time.
    assert {status for status, _ in answers} <= {200, 201, 404, 409}
    taken = {public_id for status, public_id in answers if status == 201}
    merged = Thread.objects.get(site=site)
    assert taken <= {found.public_id for found in Comment.objects.filter(thread=merged)}
    assert Comment.objects.count() == len(taken) + len(voted)
    assert merged.comment_count == len(taken) + len(voted)
    assert find_drift() == []
    assert not Vote.objects.exclude(comment__thread=merged).exists()
