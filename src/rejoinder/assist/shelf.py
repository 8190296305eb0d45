"""Models in memory: those that judge at present, a bounded number of sites, as fresh as the second.

A process loads a version when it is first asked and keeps it while it is active. What was decided since that version
was made is learned in small steps on top of it, here and not in the file: each process does it for itself.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rejoinder.accounts.models import Site
from rejoinder.assist.learning import BadModel, Thresholds
from rejoinder.assist.models import Policy, Version

if TYPE_CHECKING:
    from rejoinder.assist.learning.model import Model

CHECK = 1.0  # seconds that a look at which versions are active holds
STEP = 5.0  # seconds between two small steps
SITES = 16  # of at most 4 MB a model and language


@dataclass(slots=True)
class Lane:
    """What judges the texts of one language of one site. `version`: None for the shipped prior alone."""

    model: Model
    version: int | None = None
    learned: datetime | None = None  # up to which decision
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def marks(self) -> tuple[float, float] | None:
        """The scores that 2% and 0.2% of what was approved exceed; None where too little was."""
        from rejoinder.assist.learning.state import MARKED

        found = dict(zip(MARKED, self.model.marks, strict=False))
        return (found[0.02], found[0.002]) if {0.02, 0.002} <= found.keys() else None


@dataclass(slots=True)
class _Shelf:
    looked: float = float("-inf")
    stepped: float = float("-inf")
    kept: dict[int, Lane] = field(default_factory=dict)  # as they are in the file
    lanes: dict[str, Lane] = field(default_factory=dict)  # with what was learned since


_shelves: OrderedDict[int, _Shelf] = OrderedDict()
_turn = threading.RLock()
_prior: list[Lane] = []


def lanes_of(site: Site) -> dict[str, Lane]:
    """What judges on a site, by language; "" judges what has none of its own and is always there."""
    with _turn:
        shelf = _shelves.setdefault(site.pk, _Shelf())
        _shelves.move_to_end(site.pk)
        while len(_shelves) > SITES:
            _shelves.popitem(last=False)
        if time.monotonic() - shelf.looked >= CHECK:
            _refresh(site, shelf)
            shelf.looked = time.monotonic()
        return shelf.lanes


def forget() -> None:
    """Let go of all models: the next question loads what is active then."""
    with _turn:
        _shelves.clear()


def prior() -> Lane:
    """The shipped prior alone: what judges where nothing was decided yet."""
    if not _prior:
        from rejoinder.assist.learning.model import fit

        _prior.append(Lane(fit([])))
    return _prior[0]


def _refresh(site: Site, shelf: _Shelf) -> None:
    _let_go_of_readings()
    active = dict(Version.objects.filter(site=site, state=Version.State.ACTIVE).values_list("pk", "language"))
    changed = set(shelf.kept) != set(active)
    if changed:
        missing = set(active) - set(shelf.kept)
        loaded = {row.pk: _load(row) for row in Version.objects.filter(pk__in=missing)}
        shelf.kept = {pk: lane for pk, lane in (shelf.kept | loaded).items() if pk in active}
    if changed or not shelf.lanes:
        shelf.lanes = {"": prior()} | {active[pk]: lane for pk, lane in shelf.kept.items()}
    if changed or time.monotonic() - shelf.stepped >= STEP:
        shelf.stepped = time.monotonic()
        _step(site, shelf, active)


def _let_go_of_readings() -> None:
    """What this process read for a refit is not kept for longer than it may be, whether or not one comes again."""
    from rejoinder.assist.learning.readings import let_go

    let_go()


def _load(row: Version) -> Lane:
    """A version from its file. A damaged one judges no worse than none: the prior, and a line in the log."""
    from rejoinder.assist.learning.files import load
    from rejoinder.assist.learning.model import usable

    try:
        model = load(bytes(row.blob or b""))
    except BadModel as error:
        log_bad(row, error)
        return prior()
    here = usable(model)
    # What was promised was promised of what it says with vectors.
    promised = Thresholds(**row.thresholds) if here is model else Thresholds()
    return Lane(here, row.pk, row.until, promised)


def log_bad(row: Version, error: BadModel) -> None:
    """Say which version cannot be read."""
    import structlog

    structlog.get_logger("rejoinder.assist").error("bad model", version=row.pk, error=str(error))


def _step(site: Site, shelf: _Shelf, active: dict[int, str]) -> None:
    """Learn what was decided since, on top of what the file says. Not while somebody has gone back to a version."""
    if not shelf.kept or Policy.objects.filter(site=site, paused__isnull=False).exists():
        return
    from rejoinder.assist.examples import latest, since
    from rejoinder.assist.learning.model import update

    newest = latest(site)
    for pk, lane in shelf.kept.items():
        present = shelf.lanes.get(active[pk])
        if newest is None or present is None or present.learned == newest or lane.version is None:
            continue
        later = since(site, lane.learned, active[pk])
        if later:
            shelf.lanes[active[pk]] = replace(lane, model=update(lane.model, later), learned=newest)
