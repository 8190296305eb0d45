"""Words about decisions: reasons that staff give often, and what was done as one reads it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

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


def said(signal: Mapping[str, Any]) -> str:
    """A signal (see signals) as a sentence for those who moderate. One that this version does not know: its name."""
    name, figure = str(signal.get("name", "")), int(signal.get("figure", 0))
    words = _SIGNALS.get(name)
    return words(figure) % {"n": figure} if words else name


_SIGNALS: dict[str, Callable[[int], str]] = {
    "website": lambda n: _("A field was filled in that people do not see."),
    "proof-absent": lambda n: _("No solved puzzle came with it: a browser without scripts, or a program."),
    "proof-expired": lambda n: _("The puzzle that came with it was too old."),
    "proof-forged": lambda n: _("The puzzle that came with it was not solved, or was tampered with."),
    "proof-elsewhere": lambda n: _("The puzzle that came with it was of another discussion."),
    "proof-spent": lambda n: _("The puzzle that came with it had been used before."),
    "fast": lambda n: ngettext(
        "The form was open for %(n)d millisecond.", "The form was open for %(n)d milliseconds.", n
    ),
    "block": lambda n: ngettext(
        "%(n)d comment came from the same network address within ten minutes.",
        "%(n)d comments came from the same network address within ten minutes.",
        n,
    ),
    "author": lambda n: ngettext(
        "This person wrote %(n)d comment within ten minutes.",
        "This person wrote %(n)d comments within ten minutes.",
        n,
    ),
    "thread": lambda n: ngettext(
        "%(n)d comment came in this discussion within ten minutes.",
        "%(n)d comments came in this discussion within ten minutes.",
        n,
    ),
    "failed": lambda n: ngettext(
        "%(n)d puzzle from the same network address was not solved within the hour.",
        "%(n)d puzzles from the same network address were not solved within the hour.",
        n,
    ),
    "newcomer": lambda n: _("This person has written nothing here that has been public for an hour."),
    "links": lambda n: ngettext("There is %(n)d link in it.", "There are %(n)d links in it.", n),
    "link-added": lambda n: ngettext(
        "%(n)d link was put in after it was public.", "%(n)d links were put in after it was public.", n
    ),
    "same-link": lambda n: _("Several people who are new here linked to the same page within the hour."),
    "same-words": lambda n: _("Somebody else who is new here posted the same words within the hour."),
}
