"""The form of what a site says about itself."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rejoinder.discussion.models import Thread
from rejoinder.moderation.threads.manners import COOLEST, HOTTEST, OLDEST, Changes

# Seconds between two comments of one person.
PAUSES = [
    ("0", _("no pause")),
    ("30", _("30 seconds")),
    ("60", _("a minute")),
    ("300", _("5 minutes")),
    ("3600", _("an hour")),
]


class SectionForm(forms.Form):
    """How threads of a section go on; what is empty is as the site has it."""

    use_required_attribute = False

    section = forms.CharField(
        label=_("Section"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "list": "known-sections"}),
    )
    slow = forms.TypedChoiceField(
        label=_("Slow mode: pause between two comments of one person"),
        choices=[("", _("as on the whole site")), *PAUSES],
        coerce=int,
        empty_value=None,
        required=False,
    )
    close_after = forms.IntegerField(
        label=_("Close discussions after so many days; 0: never; empty: as on the whole site"),
        min_value=0,
        max_value=OLDEST,
        required=False,
    )


class MannersForm(forms.Form):
    """What is wrong with a value, the action says, but for what is no number at all."""

    use_required_attribute = False

    guidelines = forms.CharField(
        label=_("Guidelines"),
        required=False,
        max_length=10_000,
        help_text=_(
            "Shown where one writes, and on a page of their own. Markdown works. Empty: there are none."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    reconsider = forms.BooleanField(
        label=_("Ask whoever is about to send what is usually held to look at it once more, once"),
        required=False,
    )
    close_after = forms.IntegerField(
        label=_("Close discussions after so many days; 0: never"), min_value=0, max_value=OLDEST
    )
    slow = forms.TypedChoiceField(
        label=_("Slow mode: pause between two comments of one person"),
        choices=PAUSES,
        coerce=int,
        required=False,
    )
    calms = forms.BooleanField(
        label=_("Calm discussions down by itself where much is reported or removed"),
        required=False,
        help_text=_(
            "Readers are told, and it is written down. Where this is off, only what would have been done is."
        ),
    )
    calm_by = forms.ChoiceField(
        label=_("How"),
        choices=[
            (Thread.Calm.SLOW.value, _("slow mode: a minute between two comments of one person")),
            (Thread.Calm.HOLD.value, _("hold new comments, once a moderator has removed something too")),
        ],
    )
    hot = forms.IntegerField(
        label=_("From so many of a hundred comments on, within two hours"),
        min_value=COOLEST,
        max_value=HOTTEST,
    )

    @property
    def changes(self) -> Changes:
        return Changes(**{**self.cleaned_data, "slow": self.cleaned_data["slow"] or 0})
