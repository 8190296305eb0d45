"""All that is said of a text, sent at once by another system: what is held of it becomes what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, nothing_here, within
from rejoinder.sourcing import checking
from rejoinder.sourcing.access import check_may_source
from rejoinder.sourcing.actions.claims import (
    ClaimWish,
    check_sources,
    check_statements,
    checked_step,
    columns_of,
)
from rejoinder.sourcing.actions.naming import find_or_add, name_key
from rejoinder.sourcing.actions.placing import Placing
from rejoinder.sourcing.actions.sources import SourceWish
from rejoinder.sourcing.errors import ChangedMeanwhile
from rejoinder.sourcing.events import ClaimsReplaced
from rejoinder.sourcing.figures import Figure
from rejoinder.sourcing.models import Claim, ClaimSource, ClaimStatus, Document, Matter, Passage, Source
from rejoinder.sourcing.passages import Anchor
from rejoinder.sourcing.queries import revision_of, text_of

_BATCH = 100  # rows a statement
_REPORTED = {"status": Claim.Status.REPORTED.value, "reason": "", "link": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who says the words of a place. `matter`: its title. `status`: what is known of it; "" leaves that as it is."""

    anchor: Anchor
    sources: Sequence[SourceWish]
    manner: str
    said_on: date | None = None
    of_date: date | None = None
    of_place: str = ""
    figure: Figure | None = None
    matter: str = ""
    status: str = ""
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """`unplaced`: numbers of the statements whose words are not in the text, with their passages. `otherwise`: sources
    of which the register says something else than was sent, and does so still."""

    unplaced: list[tuple[int, Passage]]
    otherwise: list[Source]


@dataclass(frozen=True, slots=True)
class _Wished:
    passage: Passage
    wish: ClaimWish
    columns: dict[str, Any]
    sources: frozenset[int]
    # Of the history; None: as it is.
    step: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class _Held:
    claim: Claim
    sources: frozenset[int]
    step: dict[str, str]

    def says(self, wished: _Wished) -> bool:
        return all(getattr(self.claim, name) == value for name, value in wished.columns.items())


@dataclass(frozen=True, slots=True)
class _Plan:
    pairs: list[tuple[_Held, _Wished]] = field(default_factory=list)
    added: list[_Wished] = field(default_factory=list)
    withdrawn: list[_Held] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        kept = all(held.says(wished) and wished.step in (None, held.step) for held, wished in self.pairs)
        return bool(self.added or self.withdrawn) or not kept


def replace_claims(
    *,
    viewer: Viewer,
    document: Document,
    statements: Sequence[Statement],
    seen: str = "",
    change_register: bool = False,
) -> Replaced:
    """What is sent is what is held of the text from now on; a claim that is not in it is withdrawn. Words that are not
    in the text are kept as such. What waits for a publication at the desk is left alone.

    `seen`: the revision that the sender had (queries.revision_of); not asked for where there were no claims, or where
    nothing is different. `change_register`: sources become what is said of them here.
    Raises NotFound for those who may not, InvalidInput with `claims.<number>.<field>`, Conflict, ChangedMeanwhile.
    """
    check_may_source(viewer)
    with writing():
        row = locked(Document.objects.filter(pk=document.pk, site=viewer.site)).first()
        if row is None:
            raise nothing_here()
        text = text_of(row)
        if not text:
            raise Conflict(_("The text of this page is not here: send it first."), code="no-text")
        wished, otherwise = _understood(viewer, row, text, statements, change_register)
        held = _held(row)
        plan = _plan(held, wished)
        if plan.changes:
            if held and seen != revision_of(row):
                raise ChangedMeanwhile(["claims"])
            _carry_out(viewer, row, plan)
        lost = [(n, one.passage) for n, one in enumerate(wished) if not one.passage.is_in_text]
    return Replaced(lost, otherwise)


def _understood(
    viewer: Viewer, document: Document, text: str, statements: Sequence[Statement], change: bool
) -> tuple[list[_Wished], list[Source]]:
    named = find_or_add(viewer, [one for said in statements for one in said.sources], change=change)
    placing, matters = Placing(document, text), _Matters(viewer)
    wished: list[_Wished] = []
    for number, said in enumerate(statements):
        with within(f"claims.{number}"):
            wished.append(_wished(viewer, said, named.by_key, placing, matters))
    return wished, named.otherwise


def _wished(
    viewer: Viewer, said: Statement, sources: dict[str, Source], placing: Placing, matters: _Matters
) -> _Wished:
    naming = {source.pk: source for source in (sources[name_key(wish)] for wish in said.sources)}
    check_sources(naming)
    wish = ClaimWish(
        sources=list(naming.values()),
        manner=said.manner,
        said_on=said.said_on,
        of_date=said.of_date,
        of_place=said.of_place,
        figure=said.figure,
        matter=matters.named(said.matter),
    )
    step = checked_step(said.status, said.reason, said.link) if said.status else None
    return _Wished(placing.place(said.anchor), wish, columns_of(viewer, wish), frozenset(naming), step)


class _Matters:
    """Matters by their titles, made where there are none."""

    def __init__(self, viewer: Viewer) -> None:
        self._site, self._known = viewer.site, dict[str, Matter]()

    def named(self, title: str) -> Matter | None:
        title = checking.line(title, field="matter", most=160)
        if title and title not in self._known:
            found = Matter.objects.filter(site=self._site, title=title).order_by("pk").first()
            self._known[title] = found or Matter.objects.create(
                site=self._site, title=title, created=clock.now()
            )
        return self._known.get(title)


def _held(document: Document) -> list[_Held]:
    """What is there now: three statements."""
    claims = Claim.objects.filter(document=document, withdrawn=None).select_related("matter")
    claims = claims.exclude(passage__state=Passage.State.WAITING).order_by("pk")
    found = list(locked(claims, of=("self",)))
    numbers = [claim.pk for claim in found]
    sources: dict[int, set[int]] = defaultdict(set)
    for claim, source in ClaimSource.objects.filter(claim__in=numbers).values_list("claim", "source"):
        sources[claim].add(source)
    steps: dict[int, dict[str, str]] = {}
    for step in ClaimStatus.objects.filter(claim__in=numbers).order_by("pk"):
        steps[step.claim_id] = {"status": step.status, "reason": step.reason, "link": step.link}
    return [_Held(claim, frozenset(sources[claim.pk]), steps.get(claim.pk, {})) for claim in found]


def _plan(held: Iterable[_Held], wished: Iterable[_Wished]) -> _Plan:
    """Which claim becomes which: of one passage and the same sources, the one that says the same first. What another
    source says is another claim: it does not inherit what became of the first."""
    plan = _Plan()
    left: dict[tuple[int, frozenset[int]], list[_Held]] = defaultdict(list)
    for one in held:
        left[one.claim.passage_id, one.sources].append(one)
    changed: list[_Wished] = []
    for wish in wished:
        rows = left[wish.passage.pk, wish.sources]
        same = next((one for one in rows if one.says(wish)), None)
        if same is None:
            changed.append(wish)
            continue
        rows.remove(same)
        plan.pairs.append((same, wish))
    for wish in changed:
        rows = left[wish.passage.pk, wish.sources]
        if rows:
            plan.pairs.append((rows.pop(0), wish))
        else:
            plan.added.append(wish)
    plan.withdrawn.extend(one for rows in left.values() for one in rows)
    return plan


def _carry_out(viewer: Viewer, document: Document, plan: _Plan) -> None:
    before = [held.claim.matter_id for held, _wish in plan.pairs]
    before += [held.claim.matter_id for held in plan.withdrawn]
    _change(viewer, plan.pairs)
    gone = Claim.objects.filter(pk__in=[held.claim.pk for held in plan.withdrawn])
    gone.update(withdrawn=clock.now(), changed=clock.now(), revision=F("revision") + 1)
    _add(viewer, document, plan.added)
    Matter.objects.filter(pk__in=[number for number in before if number], claims=None).delete()
    raise_edition(site=document.site_id)
    added, withdrawn = len(plan.added), len(plan.withdrawn)
    events.publish(
        ClaimsReplaced(site=document.site_id, document=document.pk, added=added, withdrawn=withdrawn)
    )


def _change(viewer: Viewer, pairs: Iterable[tuple[_Held, _Wished]]) -> None:
    """All at once, as change_claim and set_status do it for one; their sources are the same."""
    moment = clock.now()
    changed: list[Claim] = []
    steps: list[ClaimStatus] = []
    names = {"status", "revision", "changed"}
    for held, wished in pairs:
        claim, step = held.claim, wished.step if wished.step != held.step else None
        if held.says(wished) and step is None:
            continue
        for name, value in wished.columns.items():
            if getattr(claim, name) != value:
                setattr(claim, name, value)
                names.add(name)
        if step is not None:
            claim.status = step["status"]
            steps.append(ClaimStatus(claim=claim, actor=viewer.commenter, created=moment, **step))
        claim.revision, claim.changed = claim.revision + 1, moment
        changed.append(claim)
    Claim.objects.bulk_update(changed, sorted(names), batch_size=_BATCH)
    ClaimStatus.objects.bulk_create(steps, batch_size=_BATCH)


def _add(viewer: Viewer, document: Document, wished: Sequence[_Wished]) -> None:
    """All at once: what add_claim does for one takes ten statements."""
    there = Claim.objects.filter(document=document, withdrawn=None).count()
    check_statements(there + len(wished))
    moment = clock.now()
    about: dict[str, Any] = {"actor": viewer.commenter, "created": moment}
    rows = [
        Claim(
            document=document,
            passage=one.passage,
            status=(one.step or _REPORTED)["status"],
            changed=moment,
            **about,
            **one.columns,
        )
        for one in wished
    ]
    claims = Claim.objects.bulk_create(rows, batch_size=_BATCH)
    pairs = list(zip(claims, wished, strict=True))
    links = [ClaimSource(claim=claim, source_id=n) for claim, one in pairs for n in sorted(one.sources)]
    ClaimSource.objects.bulk_create(links, batch_size=_BATCH)
    steps = [ClaimStatus(claim=claim, **about, **step) for claim, one in pairs for step in _steps(one)]
    ClaimStatus.objects.bulk_create(steps, batch_size=_BATCH)


def _steps(wished: _Wished) -> Iterator[dict[str, str]]:
    """The history of a new claim: it was reported, and then what is known of it."""
    if wished.step is None or wished.step["status"] != _REPORTED["status"]:
        yield _REPORTED
    if wished.step is not None:
        yield wished.step
