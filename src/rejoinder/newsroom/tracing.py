"""From a text in normal form back to the raw text that it was made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from rejoinder.sourcing.passages.folding import UNSEEN


def places(raw: str, tidy: str) -> Sequence[int] | None:
    """For each character of `tidy`, which is `normal(raw)`, where it begins in `raw`, and where the last one ends.

    None where that cannot be told.
    """
    lead = len(raw) - len(raw.lstrip())
    if raw[lead : lead + len(tidy)] == tidy:
        return range(lead, lead + len(tidy) + 1)
    kept: list[tuple[str, int]] = []
    for char, at in _composed(raw):
        _take(kept, char, at)
    while kept and kept[-1][0].isspace():
        kept.pop()
    if "".join(char for char, _at in kept) != tidy:
        return None
    return [at for _char, at in kept] + [len(raw.rstrip())]


def _composed(raw: str) -> Iterator[tuple[str, int]]:
    """The characters of NFC without those that nobody sees, each with the place of what it was made of."""
    begin = 0
    for at in range(1, len(raw) + 1):
        if at < len(raw) and unicodedata.combining(raw[at]):
            continue
        made = unicodedata.normalize("NFC", raw[begin:at])
        for number, char in enumerate(made):
            if not UNSEEN.match(char):
                # What was composed begins where its first sign does; what follows stands as it stood.
                yield char, at - (len(made) - number) if number else begin
        begin = at


def _take(kept: list[tuple[str, int]], char: str, at: int) -> None:
    """Blanks in a row are one, none stands beside a line's end, and a seam is two of these."""
    last = kept[-1][0] if kept else "\n"
    if char == "\n":
        if last == " ":
            kept.pop()
        if kept and not (len(kept) > 1 and kept[-1][0] == kept[-2][0] == "\n"):
            kept.append((char, at))
    elif char.isspace():
        if last not in {" ", "\n"}:
            kept.append((" ", at))
    else:
        kept.append((char, at))
