"""Reading, warm: requests/s of windows and pages, ours beside a file and a three-line application.

All cases are measured once in each round, so that a spell in which the machine is slow spoils one round of every
case and not one case. What is told is the median of the rounds, the least and the most.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import files
from bench.asking import Asker, fetch
from bench.figures import Row, spread
from bench.load import fitting, load
from bench.ours import Ours, page, window
from bench.peers.hello import serving_hello
from bench.programs import Skipped
from bench.servers import DidNotStart, Running
from bench.shipped import serving_shipped
from bench.telling import Steps, tell
from bench.threads import Made, key_of
from bench.walking import comments, root_cursors

FURTHER_ORDERS = ("newest", "oldest", "most-replied")
SETTLES = 0.3  # seconds; compressing a window as far as pays takes a tenth of that
DEEP = 5  # windows of roots in from the beginning
Beside = contextlib.AbstractContextManager[Running]


@dataclass
class Case:
    """One address, asked for over and over. `who`: rejoinder, nginx, hello, or cache (nginx before rejoinder)."""

    what: str
    size: int
    path: str
    who: str = "rejoinder"
    order: str = "best"
    encoding: str = "br"
    port: int = 0
    known: Row = field(default_factory=dict)  # bytes and comments, counted in one answer
    rounds: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.what}-{self.size}-{self.order}-{self.encoding}"

    def row(self) -> Row:
        return {
            "what": self.what,
            "who": self.who,
            "size": self.size,
            "order": self.order,
            "encoding": self.encoding,
            **self.known,
            "rps": spread([round(found["rps"], 1) for found in self.rounds]),
            "p50": spread([found["p50"] for found in self.rounds]),
            "p99": spread([found["p99"] for found in self.rounds]),
            "failed": sum(found["failed"] for found in self.rounds),
        }


def measure(cases: list[Case], *, rounds: int, seconds: float, label: str) -> list[Row]:
    """Round by round over all cases."""
    with Steps(label, rounds * len(cases)) as step:
        for number in range(1, rounds + 1):
            for case in cases:
                step(f"round {number}: {case.what} of {case.size:,}, {case.who}")
                headers = {"Accept-Encoding": case.encoding}
                connections, long = fitting(case.known.get("ms", 0.0), seconds)
                case.rounds.append(
                    load(case.port, case.path, seconds=long, connections=connections, headers=headers)
                )
    return [case.row() for case in cases]


def read(
    ours: Ours, made: Made, sizes: tuple[int, ...], *, rounds: int, seconds: float, scratch: Path
) -> tuple[list[Row], list[str]]:
    """The rows of all cases, and a sentence for each thing that was left out."""
    own = [*_first(sizes), *_further(ours, made, sizes)]
    with Steps(f"{ours.db}: warming up", len(own)) as step:
        for case in own:
            step(f"{case.what} of {case.size:,}")
            case.port = ours.port
            _know(case, scratch)
    left: list[str] = []
    with contextlib.ExitStack() as stack:
        beside: dict[str, int] = {}
        for who, start in _others(ours, scratch).items():
            try:
                beside[who] = stack.enter_context(start()).port
            except (Skipped, DidNotStart) as error:
                left.append(f"{who}: {str(error).splitlines()[-1]}")
                tell(f"left out: {left[-1]}")
        cases = [shown for case in own for shown in (case, *_siblings(case, beside))]
        for case in cases:
            if case not in own:  # ours are warm by now
                load(case.port, case.path, seconds=1, headers={"Accept-Encoding": case.encoding})
        rows = measure(cases, rounds=rounds, seconds=seconds, label=f"{ours.db}: reading, warm")
    left += [f"{case.name}: its bytes changed meanwhile" for case in own if not _is_the_same(case, scratch)]
    return rows, left


def _first(sizes: tuple[int, ...]) -> list[Case]:
    cases = []
    for size in sizes:
        key = key_of(size)
        cases.append(Case("first", size, window(key)))
        cases.append(Case("first", size, window(key), encoding="gzip"))
        cases += [Case("first", size, window(key, sort=order), order=order) for order in FURTHER_ORDERS]
        cases.append(Case("page", size, page(key)))
    return cases


def _further(ours: Ours, made: Made, sizes: tuple[int, ...]) -> list[Case]:
    """The window a few windows in, and permalinks: of the deep window's first comment, and at the chain's end."""
    asker = Asker(ours.port)
    cases = []
    for size in sizes:
        key = key_of(size)
        onward = root_cursors(asker, key, DEEP)
        if onward:
            path = window(key, sort="best", cursor=onward[-1])
            at = comments(asker.get(path).plain.decode())[-1]
            cases += [Case("deep", size, path), Case("permalink", size, page(key, at=at))]
    deepest = ours.deepest(made.chain, 1)[0]
    cases.append(Case("chain", made.chain, window(f"chain-{made.chain}", at=deepest)))
    if made.story:
        cases.append(Case("story", made.generated.get("story", 0), made.story))
    asker.close()
    return cases


def _know(case: Case, scratch: Path) -> None:
    """Count its bytes and comments, and keep the very bytes for the others to send.

    What is asked for often is compressed further after a while: so it is asked for often, first.
    """
    load(case.port, case.path, seconds=1, headers={"Accept-Encoding": case.encoding})
    time.sleep(SETTLES)
    found = fetch(case.port, case.path, encoding=case.encoding)
    case.known = {
        "ms": round(found.ms, 2),
        "bytes": len(found.body),
        "bytes_plain": len(found.plain),
        "sent_as": found.header("content-encoding") or "identity",
        "comments": len(comments(found.plain.decode())),
    }
    if _is_compared(case):
        files.keep(scratch, case.name, found)


def _is_the_same(case: Case, scratch: Path) -> bool:
    """Whether the others were still sending what ours sends, in the end."""
    return not _is_compared(case) or files.holds(
        scratch, case.name, fetch(case.port, case.path, encoding=case.encoding)
    )


def _is_compared(case: Case) -> bool:
    return case.what == "first" and case.order == "best"


def _others(ours: Ours, scratch: Path) -> dict[str, Callable[[], Beside]]:
    return {
        "nginx": lambda: files.serving_files(scratch),
        "hello": lambda: serving_hello(scratch, workers=ours.workers, environment=ours.environment),
        "cache": lambda: serving_shipped(ours, scratch),
    }


def _siblings(case: Case, beside: dict[str, int]) -> list[Case]:
    """The same bytes from the others. The shipped cache is asked for our address, the others for a file's."""
    if not _is_compared(case):
        return []
    return [
        replace(
            case,
            who=who,
            port=port,
            path=case.path if who == "cache" else f"/{case.name}",
            rounds=[],
            known={**case.known, "ms": 0.0},
        )
        for who, port in beside.items()
    ]
