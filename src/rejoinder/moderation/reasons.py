"""Words about decisions: reasons that staff give often, and what was done as one reads it afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rejoinder.moderation.models import Decision


def common_reasons() -> list[str]:
    return [
        _("It attacks a person instead of what they say."),
        _("It is about something other than the story."),
        _("It advertises something."),
        _("It shows private information about somebody."),
        _("It states as a fact what is known to be false, without a source."),
        _("It repeats what the same person has already posted."),
    ]


def past(action: str) -> str:
    """A decision as it stands in a record: what was done, not what to do."""
    kinds = Decision.Action
    return {
        kinds.APPROVE: pgettext("a decision, in the record", "Approved"),
        kinds.HOLD: pgettext("a decision, in the record", "Held"),
        kinds.REMOVE: pgettext("a decision, in the record", "Removed"),
        kinds.RESTORE: pgettext("a decision, in the record", "Restored"),
        kinds.CLOSE: pgettext("a decision, in the record", "Closed"),
        kinds.REOPEN: pgettext("a decision, in the record", "Reopened"),
        kinds.HOLD_NEW: pgettext("a decision, in the record", "New comments held"),
        kinds.STOP_HOLDING: pgettext("a decision, in the record", "New comments no longer held"),
    }[kinds(action)]
