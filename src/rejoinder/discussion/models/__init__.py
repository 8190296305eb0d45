from rejoinder.discussion.models.comment import Comment, Edit, Receipt
from rejoinder.discussion.models.highlight import Highlight
from rejoinder.discussion.models.standing import Standing
from rejoinder.discussion.models.thread import Alias, Answerer, Thread
from rejoinder.discussion.models.vote import Admission, Vote

__all__ = [
    "Admission",
    "Alias",
    "Answerer",
    "Comment",
    "Edit",
    "Highlight",
    "Receipt",
    "Standing",
    "Thread",
    "Vote",
]
