"""What Assist may do on a site, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rejoinder.assist.models import Policy
from rejoinder.console.assist.words import plain

_M = Policy.Mode
# Each with what it means, in plain words.
MODES = (
    (_M.OFF.value, _("Off"), _("It learns nothing, keeps nothing and says nothing.")),
    (
        _M.LOG.value,
        _("Sorts and says"),
        _(
            "It learns, sorts the queue, says why on each card, and notes what it would have done. It does nothing."
        ),
    ),
    (
        _M.HOLD.value,
        _("May hold"),
        _(
            "It also holds what people here mostly reject. A moderator reads it; nothing is ever removed by itself."
        ),
    ),
    (
        _M.BOTH.value,
        _("May hold and approve"),
        _(
            "It also lets appear what everything is held for and what is almost surely fine, within both limits. One in"
            " twenty of these goes to people all the same, who are not shown what it says."
        ),
    ),
)


class SettingsForm(forms.Form):
    """Percentages as they are written: 2 is 2 %."""

    use_required_attribute = False

    mode = forms.ChoiceField(label=_("What it does here"), choices=_M.choices)
    miss = forms.FloatField(
        label=_("Of what it approves, at most missed (%)"),
        min_value=0.1,
        max_value=50,
        help_text=_("What people would have rejected of it. Usual: 2."),
    )
    through = forms.FloatField(
        label=_("Of all that people reject, at most let through (%)"),
        min_value=0.1,
        max_value=50,
        help_text=_(
            "Where little is rejected, the first limit alone would let nearly all of it through. Usual: 10."
        ),
    )
    use_record = forms.BooleanField(
        label=_("What became of an author’s earlier comments counts"), required=False
    )
    sure = forms.BooleanField(required=False)

    @property
    def wish(self) -> dict[str, Any]:
        """As moderation.assisting.changing.change takes it."""
        data = self.cleaned_data
        return {
            "mode": data["mode"],
            "miss": round(data["miss"] / 100, 5),
            "through": round(data["through"] / 100, 5),
            "use_record": data["use_record"],
        }

    def asks_first(self, present: Policy) -> bool:
        """Whether this lets it approve more than it may now."""
        if self.wish["mode"] != _M.BOTH or self.cleaned_data["sure"]:
            return False
        wider = self.wish["miss"] > present.miss or self.wish["through"] > present.through
        return present.mode != _M.BOTH or wider


def initial(policy: Policy) -> dict[str, Any]:
    return {
        "mode": policy.mode,
        "miss": plain(policy.miss),
        "through": plain(policy.through),
        "use_record": policy.use_record,
    }
