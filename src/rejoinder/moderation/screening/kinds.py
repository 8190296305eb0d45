"""What kinds of rules there are: what each looks for, the figures it takes, and what the author is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rejoinder.moderation.models import Rule
from rejoinder.moderation.screening import fingerprints, patterns
from rejoinder.moderation.screening.phrases import Phrases
from rejoinder.moderation.screening.signs import Found
from rejoinder.moderation.screening.subject import Subject

K = Rule.Kind
_LINK: Final = re.compile(r"(?:https?://|\bwww\.)([^\s<>\"')\]/?#]+)", re.IGNORECASE)
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(")


@dataclass
class Ready:
    """A rule, and what was made of it once."""

    rule: Rule

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(self.rule.words.splitlines())

    @cached_property
    def find(self) -> Callable[[str], list[Found]]:
        """The phrases in a text. What it holds is looked for before its transaction, and asked for again within."""
        return lru_cache(maxsize=16)(self.phrases.find)

    @cached_property
    def hosts(self) -> frozenset[str]:
        return frozenset(line.strip().lower().removeprefix("www.") for line in self.rule.words.splitlines())

    def figure(self, name: str) -> int:
        return int(self.rule.figures.get(name, KINDS[self.rule.kind].figures[name].usual))


# The words and figures that made a rule speak, or None where it does not.
Judge = Callable[[Ready, Subject], list[str] | None]


def _everything(ready: Ready, subject: Subject) -> list[str] | None:
    return []


def _phrases(ready: Ready, subject: Subject) -> list[str] | None:
    found = ready.find(subject.body)
    said = [subject.body[hit.start : hit.end] for hit in found]
    if subject.name:
        said += [subject.name[hit.start : hit.end] for hit in ready.find(subject.name)]
    return list(dict.fromkeys(said)) or None


def _pattern(ready: Ready, subject: Subject) -> list[str] | None:
    for text in (subject.body, subject.name):
        found = patterns.find(ready.rule.words, text) if text else None
        if found is not None:
            return [found[:100]]
    return None


def _newcomer(ready: Ready, subject: Subject) -> list[str] | None:
    first = subject.record.public < ready.figure("first")
    days = ready.figure("days")
    young = bool(days) and subject.age < timedelta(days=days)
    return [] if first or young else None


def _record(ready: Ready, subject: Subject) -> list[str] | None:
    record = subject.record
    if record.judged < ready.figure("least") or record.removed_share * 100 < ready.figure("percent"):
        return None
    return [f"{record.removed}/{record.judged}"]


def _links(ready: Ready, subject: Subject) -> list[str] | None:
    hosts = [match[1].lower().removeprefix("www.") for match in _LINK.finditer(subject.body)]
    hosts = [host for host in hosts if host not in ready.hosts]
    pictures = _PICTURE.findall(subject.body) if ready.figure("pictures") else []
    if len(hosts) > ready.figure("most") or pictures:
        return list(dict.fromkeys(hosts))[:10]
    return None


def _repeats(ready: Ready, subject: Subject) -> list[str] | None:
    since = subject.moment - timedelta(hours=ready.figure("hours"))
    most = ready.figure("times") + 10
    alike = fingerprints.near(subject.body, subject.site, since=since, but=subject.comment or 0, most=most)
    before = [row for row in alike if subject.comment is None or row.pk < subject.comment]
    return [row.public_id for row in before[:5]] if len(before) >= ready.figure("times") else None


def _asked_elsewhere(ready: Ready, subject: Subject) -> list[str] | None:
    """A service is asked once the text is stored: see asking."""
    return None


@dataclass(frozen=True, slots=True)
class Figure:
    label: Promise
    usual: int
    least: int = 0
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    """`words`: what the long field is for, or nothing; `sentence`: what the author is told where a rule has none."""

    judge: Judge
    sentence: Promise
    words: Promise | str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    code: str = "first"
    # Whether it can be asked about comments of last week.
    looks_back: bool = True


_FIRST = _("A moderator reads it before it appears.")
_WORDS = _("It holds words that a moderator of this site reads first.")
KINDS: Final[dict[str, Kind]] = {
    K.EVERYTHING: Kind(_everything, _("Here a moderator reads every comment before it appears.")),
    K.REPEATS: Kind(
        _repeats,
        _("It says much the same as comments that were posted here lately, so a moderator reads it first."),
        figures={
            "times": Figure(_("So many comments like it"), 2, 1, 100),
            "hours": Figure(_("Within so many hours"), 24, 1, 720),
        },
        code="repeats",
    ),
    K.PHRASES: Kind(_phrases, _WORDS, _("Words and phrases, one a line"), code="guidelines"),
    K.PATTERN: Kind(_pattern, _WORDS, _("A regular expression"), code="guidelines"),
    K.NEWCOMER: Kind(
        _newcomer,
        _("A moderator reads the first comments of everybody who is new here."),
        figures={
            "first": Figure(_("Until so many of their comments are public"), 1, 0, 100),
            "days": Figure(_("And until they have been here so many days"), 0, 0, 365),
        },
    ),
    K.RECORD: Kind(
        _record,
        _("Several of your comments here were removed, so a moderator reads the next ones first."),
        figures={
            "percent": Figure(_("Percent of their comments that were removed"), 30, 1, 100),
            "least": Figure(_("Of at least so many"), 5, 1, 200),
        },
    ),
    K.LINKS: Kind(
        _links,
        _("It has links, so a moderator reads it first."),
        _("Hosts that may be linked to, one a line"),
        figures={
            "most": Figure(_("Links that a comment may have"), 0, 0, 50),
            "pictures": Figure(_("Pictures too (1: yes, 0: no)"), 1, 0, 1),
        },
    ),
    K.SERVICE: Kind(
        _asked_elsewhere,
        _("It is being checked, and appears when that is done."),
        _("Address that is asked, https://…"),
        figures={
            "milliseconds": Figure(_("It may take so many milliseconds"), 1000, 100, 5000),
            "open": Figure(_("When it does not answer (1: let it appear, 0: hold it)"), 0, 0, 1),
        },
        looks_back=False,
    ),
    K.AKISMET: Kind(
        _asked_elsewhere,
        _("It is being checked, and appears when that is done."),
        figures={
            "milliseconds": Figure(_("It may take so many milliseconds"), 3000, 100, 5000),
            "open": Figure(_("When it does not answer (1: let it appear, 0: hold it)"), 1, 0, 1),
        },
        code="spam",
        looks_back=False,
    ),
}
ORDER: Final = {kind: place for place, kind in enumerate(KINDS)}
SERVICES: Final = {K.SERVICE, K.AKISMET}
