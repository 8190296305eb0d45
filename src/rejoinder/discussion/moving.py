"""What moving threads would do, before it is done: which key becomes which, and where two would meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core.errors import InvalidInput
from rejoinder.discussion.address import normalise_url
from rejoinder.discussion.models import Thread
from rejoinder.discussion.models.thread import MAX_KEY

# An old key -> the new one, or None where it does not match.
Rename = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thread and its new key. `into`: the thread that has this key already, with which it would become one."""

    thread: Thread
    key: str
    into: Thread | None = None


def check_key(raw: str) -> str:
    """A key that a thread may have: an address in its one spelling, or a name. Raises InvalidInput."""
    key = normalise_url(raw) or raw.strip()
    if key and len(key) <= MAX_KEY and key.isprintable():
        return key
    message = _("A key is an address or a name of up to %(most)s characters that can be printed.") % {
        "most": MAX_KEY
    }
    raise InvalidInput(code="thread-key", message=message, field="key", kept=raw)


def by_stars(old: str, new: str) -> Rename:
    """`https://old.example/*` -> `https://new.example/*`: what a star stood for stands there again, in order.

    Raises InvalidInput where the new pattern has more stars than the old one.
    """
    if new.count("*") > old.count("*"):
        raise _bad_pattern(_("The new pattern has more stars than the old one."), new)
    return by_expression(
        "(.*)".join(map(re.escape, old.split("*"))), _filled(new.replace("\\", r"\\").split("*"))
    )


def _filled(parts: list[str]) -> str:
    return parts[0] + "".join(rf"\g<{number}>{part}" for number, part in enumerate(parts[1:], 1))


def by_expression(old: str, new: str) -> Rename:
    r"""A regular expression that must match a whole key, and what that becomes (`\1`, `\g<name>`).

    Raises InvalidInput.
    """
    try:
        pattern = re.compile(old)
        # Groups that are not there are told now, not at the first match.
        pattern.sub(new, "")
    except (re.error, IndexError) as error:
        raise _bad_pattern(_("This expression cannot be read: %(error)s.") % {"error": error}, old) from None

    def rename(key: str) -> str | None:
        match = pattern.fullmatch(key)
        return match.expand(new) if match else None

    return rename


def _bad_pattern(message: str, pattern: str) -> InvalidInput:
    return InvalidInput(code="pattern", message=message, field="pattern", kept=pattern)


def plan(site: Site, rename: Rename) -> list[Step]:
    """What a pattern does to a site's threads, in an order in which it can be done: who stands in the way goes first.

    Raises InvalidInput for a new key that is none, and where threads would have to change places.
    """
    there = {thread.key: thread for thread in Thread.objects.filter(site=site).order_by("key")}
    wanted: dict[str, str] = {}
    for key in there:
        renamed = rename(key)
        if renamed is not None and (new := check_key(renamed)) != key:
            wanted[key] = new
    steps = []
    for key in _ordered(wanted):
        thread, new = there.pop(key), wanted[key]
        steps.append(Step(thread, new, there.get(new)))
        there.setdefault(new, thread)
    return steps


def _ordered(wanted: dict[str, str]) -> Iterable[str]:
    """Each key after the one whose place it takes."""
    done: dict[str, None] = {}
    for start in wanted:
        chain: list[str] = []
        key = start
        while key in wanted and key not in done:
            if key in chain:
                message = _(
                    "These threads would change places; move one of them out of the way first: %(keys)s."
                )
                raise _bad_pattern(message % {"keys": ", ".join(chain[:5])}, key)
            chain.append(key)
            key = wanted[key]
        done.update(dict.fromkeys(reversed(chain)))
    return done
