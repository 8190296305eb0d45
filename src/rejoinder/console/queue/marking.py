"""Marking on cards: the words for which a rule spoke, with the rule's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from rejoinder.accounts.models import Site
from rejoinder.core.text.marks import Span, marked
from rejoinder.discussion.windows.draw import as_rendered
from rejoinder.moderation.models import Card, Decision
from rejoinder.moderation.screening.judging import rules_of
from rejoinder.moderation.screening.kinds import Ready
from rejoinder.moderation.screening.marking import rules_said, spans_of

Asked = dict[str, list[str]]


class Marker:
    """Of some cards: which rules spoke, and where in their words. The site's rules are read once, if any spoke."""

    def __init__(
        self, site: Site, decisions: Mapping[int, Sequence[Decision]], cards: Mapping[int, Card]
    ) -> None:
        self._asked = {number: _said(rows) for number, rows in decisions.items()}
        for number, card in cards.items():
            if card.rule:
                self._asked.setdefault(number, {}).setdefault(card.rule, [])
        ready = rules_of(site) if any(self._asked.values()) else []
        self._ready: dict[str, Ready] = {one.rule.name: one for one in ready}

    def unsaid(self, number: int, decisions: Sequence[Decision]) -> list[str]:
        """Rules of the site that put a comment on a card, and that no decision about it names."""
        named = {row.rule for row in decisions} | _said(decisions).keys()
        return [rule for rule in self._asked.get(number, {}) if rule in self._ready and rule not in named]

    def words(self, number: int, html: str) -> SafeString:
        """The markup of a comment, with marks."""
        return self._drawn(number, html)

    def name(self, number: int, name: str) -> SafeString:
        """A name as markup, with marks: rules look at names too."""
        return self._drawn(number, str(escape(name)))

    def _drawn(self, number: int, html: str) -> SafeString:
        spans: list[Span] = []
        for rule, found in self._asked.get(number, {}).items():
            spans += spans_of(html, rule, self._ready.get(rule), found)
        # Made by core.text or escaped, and nothing is added but marks.
        return as_rendered(marked(html, spans))


def _said(decisions: Sequence[Decision]) -> Asked:
    """The rules that decisions name, with what they found; what was written by people is not among them."""
    found: Asked = {}
    for row in decisions:
        if row.actor_id is None:
            found |= rules_said(row.signals)
    return found
