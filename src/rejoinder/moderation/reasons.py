"""Reasons that staff give often, offered while they type."""

from __future__ import annotations

from django.utils.translation import gettext as _


def common_reasons() -> list[str]:
    return [
        _("It attacks a person instead of what they say."),
        _("It is about something other than the story."),
        _("It advertises something."),
        _("It shows private information about somebody."),
        _("It states as a fact what is known to be false, without a source."),
        _("It repeats what the same person has already posted."),
    ]
