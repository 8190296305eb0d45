"""What the steps of screening share: each thing is found out once, when the first step asks for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from rejoinder.assist.judging import Judged
from rejoinder.discussion.ports import Draft
from rejoinder.moderation.models import Rule
from rejoinder.moderation.queries import Traces, traces_of
from rejoinder.moderation.screening import subject
from rejoinder.moderation.screening.judging import Hit, holds_here, judge, rules_of
from rejoinder.moderation.screening.kinds import SERVICES, Ready
from rejoinder.moderation.screening.subject import Subject
from rejoinder.moderation.signals import Signal, evaluate, links_in

ON, HOLD, CARD = Rule.Mode.ON, Rule.Verdict.HOLD, Rule.Verdict.CARD
EVERYTHING = Rule.Kind.EVERYTHING


@dataclass
class Context:
    """About one draft, within the transaction that stores it."""

    draft: Draft
    # Links that an edit puts in: found out at once, since the comment soon has its new words.
    new_links: set[str] = field(init=False)

    def __post_init__(self) -> None:
        before = self.draft.comment
        self.new_links = links_in(self.draft.body) - links_in(before.body) if before else set()

    @cached_property
    def subject(self) -> Subject:
        return subject.of_draft(self.draft)

    @cached_property
    def traces(self) -> Traces:
        """What its author and their address block left behind lately."""
        return traces_of(self.draft.viewer, self.draft.author.pk)

    @cached_property
    def signals(self) -> list[Signal]:
        """How it was written; spends its proof of work."""
        return evaluate(self.draft, self.traces)

    @cached_property
    def rules(self) -> list[Ready]:
        """The site's rules that are for where this stands."""
        ready = rules_of(self.draft.viewer.site)
        return [one for one in ready if holds_here(one.rule, self.subject)]

    @property
    def said(self) -> Judged | None:
        """What Assist says of the words, where it may hold."""
        return self.draft.prepared if isinstance(self.draft.prepared, Judged) else None

    @cached_property
    def hits(self) -> list[Hit]:
        return judge(self.rules, self.subject)

    @cached_property
    def speaking(self) -> list[Hit]:
        """Hits of rules that are on; of those about every comment, the one for the narrowest place alone."""
        found = [hit for hit in self.hits if hit.rule.mode == ON]
        every = [hit for hit in found if hit.rule.kind == EVERYTHING]
        narrowest = max(
            every, key=lambda hit: (bool(hit.rule.thread_id), bool(hit.rule.section)), default=None
        )
        return [hit for hit in found if hit.rule.kind != EVERYTHING or hit is narrowest]

    @property
    def noted(self) -> list[Hit]:
        """Hits of rules that are only to note."""
        return [hit for hit in self.hits if hit.rule.mode == Rule.Mode.LOG]

    @property
    def is_read_afterwards(self) -> bool:
        """Whether comments appear here first and are read later: then rules hold nothing, and place a card."""
        return any(hit.rule.kind == EVERYTHING and hit.rule.verdict == CARD for hit in self.speaking)

    @property
    def holding(self) -> list[Hit]:
        if self.is_read_afterwards:
            return []
        # What a rule that was cut off would have found, nobody knows: a person looks.
        return [hit for hit in self.hits if hit.failed or (hit in self.speaking and hit.rule.verdict == HOLD)]

    @property
    def services(self) -> list[Rule]:
        return [ready.rule for ready in self.rules if ready.rule.kind in SERVICES]

    @property
    def waits_for(self) -> Rule | None:
        """The service whose answer it waits for before it appears."""
        if self.is_read_afterwards:
            return None
        return next((rule for rule in self.services if rule.mode == ON and rule.verdict == HOLD), None)

    def told(self) -> list[dict[str, Any]]:
        """For those who moderate: signals, and rules with the words that made them speak."""
        return [*(asdict(signal) for signal in self.signals), *(hit.signal for hit in self.speaking)]
