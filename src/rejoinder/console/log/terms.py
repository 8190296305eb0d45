"""What a site lays down: whether removals are shown to readers, appeals, its own sentences for grounds."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import check_short
from rejoinder.core.text.numbers import whole
from rejoinder.moderation.decisions import codes, record
from rejoinder.moderation.flags.following import FEWEST
from rejoinder.moderation.models import Decision, Terms

FEWEST_DAYS, MOST_DAYS = 1, 60
MOST_READERS = 99
# What was decided about a notice can be contested for so long; until then it has to be there.
FEWEST_KEPT, MOST_KEPT = 200, 3650


def sentences_of(terms: Terms) -> list[dict[str, Any]]:
    """Each ground with its name, the sentence that stands for it, and the site's own where it has one."""
    return [
        {"code": code, "label": label, "standard": sentence, "own": str(terms.sentences.get(code, ""))}
        for code, (label, sentence) in codes.CODES.items()
        if code not in codes.NEUTRAL
    ]


def change_terms(*, viewer: Viewer, data: QueryDict) -> Terms:
    """Store what the form says. A decision tells that it was changed, by whom, and which part. Raises InvalidInput."""
    fresh = {
        "shows_removed": bool(data.get("shows_removed")),
        "appeals": bool(data.get("appeals")),
        "appeal_days": _days(data.get("appeal_days", ""), "appeal_days"),
        "notice_days": _days(data.get("notice_days", ""), "notice_days"),
        "notice_keep": _kept(data.get("notice_keep", "")),
        "hide_after": _hide_after(data.get("hide_after", "") or "0"),
        "sentences": _sentences(data),
    }
    with writing():
        terms, _made = Terms.objects.get_or_create(site=viewer.site)
        changed = [name for name, value in fresh.items() if getattr(terms, name) != value]
        if not changed:
            return terms
        for name in changed:
            setattr(terms, name, fresh[name])
        terms.save(update_fields=changed)
        record(
            site=viewer.site,
            action=Decision.Action.RULE,
            reason=_("How decisions are accounted for was changed: %(what)s.") % {"what": ", ".join(changed)},
            actor=viewer.commenter,
        )
        raise_edition(site=viewer.site.pk)
    return terms


def _days(text: str, field: str) -> int:
    days = whole(text, 4)
    if days is not None and FEWEST_DAYS <= days <= MOST_DAYS:
        return days
    message = _("An appeal or a notice is answered within %(fewest)d to %(most)d days.")
    told = {"fewest": FEWEST_DAYS, "most": MOST_DAYS}
    raise InvalidInput(code=field.replace("_", "-"), message=message % told, field=field)


def _kept(text: str) -> int:
    days = whole(text, 5)
    if days is not None and FEWEST_KEPT <= days <= MOST_KEPT:
        return days
    message = _("What belongs to a notice is kept for %(fewest)d to %(most)d days.")
    told = {"fewest": FEWEST_KEPT, "most": MOST_KEPT}
    raise InvalidInput(code="notice-keep", message=message % told, field="notice_keep")


def _hide_after(text: str) -> int:
    readers = whole(text, 3)
    if readers is not None and (readers == 0 or FEWEST <= readers <= MOST_READERS):
        return readers
    message = _("Reports hide from %(fewest)d readers on, at most %(most)d; 0: they hide nothing.")
    told = {"fewest": FEWEST, "most": MOST_READERS}
    raise InvalidInput(code="hide-after", message=message % told, field="hide_after")


def _sentences(data: QueryDict) -> dict[str, str]:
    found = {
        code: check_short(
            data.get(f"sentence-{code}", ""), codes.LONGEST_SENTENCE, f"sentence-{code}", required=False
        )
        for code in codes.CODES
        if code not in codes.NEUTRAL
    }
    return {code: sentence for code, sentence in found.items() if sentence}
