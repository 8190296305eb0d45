"""The figures as tables of text: the same for the terminal and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.figures import Row, ratio
from bench.reach import requests

WHAT = {
    "first": "first window",
    "deep": "window further in",
    "permalink": "permalink",
    "page": "page of the thread",
    "chain": "permalink at the chain's end",
    "chain page": "the same as a page",
    "story": "page of a story",
}


@dataclass
class Figures:
    """`note` stands beneath the title."""

    title: str
    columns: list[str]
    note: str = ""
    rows: list[list[str]] = field(default_factory=list)


def tables(results: Row) -> Iterator[Figures]:
    yield reached(results)
    for db, into in results["databases"].items():
        name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[db]
        if into.get("read"):
            yield compared(name, into["read"])
            yield warm(name, into["read"])
        if into.get("cold"):
            yield cold(name, into["cold"])
        if into.get("write"):
            yield written(name, into)
        if into.get("memory"):
            yield held(name, into["memory"])
        if into.get("generate"):
            yield generated(name, into["generate"])
    if results.get("peers"):
        yield peers(results["peers"])
        yield all_read(results["peers"])


def number(value: float | None, digits: int = 0) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def kilobytes(value: float) -> str:
    return number(value / 1_000, 1)


def few(value: float | None) -> str:
    """Three figures that count, as far as there are any."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def spread(row: Row | None) -> str:
    """Median (least to most)."""
    if row is None:
        return ""
    return f"{few(row['median'])} ({few(row['min'])}–{few(row['max'])})"


def reached(results: Row) -> Figures:
    table = Figures("What is to be reached", ["what", "measured", "floor", "stretch", ""])
    for row in results["reach"]:
        sign = "≤" if row["way"] == "at most" else "≥"
        measured = "" if row["value"] is None else f"{few(row['value'])} {row['unit']}".strip()
        stretch = "" if row["stretch"] is None else f"{sign} {row['stretch']:g}"
        table.rows.append([row["what"], measured, f"{sign} {row['floor']:g}", stretch, row["verdict"]])
    return table


def compared(name: str, rows: list[Row]) -> Figures:
    table = Figures(
        f"{name}: the warm first window beside what bounds it",
        [
            "comments",
            "as",
            "rejoinder",
            "nginx, a file",
            "three-line app",
            "behind our nginx cache",
            "/ nginx",
            "/ app",
        ],
        "Requests/s, median of the rounds (least to most), all of the very same bytes.",
    )
    for row in rows:
        if (row["what"], row["who"], row["order"]) != ("first", "rejoinder", "best"):
            continue
        found = {who: _same(rows, row, who) for who in ("rejoinder", "nginx", "hello", "cache")}
        medians = {who: rps["median"] for who, rps in found.items() if rps}
        table.rows.append(
            [number(row["size"]), row["sent_as"]]
            + [spread(rps) for rps in found.values()]
            + [few(ratio(medians["rejoinder"], medians.get(who))) for who in ("nginx", "hello")]
        )
    return table


def _same(rows: list[Row], row: Row, who: str) -> Row | None:
    wanted = (row["what"], row["size"], row["order"], row["encoding"])
    for other in rows:
        if other["who"] == who and wanted == tuple(
            other[key] for key in ("what", "size", "order", "encoding")
        ):
            found: Row = other["rps"]
            return found
    return None


def warm(name: str, rows: list[Row]) -> Figures:
    table = Figures(
        f"{name}: reading, warm",
        [
            "what",
            "comments",
            "order",
            "as",
            "requests/s",
            "p50 ms",
            "p99 ms",
            "sent, kB",
            "plain, kB",
            "drawn",
            "failed",
        ],
    )
    for row in rows:
        if row["who"] != "rejoinder":
            continue
        size = number(row["size"]) if row["size"] else ""
        times = [few(row["p50"]["median"]), few(row["p99"]["median"])]
        weight = [
            number(row["bytes"] / 1_000, 1),
            number(row["bytes_plain"] / 1_000, 1),
            str(row["comments"]),
        ]
        table.rows.append(
            [
                *(WHAT[row["what"]], size, row["order"], row["sent_as"], spread(row["rps"])),
                *times,
                *weight,
                number(row["failed"]),
            ]
        )
    return table


def cold(name: str, rows: list[Row]) -> Figures:
    table = Figures(
        f"{name}: reading, cold", ["what", "comments", "times", "p50 ms", "p95 ms", "longest ms"],
        "One request at a time: windows after a post to the thread, permalinks that nobody had asked for.",
    )  # fmt: skip
    for row in rows:
        times = [few(row.get(key)) for key in ("p50", "p95", "max")]
        table.rows.append([WHAT[row["what"]], number(row["size"]), str(row["n"]), *times])
    return table


def written(name: str, into: Row) -> Figures:
    table = Figures(
        f"{name}: writing, one thread",
        [
            "what",
            "writers",
            "a second",
            "p50 ms",
            "p99 ms",
            "longest ms",
            "reader p99 ms",
            "the database alone",
            "lost",
        ],
        "A reader asks for the first window twenty times a second meanwhile.",
    )
    kinds = {"post": "comments", "vote-one": "votes on one comment", "vote-many": "votes on many"}
    for row in [*into["write"], *(into.get("votes") or [])]:
        bound = row.get("bound", {}).get("rps")
        table.rows.append(
            [kinds[row["kind"]], str(row["writers"]), spread(row["rps"])]
            + [few(row.get(key)) for key in ("p50", "p99", "max")]
            + [few(row["reader"].get("p99")), few(bound), str(row.get("lost", ""))]
        )
    mixed = into.get("mixed")
    if mixed:
        what = f"{100 - mixed['share']} readings to {mixed['share']} comments, {mixed['size']:,} comments"
        times = [few(mixed[key]) for key in ("p50", "p99", "max")]
        table.rows.append([what, str(mixed["connections"]), few(mixed["rps"]), *times, "", "", ""])
    return table


def held(name: str, rows: list[Row]) -> Figures:
    table = Figures(
        f"{name}: memory after all that", ["process", "resident MB", "its share MB"],
        "Its share: what it holds alone, and its part of what several hold together.",
    )  # fmt: skip
    for row in rows:
        table.rows.append([row["role"], few(row["rss_mb"]), few(row.get("pss_mb"))])
    return table


def generated(name: str, rows: Row) -> Figures:
    table = Figures(f"{name}: threads generated", ["comments", "seconds"])
    for row in rows.values():
        if "seconds" in row:
            table.rows.append([number(row["comments"]), number(row["seconds"], 1)])
    return table


def peers(found: Row) -> Figures:
    table = Figures(
        "Peers: the first reading of a thread, as each one's page reads it",
        [
            "who",
            "comments",
            "requests/s",
            "one lonely request, ms",
            "bytes sent, kB",
            "comments in it",
            "ours is",
        ],
    )
    for row in sorted(found["read"], key=lambda row: (row["size"], row["who"] != "rejoinder", row["who"])):
        times = ratio(requests(found["read"], "rejoinder", row["size"]), row["rps"]["median"])
        table.rows.append(
            [
                *(row["who"], number(row["size"]), spread(row["rps"]), few(row["ms"])),
                *(kilobytes(row["bytes"]), number(row["comments"])),
                "" if row["who"] == "rejoinder" or times is None else f"{few(times)} x",
            ]
        )
    return table


def all_read(found: Row) -> Figures:
    table = Figures(
        "Peers: one reader reads all of a thread",
        ["who", "comments", "first time, ms", "best of three, ms", "requests", "bytes sent, kB"],
        "As far as each one's page lets its reader go on, one request after the other.",
    )
    for row in found["who"]["all"]:
        table.rows.append(
            [
                *(row["who"], number(row["comments"])),
                *(few(1_000 * row["first_seconds"]), few(1_000 * row["seconds"])),
                *(number(row["requests"]), kilobytes(row["bytes"])),
            ]
        )
    return table
