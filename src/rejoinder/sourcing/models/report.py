from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter
from rejoinder.sourcing.models.claim import Correction
from rejoinder.sourcing.models.document import Passage

MAX_WORDS = 2000
MAX_ANSWER = 1000


class ErrorReport(models.Model):
    """What a reader says is wrong in a passage, and what the desk answered. Shown to the desk and to who sent it."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        DONE = "done", _("put right")
        DECLINED = "declined", _("left as it is")

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        Commenter, null=True, on_delete=models.SET_NULL, related_name="error_reports"
    )
    words = models.TextField(max_length=MAX_WORDS)
    # What shows it. Checked: http or https.
    link = models.CharField(max_length=2000, blank=True, default="")
    # Both as they wish; empty once the time is over for which they are kept.
    name = models.CharField(max_length=60, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    # That they want to be thanked by that name, where a correction comes of it.
    thanks = models.BooleanField(default=False)
    # The same once more is the same report.
    mark = models.CharField(max_length=64)
    created = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    # A sentence for who sent it.
    answer = models.TextField(max_length=MAX_ANSWER, blank=True, default="")
    answered = models.DateTimeField(null=True)
    actor = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="+")
    correction = models.ForeignKey(Correction, null=True, on_delete=models.SET_NULL, related_name="reports")

    class Meta:
        db_table = "rejoinder_error_report"
        constraints = [models.UniqueConstraint(fields=["passage", "mark"], name="error_report_once")]
        indexes = [models.Index(fields=["id"], name="error_report_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.words[:60]
