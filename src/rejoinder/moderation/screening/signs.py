"""Phrases that are signs, or hold some: emoji. Looked for as they stand, without what only changes their looks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rejoinder.moderation.screening.folding import folded


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the list, and where it stands in the text: characters, the end not included."""

    phrase: str
    start: int
    end: int


class _Bare(dict[int, str]):
    """Without what cannot be seen by itself, and the tones of skin; in small letters."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        tone = 0x1F3FB <= code <= 0x1F3FF
        found = "" if tone or unicodedata.category(char) in {"Cf", "Mn", "Me", "Cc"} else char.casefold()
        found = " " if char.isspace() else found
        self[code] = found
        return found


_BARE = _Bare()


def bare(text: str) -> str:
    """What can be seen of a text."""
    return text.translate(_BARE)


class Signs:
    """Looked for one by one, but only those whose first character stands in the text."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for line in lines:
            found = " ".join(bare(line.strip("*")).split())
            if found:
                self._by_first.setdefault(found[0], []).append((found, line))

    @staticmethod
    def takes(line: str) -> bool:
        """Whether a phrase has signs that its letters do not say."""
        pictures = any(unicodedata.category(char) == "So" and folded(char) == "-" for char in line)
        return pictures or not folded(line).strip("- *")

    def find(self, text: str) -> list[Found]:
        if not self._by_first:
            return []
        seen = bare(text)
        hits = []
        for first in self._by_first.keys() & set(seen):
            for wanted, line in self._by_first[first]:
                if wanted in seen:
                    start = text.find(first) if first in text else 0
                    hits.append(Found(line, max(start, 0), min(len(text), max(start, 0) + len(wanted))))
        return hits
