"""What a comment said before it was edited is kept: for its author and for those who moderate."""

from __future__ import annotations

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_author_and_moderators_read_what_a_comment_said_before_and_nobody_else_does() -> None:
    thread = factories.thread()
    author = factories.guest()
    public_id = author.write(thread, "The first words.").json()["id"]
    author.post(f"/comments/{public_id}/edits", {"body": "The second words."})
    moderator = factories.signed_in(factories.staff(thread.site))
    page = f"/comments/{public_id}/actions/"
    for reader, reads in ((author, True), (moderator, True), (factories.guest(), False)):
        shown = reader.get(page).content.decode()
        assert "The second words." in shown
        assert ("The first words." in shown) is reads
