from rejoinder.discussion.actions.change import delete_comment, edit_comment, set_comment_state
from rejoinder.discussion.actions.post import Posted, post_comment
from rejoinder.discussion.actions.threads import change_thread, open_thread
from rejoinder.discussion.actions.vote import Cast, cast_vote

__all__ = [
    "Cast",
    "Posted",
    "cast_vote",
    "change_thread",
    "delete_comment",
    "edit_comment",
    "open_thread",
    "post_comment",
    "set_comment_state",
]
