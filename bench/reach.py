"""What is to be reached, and whether it was: each figure with a floor and a stretch, judged from one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.figures import Row, ratio

FEWEST_ROUNDS = 3  # below that a median is no median


@dataclass(frozen=True, slots=True)
class Goal:
    """`floor` and `stretch` are least values, or greatest where `at_most`. `value`: None where it was not measured."""

    what: str
    value: float | None
    floor: float
    stretch: float | None = None
    unit: str = ""
    at_most: bool = False

    @property
    def verdict(self) -> str:
        """`stretch`, `reached`, `missed`, or `not measured`."""
        if self.value is None:
            return "not measured"
        if self.stretch is not None and self._holds(self.stretch):
            return "stretch"
        return "reached" if self._holds(self.floor) else "missed"

    def _holds(self, bound: float) -> bool:
        assert self.value is not None
        return self.value <= bound if self.at_most else self.value >= bound

    def row(self) -> Row:
        value = None if self.value is None else round(self.value, 3)
        return {
            "what": self.what,
            "value": value,
            "unit": self.unit,
            "way": "at most" if self.at_most else "at least",
            "floor": self.floor,
            "stretch": self.stretch,
            "verdict": self.verdict,
        }


def goals(results: Row) -> Iterator[Goal]:
    for db, into in results["databases"].items():
        # A part that was not asked for has no goals; what is missing within a part is told as not measured.
        for part, judge in (("read", _warm), ("cold", _cold), ("write", _writing)):
            if into.get(part):
                yield from judge(db, into[part])
        yield from _lasting(db, into)
    if results.get("peers"):
        yield from _peers(results["peers"]["read"])


def requests(rows: list[Row], who: str, size: int, **more: str) -> float | None:
    """The median requests/s of a first window, best first, sent as brotli."""
    wanted = {"what": "first", "order": "best", "encoding": "br", **more, "who": who, "size": size}
    for row in rows:
        if all(row.get(name) == value for name, value in wanted.items()):
            return float(row["rps"]["median"])
    return None


def sizes(rows: list[Row]) -> list[int]:
    return sorted({row["size"] for row in rows if row["what"] == "first"})


def worst(rows: list[Row], one: str, other: str) -> float | None:
    """The least ratio of two over all sizes of thread: of a size, the median over the rounds' own ratios.

    What is compared is asked one after the other within a round, in the same spell of a machine that others use too.
    """
    of_size: dict[int, list[float]] = {}
    measured = {
        (row["who"], row["encoding"], row["size"]): row["rps"]["rounds"]
        for row in rows
        if (row["what"], row["order"]) == ("first", "best")
    }
    for (who, encoding, size), rounds in measured.items():
        if who == one:
            others = measured.get((other, encoding, size), ())
            of_size.setdefault(size, []).extend(
                mine / theirs for mine, theirs in zip(rounds, others, strict=False) if theirs
            )
    return min((median(found) for found in of_size.values() if found), default=None)


def _warm(db: str, rows: list[Row]) -> Iterator[Goal]:
    yield Goal(f"{db}: warm first window against nginx", worst(rows, "rejoinder", "nginx"), 0.25, 0.4, "x")
    yield Goal(
        f"{db}: warm first window against a three-line app",
        worst(rows, "rejoinder", "hello"),
        0.75,
        0.9,
        "x",
    )
    yield Goal(
        f"{db}: behind the shipped nginx cache against nginx", worst(rows, "cache", "nginx"), 0.9, None, "x"
    )
    found = sizes(rows)
    if len(found) < 2:
        return
    least, most = found[0], found[-1]
    flat = ratio(requests(rows, "rejoinder", most), requests(rows, "rejoinder", least))
    between = f"{most:,} against {least:,} comments"
    yield Goal(f"{db}: requests/s, {between}", flat, 0.85, 0.95, "x")
    first = {row["size"]: row for row in rows if _is_first(row)}
    grown = ratio(first[most]["bytes"], first[least]["bytes"]) if most in first and least in first else None
    yield Goal(f"{db}: bytes, {between}", grown, 1.5, None, "x", at_most=True)
    largest = max(row["bytes"] for row in first.values()) / 1_000 if first else None
    yield Goal(f"{db}: largest first window, compressed", largest, 25, None, "kB", at_most=True)


def _is_first(row: Row) -> bool:
    return (row["what"], row["who"], row["order"], row["encoding"]) == ("first", "rejoinder", "best", "br")


def _cold(db: str, rows: list[Row]) -> Iterator[Goal]:
    p95 = {(row["what"], row["size"]): row.get("p95") for row in rows}
    size = 100_000 if ("first", 100_000) in p95 else max((s for what, s in p95 if what == "first"), default=0)
    floor, stretch = (30, 15) if db == "sqlite" else (40, 20)
    first = p95.get(("first", size))
    yield Goal(f"{db}: cold first window of {size:,}, p95", first, floor, stretch, "ms", at_most=True)
    against = ratio(first, p95.get(("first", 100)))
    yield Goal(f"{db}: the same against that of 100 comments", against, 1.2, None, "x", at_most=True)
    chain = next((row for row in rows if row["what"] == "chain"), {"size": 0})
    yield Goal(
        f"{db}: cold permalink at depth {chain['size']:,}, p95", chain.get("p95"), 40, 20, "ms", at_most=True
    )


def _writing(db: str, rows: list[Row]) -> Iterator[Goal]:
    row = next((row for row in rows if row["writers"] == 8), {})
    floor, stretch = (250, 500) if db == "sqlite" else (200, 400)
    yield Goal(f"{db}: 8 writers on one thread", row.get("rps", {}).get("median"), floor, stretch, "posts/s")
    reader = row.get("reader", {}).get("p99")
    for what, value, bound in (
        ("p99 of their posts", row.get("p99"), 150),
        ("longest of their posts", row.get("max"), 1_000),
        ("p99 of a reader meanwhile", reader, 50),
    ):
        yield Goal(f"{db}: {what}", value, bound, None, "ms", at_most=True)
    lost = sum(row["lost"] for row in rows)
    yield Goal(f"{db}: acknowledged comments that are not stored", lost, 0, None, "", at_most=True)


def _lasting(db: str, into: Row) -> Iterator[Goal]:
    resident = [row["rss_mb"] for row in into.get("memory") or [] if row["role"] == "worker"]
    if resident:
        yield Goal(f"{db}: memory of a worker, resident", max(resident), 250, 150, "MB", at_most=True)
    made: Row = (into.get("generate") or {}).get("of-1000000") or {}
    if made:
        yield Goal(f"{db}: 1,000,000 comments generated", made["seconds"], 300, 180, "s", at_most=True)


def _peers(rows: list[Row]) -> Iterator[Goal]:
    size = 1_000
    for who in ("Isso", "Waline"):
        value = ratio(requests(rows, "rejoinder", size), requests(rows, who, size))
        yield Goal(f"requests/s against {who}, {size:,} comments", value, 100, None, "x")


def judged(results: Row) -> list[Row]:
    return [goal.row() for goal in goals(results)]
