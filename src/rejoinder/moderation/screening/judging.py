"""What the rules of a site say to a text."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.core import clock
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Rule
from rejoinder.moderation.screening import fingerprints, patterns
from rejoinder.moderation.screening.kinds import KINDS, ORDER, SERVICES, Ready
from rejoinder.moderation.screening.subject import Subject


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that speaks, and the words and figures that made it."""

    rule: Rule
    found: list[str] = field(default_factory=list)
    # It took too long, and was taken down; nobody can say what it would have found.
    failed: bool = False

    @property
    def signal(self) -> dict[str, Any]:
        """As it is kept with a decision, for those who moderate."""
        said = [text[:60] for text in self.found[:10]]
        return {"name": "rule", "weight": 0, "rule": self.rule.name, "found": said}

    def sentence(self) -> str:
        """What the author is told."""
        return self.rule.sentence or str(KINDS[self.rule.kind].sentence)


@once_an_edition
def rules_of(site: Site) -> Sequence[Ready]:
    """The rules of a site that are not off, in the order they run. Whatever changes a rule raises the edition."""
    found = Rule.objects.filter(site=site).exclude(mode=Rule.Mode.OFF).select_related("site")
    return tuple(sorted(map(Ready, found), key=lambda ready: (ORDER[ready.rule.kind], ready.rule.pk)))


def holds_here(rule: Rule, subject: Subject) -> bool:
    """Whether a rule is for where a text stands."""
    if rule.thread_id is not None:
        return rule.thread_id == subject.thread.pk
    return not rule.section or rule.section.casefold() == subject.thread.section.casefold()


def read_ahead(site: Site, body: str) -> None:
    """Look for the words of a site's lists, and what a text is found again by, before a transaction begins.

    What is found is asked for again within it: on SQLite all writers wait while one works.
    """
    fingerprints.of(body, site.pk)
    for ready in rules_of(site):
        with suppress(patterns.TooSlow):  # who judges meets it again, and takes the rule down
            if ready.rule.kind == Rule.Kind.PHRASES:
                ready.find(body)
            elif ready.rule.kind == Rule.Kind.PATTERN:
                patterns.find(ready.rule.words, body)


def judge(rules: Sequence[Ready], subject: Subject) -> list[Hit]:
    """The rules that speak, in their order. One that takes too long is taken down and speaks as failed."""
    found = []
    for ready in rules:
        if ready.rule.kind in SERVICES or not holds_here(ready.rule, subject):
            continue
        try:
            words = KINDS[ready.rule.kind].judge(ready, subject)
        except patterns.TooSlow:
            take_down(ready.rule)
            found.append(Hit(ready.rule, failed=True))
            continue
        if words is not None:
            found.append(Hit(ready.rule, words))
    return found


def take_down(rule: Rule) -> None:
    """A pattern that was cut off only notes from now on, and those who moderate are told. Within a transaction."""
    why = "It took too long on a text."
    changed = Rule.objects.filter(pk=rule.pk, mode=Rule.Mode.ON).update(
        mode=Rule.Mode.LOG, fault=why, revision=F("revision") + 1, changed=clock.now()
    )
    if changed:
        raise_edition(site=rule.site_id)
        site = Site.objects.get(pk=rule.site_id)
        record(site=site, action=Decision.Action.RULE, reason=f"{rule.name}: {why}", rule=rule.name)
