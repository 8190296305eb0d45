"""What readers are told of how a discussion goes on: calm sentences, the same for everybody."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.discussion.models import Thread
from rejoinder.discussion.pace import closing_of, pause_of

# Where a discussion is closed after no more days than that, its readers are told when.
SOON = 31


def notices(site: Site, thread: Thread) -> list[str]:
    """What is different from how one usually writes here. Empty for a closed thread: that is said by itself."""
    if thread.closed:
        return []
    found = [_of_mode(thread)]
    if site.hold_all or thread.hold:
        found.append(_("New comments appear once a moderator has read them."))
    elif thread.calm == Thread.Calm.HOLD:
        found.append(
            _(
                "Many comments here were reported lately: for now, new ones appear once a moderator has read them."
            )
        )
    pause = pause_of(site, thread)
    if pause:
        found.append(_of_pause(thread, pause))
    found.append(_of_age(site, thread))
    return [sentence for sentence in found if sentence]


def _of_mode(thread: Thread) -> str:
    return {
        Thread.Mode.QUESTIONS: _("Here readers ask, and invited people answer. Ask a question of your own."),
        Thread.Mode.STAFF: _("In this discussion only invited people write. Everybody can read it."),
    }.get(Thread.Mode(thread.mode), "")


def _of_pause(thread: Thread, pause: int) -> str:
    said = _("Slow mode: %(pause)s between two comments of one person.") % {"pause": duration(pause)}
    if thread.calm == Thread.Calm.SLOW and thread.slow < pause == Thread.CALM_PAUSE:
        return _("Much was reported here lately.") + " " + said
    return said


def _of_age(site: Site, thread: Thread) -> str:
    days, closes = closing_of(site, thread)
    # One that somebody opened again is past its day, and stays open.
    if closes is None or days > SOON or closes < clock.now():
        return ""
    return _("One can write here until %(day)s.") % {"day": date_format(timezone.localtime(closes))}


def duration(seconds: int) -> str:
    """A time in words: in seconds below two minutes, else in minutes, hours or days, rounded up."""
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < 2 * 3600:
        minutes = -(-seconds // 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * 86400:
        hours = -(-seconds // 3600)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = -(-seconds // 86400)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
