"""Words about decisions: reasons that staff give often, and what was done as one reads it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import dateformat, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from rejoinder.accounts.models import Site
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Decision


def common_reasons(site: Site) -> list[str]:
    """The sentences that staff choose from, the site's own among them."""
    return [sentence for _code, _label, sentence in codes.offered(site)]


_K = Decision.Action
_PAST: dict[str, Promise] = {
    _K.APPROVE: pgettext_lazy("a decision, in the record", "Approved"),
    _K.HOLD: pgettext_lazy("a decision, in the record", "Held"),
    _K.REMOVE: pgettext_lazy("a decision, in the record", "Removed"),
    _K.RESTORE: pgettext_lazy("a decision, in the record", "Restored"),
    _K.CLOSE: pgettext_lazy("a decision, in the record", "Closed"),
    _K.REOPEN: pgettext_lazy("a decision, in the record", "Reopened"),
    _K.HOLD_NEW: pgettext_lazy("a decision, in the record", "New comments held"),
    _K.STOP_HOLDING: pgettext_lazy("a decision, in the record", "New comments no longer held"),
    _K.FEATURE: pgettext_lazy("a decision, in the record", "Featured"),
    _K.UNFEATURE: pgettext_lazy("a decision, in the record", "No longer featured"),
    _K.PIN: pgettext_lazy("a decision, in the record", "Pinned"),
    _K.UNPIN: pgettext_lazy("a decision, in the record", "No longer pinned"),
    _K.WARN: pgettext_lazy("a decision, in the record", "Warned"),
    _K.MESSAGE: pgettext_lazy("a decision, in the record", "Written to"),
    _K.SUSPEND: pgettext_lazy("a decision, in the record", "Suspended"),
    _K.UNSUSPEND: pgettext_lazy("a decision, in the record", "Suspension ended"),
    _K.BAN: pgettext_lazy("a decision, in the record", "Banned"),
    _K.UNBAN: pgettext_lazy("a decision, in the record", "Ban ended"),
    _K.TRUST: pgettext_lazy("a decision, in the record", "Trusted"),
    _K.DISTRUST: pgettext_lazy("a decision, in the record", "No longer trusted"),
    _K.NOTE: pgettext_lazy("a decision, in the record", "Noted"),
    _K.IGNORE_FLAGS: pgettext_lazy("a decision, in the record", "Reports ignored"),
    _K.SLOW: pgettext_lazy("a decision, in the record", "Slow mode begun"),
    _K.STOP_SLOW: pgettext_lazy("a decision, in the record", "Slow mode ended"),
    _K.MODE: pgettext_lazy("a decision, in the record", "Changed who may write"),
    _K.RULE: pgettext_lazy("a decision, in the record", "Rule changed"),
    _K.APPEAL_UPHELD: pgettext_lazy("a decision, in the record", "Appeal upheld"),
    _K.APPEAL_REJECTED: pgettext_lazy("a decision, in the record", "Appeal rejected"),
    _K.NOTICE_UPHELD: pgettext_lazy("a decision, in the record", "Acted on a notice"),
    _K.NOTICE_REJECTED: pgettext_lazy("a decision, in the record", "Notice rejected"),
    _K.MISUSE: pgettext_lazy("a decision, in the record", "Complaints put aside"),
    _K.UNDO: pgettext_lazy("a decision, in the record", "Taken back"),
}


def past(action: str) -> str:
    """A decision as it stands in a record: what was done, not what to do."""
    return str(_PAST.get(action, action))


def by_whom(decision: Decision, *, named: bool) -> str:
    """Who decided: a person (by name only where the reader is staff), or a rule."""
    if decision.actor_id is None:
        return _("a rule of this site")
    return decision.actor.name if named and decision.actor and decision.actor.name else _("a moderator")


def when(moment: datetime) -> str:
    """A moment as one reads it, in the language that is spoken."""
    pattern = pgettext("date and time of a comment", "j F Y, H:i")
    return dateformat.format(timezone.localtime(moment), pattern)


def said(signal: Mapping[str, Any]) -> str:
    """A signal (see signals) as a sentence for those who moderate. One that this version does not know: its name."""
    name, figure = str(signal.get("name", "")), int(signal.get("figure", 0))
    if name == "rule":
        return _said_by_rule(str(signal.get("rule", "")), [str(text) for text in signal.get("found", ())])
    words = _SIGNALS.get(name)
    return words(figure) % {"n": figure} if words else name


def _said_by_rule(rule: str, found: list[str]) -> str:
    if not found:
        return _("The rule “%(rule)s”.") % {"rule": rule}
    return _("The rule “%(rule)s”: %(found)s") % {"rule": rule, "found": ", ".join(found)}


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
    "like-words": lambda n: ngettext(
        "%(n)d other person who is new here posted much the same words within the hour.",
        "%(n)d other people who are new here posted much the same words within the hour.",
        n,
    ),
    "same-words": lambda n: _("Somebody else who is new here posted the same words within the hour."),
}
