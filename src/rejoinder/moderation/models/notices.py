"""Notices that a comment is against the law (Article 16 of Regulation (EU) 2022/2065), and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Commenter, Site
from rejoinder.discussion.models import Comment
from rejoinder.moderation.models.decisions import Decision


class Notice(models.Model):
    """What somebody, with or without an account, says about a comment that they hold to be against the law.

    Decided by a person (`outcome`). A complaint against that opens it once more; what was decided then is `first`.
    Never shown to whoever wrote the comment.
    """

    class Category(models.TextChoices):
        # Articles 3 to 7 of Directive 2011/93/EU: of whoever reports these, no name is asked.
        CHILDREN = "children", _("Sexual abuse or exploitation of children")
        VIOLENCE = "violence", _("Threat, or incitement to violence or to a crime")
        HATRED = "hatred", _("Incitement to hatred against a group")
        TERROR = "terror", _("Terrorism: praise, recruiting, instructions")
        INSULT = "insult", _("Insult or defamation")
        PRIVACY = "privacy", _("Private life, personal data, somebody's picture")
        RIGHTS = "rights", _("Copyright or another right of somebody's")
        FRAUD = "fraud", _("Fraud, or goods that may not be sold")
        OTHER = "other", _("Another law")

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="notices", db_index=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices", db_index=False)
    notifier = models.ForeignKey(Commenter, null=True, on_delete=models.SET_NULL, related_name="notices")
    category = models.CharField(max_length=12, choices=Category.choices)
    # The address as it was given, and why it is against the law.
    address = models.CharField(max_length=500)
    explanation = models.TextField(max_length=5000)
    # Empty where no name is asked, and once the time is over for which they are kept.
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    good_faith = models.BooleanField(default=True)
    # The same once more is the same notice.
    mark = models.CharField(max_length=64)
    created = models.DateTimeField()
    # Until when it is to be decided.
    due = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    outcome = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="answers_notice")
    # The decision by which the comment was taken away because of it.
    removal = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="notices")
    complaint = models.TextField(max_length=2000, blank=True, default="")
    complained = models.DateTimeField(null=True)
    first = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "rejoinder_legal_notice"
        constraints = [models.UniqueConstraint(fields=["comment", "mark"], name="one_notice_a_text")]
        indexes = [
            models.Index(fields=["site", "due"], name="notice_waiting", condition=Q(ended=None)),
            models.Index(fields=["site", "id"], name="notice_of_site"),
            models.Index(fields=["email"], name="notice_from", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}: {self.category}"
