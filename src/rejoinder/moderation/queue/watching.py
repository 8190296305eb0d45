"""Watch lists: groups of stories whose cards are looked at together."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.check import check_short
from rejoinder.discussion.address import normalise_url
from rejoinder.discussion.models import Thread
from rejoinder.moderation.decisions.comments import check_moderator
from rejoinder.moderation.models import Watch
from rejoinder.moderation.queue.queries import WATCHED


def keep_watch(*, viewer: Viewer, name: str, keys: str, watch: Watch | None = None) -> Watch:
    """Make a watch list, or change one. `keys`: the stories' addresses or names, one a line.

    Raises InvalidInput (fields `name`, `keys`) with what is not known here.
    """
    check_moderator(viewer)
    name = _check_name(name)
    threads = _threads(viewer.site, keys)
    try:
        with writing():
            if watch is None:
                watch = Watch.objects.create(site=viewer.site, name=name, created=clock.now())
            elif watch.name != name:
                watch.name = name
                watch.save(update_fields=["name"])
            watch.threads.set(threads)
    except IntegrityError:
        message = _("There is a watch list of this name already.")
        raise InvalidInput(code="watch", message=message, field="name", kept=keys) from None
    return watch


def drop_watch(*, viewer: Viewer, watch: Watch) -> None:
    check_moderator(viewer)
    with writing():
        watch.delete()


def _check_name(raw: str) -> str:
    if not raw.strip():
        raise InvalidInput(code="watch", message=_("Give the watch list a name."), field="name")
    return check_short(raw, 80, "name")


def _threads(site: Site, keys: str) -> list[Thread]:
    wanted = [normalise_url(line) or line.strip() for line in keys.splitlines() if line.strip()]
    if len(wanted) > WATCHED:
        message = _("A watch list has at most %(most)d stories.") % {"most": WATCHED}
        raise InvalidInput(code="watch", message=message, field="keys", kept=keys)
    found = {thread.key: thread for thread in Thread.objects.filter(site=site, key__in=wanted)}
    missing = [key for key in wanted if key not in found]
    if missing:
        message = _("There is no discussion of “%(key)s” here.") % {"key": missing[0][:200]}
        raise InvalidInput(code="watch", message=message, field="keys", kept=keys)
    return list(found.values())
