from __future__ import annotations

from django.db import models
from django.db.models import Q

from rejoinder.accounts.models import MAX_NAME, Commenter
from rejoinder.core import ids
from rejoinder.discussion.models.thread import Thread

_ROOT = Q(parent__isnull=True, listed=True)
_TIED = Q(parent__isnull=True, listed=True, anchor__isnull=False)
_REPLY = Q(parent__isnull=False, listed=True)


class Comment(models.Model):
    """What somebody wrote, in its place in a thread. Rows are never deleted: replies keep their parent."""

    class State(models.TextChoices):
        PUBLIC = "public"
        HELD = "held"  # not yet public; a decision says why
        REMOVED = "removed"  # by staff; a decision says why
        DELETED = "deleted"  # by its author

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments", db_index=False)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replies", db_index=False
    )
    depth = models.PositiveIntegerField(default=0)
    # Past INDENTED levels a conversation goes on flat: the ancestor beneath which it does.
    branch = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="comments")
    # As it was signed: a later change of name does not rewrite what others answered to.
    author_name = models.CharField(max_length=MAX_NAME, blank=True, default="")
    body = models.TextField(max_length=10_000)
    # Made by core.text.render from body; of an older version it is rendered anew, never sent.
    html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    # None when an imported page does not tell.
    created = models.DateTimeField(null=True)
    edited = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PUBLIC)
    # Shown in windows: public, or gone but with something shown beneath it.
    listed = models.BooleanField(default=True)

    # Stored sort keys. `place`: microseconds, the order of writing. `rank`: smaller is better, see orders.
    # `tie` breaks equal ranks: newest first among roots, oldest first among replies.
    place = models.BigIntegerField()
    rank = models.BigIntegerField(default=0)
    tie = models.BigIntegerField()
    reply_count = models.PositiveIntegerField(default=0)  # listed direct replies
    branch_count = models.PositiveIntegerField(default=0)  # listed comments of the flat part beneath
    ups = models.PositiveIntegerField(default=0)
    downs = models.PositiveIntegerField(default=0)

    # Opaque here; sourcing ties it to a passage.
    anchor = models.CharField(max_length=64, null=True, db_index=True)
    # The id in the file it was imported from: the same file twice adds nothing.
    import_key = models.CharField(max_length=200, null=True)

    class Meta:
        db_table = "rejoinder_comment"
        constraints = [models.UniqueConstraint(fields=["thread", "import_key"], name="imported_once")]
        indexes = [
            models.Index(fields=["thread", "id"], name="comment_thread"),
            models.Index(fields=["thread", "rank", "tie", "id"], name="root_best", condition=_ROOT),
            models.Index(fields=["thread", "place", "id"], name="root_time", condition=_ROOT),
            models.Index(
                fields=["thread", "reply_count", "place", "id"], name="root_replied", condition=_ROOT
            ),
            models.Index(fields=["parent", "rank", "tie", "id"], name="reply_best", condition=_REPLY),
            models.Index(fields=["parent", "place", "id"], name="reply_time", condition=_REPLY),
            models.Index(
                fields=["branch", "place", "id"],
                name="branch_time",
                condition=Q(branch__isnull=False, listed=True),
            ),
            models.Index(fields=["anchor", "rank", "tie", "id"], name="tied_best", condition=_TIED),
            models.Index(fields=["anchor", "place", "id"], name="tied_time", condition=_TIED),
            models.Index(
                fields=["anchor", "reply_count", "place", "id"], name="tied_replied", condition=_TIED
            ),
            models.Index(fields=["state", "id"], name="comment_waiting", condition=~Q(state="public")),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        return ids.encode(self.pk)

    @property
    def score(self) -> int:
        return self.ups - self.downs


class Edit(models.Model):
    """What a comment said before it was edited."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="edits")
    body = models.TextField(max_length=10_000)
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_edit"


class Receipt(models.Model):
    """That a post was taken: the same request again gets the same comment. Kept a day.

    `text`: what came under a key that the client chose. Each index more would be paid by every post.
    """

    key = models.UUIDField(primary_key=True)
    text = models.UUIDField(null=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField()

    class Meta:
        db_table = "rejoinder_receipt"
