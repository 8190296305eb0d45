"""How discussions go on by where they stand: a section's slow mode and closing by age, else the site's."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import check_short
from rejoinder.discussion.models.thread import MAX_SECTION
from rejoinder.discussion.notices import duration
from rejoinder.discussion.ports import Pace
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, SectionPace
from rejoinder.moderation.threads.manners import check_age, check_pause, manners_of

MOST = 100  # sections of a site


def pace_of(site: Site, section: str) -> Pace:
    """The discussion's port."""
    general, by_section = _paces(site)
    return by_section.get(section.casefold(), general) if by_section and section else general


@once_an_edition
def _paces(site: Site) -> tuple[Pace, dict[str, Pace]]:
    manners = manners_of(site)
    general = Pace(manners.slow, manners.close_after)
    return general, {
        one.section.casefold(): Pace(
            general.slow if one.slow is None else one.slow,
            general.close_after if one.close_after is None else one.close_after,
        )
        for one in SectionPace.objects.filter(site=site)
    }


def sections_of(site: Site) -> list[SectionPace]:
    """What the sections of a site have of their own, by name."""
    return list(SectionPace.objects.filter(site=site).order_by("section")[:MOST])


def change_section(
    *, viewer: Viewer, section: str, slow: int | None, close_after: int | None
) -> Decision | None:
    """Lay down how threads of a section go on; None of both: as the site has it. Who may is the caller's to check.

    The decision, or None where it was so before. Raises InvalidInput.
    """
    name = check_short(section, MAX_SECTION, "section")
    check_pause(slow or 0)
    check_age(close_after or 0, "close_after")
    with writing():
        before = next(
            (one for one in sections_of(viewer.site) if one.section.casefold() == name.casefold()), None
        )
        if (slow, close_after) == ((before.slow, before.close_after) if before else (None, None)):
            return None
        _store(viewer.site, name, before, slow=slow, close_after=close_after)
        raise_edition(site=viewer.site.pk)
        return record(
            site=viewer.site,
            action=Decision.Action.RULE,
            reason=_("Section “%(section)s”: %(what)s.")
            % {"section": name, "what": ", ".join(said_of(slow, close_after)) or _("as on the whole site")},
            actor=viewer.commenter,
        )


def _store(
    site: Site, name: str, before: SectionPace | None, *, slow: int | None, close_after: int | None
) -> None:
    if slow is None and close_after is None:
        if before is not None:
            before.delete()
        return
    if before is None and SectionPace.objects.filter(site=site).count() >= MOST:
        message = _("At most %(most)d sections have something of their own.") % {"most": MOST}
        raise InvalidInput(code="most", message=message, field="section")
    row = before or SectionPace(site=site, section=name)
    row.slow, row.close_after = slow, close_after
    row.save()


def said_of(slow: int | None, close_after: int | None) -> list[str]:
    """How it goes on, in a few words each; None: as it does elsewhere, and nothing is said."""
    found = []
    if slow is not None:
        pause = _("slow mode: %(pause)s") % {"pause": duration(slow)}
        found.append(pause if slow else _("no slow mode"))
    if close_after is not None:
        days = _("closed after %(days)d days") % {"days": close_after}
        found.append(days if close_after else _("never closed by age"))
    return found
