"""What may go wrong in a discussion, each with its sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter
from rejoinder.core.errors import Accepted, Conflict, NotFound, Refused


class ConfirmFirst(Accepted):
    """The text is kept apart until the button in a letter is pressed. `commenter`: whose it is."""

    code = "confirm-email"

    def __init__(self, commenter: Commenter) -> None:
        super().__init__(
            _(
                "Kept, and not posted yet. We wrote to your address: open the page in that letter and press the "
                "button, and your comment appears."
            )
        )
        self.commenter = commenter


def no_thread() -> NotFound:
    return NotFound(_("There is no discussion at this address."), code="no-thread")


def no_comment() -> NotFound:
    return NotFound(_("There is no such comment here, or not any more."), code="no-comment")


def no_passage() -> NotFound:
    return NotFound(_("There is no such place in this text, or not any more."), code="no-passage")


def thread_closed() -> Conflict:
    return Conflict(_("This discussion is closed: it can be read, but nothing can be added."), code="closed")


def parent_gone() -> Conflict:
    return Conflict(
        _(
            "The comment you answer has been removed in the meantime. You can post your text as a comment of its own."
        ),
        code="parent-gone",
    )


def own_vote() -> Refused:
    return Refused(_("You cannot vote on your own comment."), code="own-comment")


def edit_over() -> Conflict:
    return Conflict(
        _("The time in which a comment can be changed is over. You can answer it instead."), code="edit-over"
    )
