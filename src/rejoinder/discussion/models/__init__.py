from rejoinder.discussion.models.comment import Comment, Edit, Receipt
from rejoinder.discussion.models.standing import Standing
from rejoinder.discussion.models.thread import Alias, Thread
from rejoinder.discussion.models.vote import Admission, Vote

__all__ = ["Admission", "Alias", "Comment", "Edit", "Receipt", "Standing", "Thread", "Vote"]
