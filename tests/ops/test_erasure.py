"""Whoever was erased is not brought back by a backup of before."""

from __future__ import annotations

import pytest

from tests.ops.installations import Installation

pytestmark = pytest.mark.django_db
BACKUP = "one.tar.gz"


def erase_somebody() -> None:
    """Prints the number of whoever wrote the first comment, and has them erased."""
    from rejoinder.accounts.people.erasure import ask_to_be_erased
    from rejoinder.core import jobs
    from rejoinder.discussion.models import Comment

    author = Comment.objects.exclude(author=None).order_by("pk")[0].author
    assert author is not None
    ask_to_be_erased(commenter=author, keeps_words=False)
    jobs.work_once()
    print(author.pk)


def tell_written(number: int) -> None:
    """Prints how many comments somebody has, and their name."""
    from rejoinder.accounts.models import Commenter
    from rejoinder.discussion.models import Comment

    print(Comment.objects.filter(author=number).count(), repr(Commenter.objects.get(pk=number).name))


def test_erased_people_stay_erased(filled: Installation) -> None:
    number = int(filled.call(erase_somebody))
    assert filled.call(tell_written, number).split() == ["0", "''"]
    assert "Erased again" in filled.done("restore", BACKUP, "--yes")
    assert filled.call(tell_written, number).split() == ["0", "''"]
    # The backup of before knows nothing of it; the file beside the database does.
    (filled.folder / "erasures.jsonl").rename(filled.folder / "away.jsonl")
    assert "Erased again" in filled.done("restore", BACKUP, "--yes"), "from the database that was there"
