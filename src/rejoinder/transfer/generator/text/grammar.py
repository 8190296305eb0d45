"""Reads a language's sentence frames and compiles them into something that can be filled in a microsecond.

A frame is a format string with `%s` for each slot, the values of each slot, and the most words it can have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "ar")

# Stands where an answer repeats a figure; cannot occur in a text.
ECHO = "\0"

# How often a frame with 0, 1, 2, 3 or more slots stands in its pool.
WEIGHTS = (1, 4, 8, 12)

SLOT = re.compile(r"\{(\w+)\}")

# Slots that are numbers in every language. `year2` is always later than `year`: a correction makes sense.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "n": tuple(str(number) for number in range(3, 98)),
    "pct": tuple(f"{tenths / 10:g}" for tenths in range(35, 875, 15)),
    "year": tuple(str(year) for year in range(2006, 2019)),
    "year2": tuple(str(year) for year in range(2019, 2025)),
    "future": tuple(str(year) for year in range(2028, 2041)),
    "old": tuple(str(year) for year in range(1949, 1990)),
    # Replaced by a figure of the comment that is answered.
    "echo": (ECHO,),
    "few": ("two", "three", "four", "five", "six"),
}


class Frame(NamedTuple):
    pattern: str
    slots: tuple[tuple[tuple[str, ...], int], ...]
    words: int


Frames = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything a voice can say about one theme, by kind of sentence."""

    name: str
    frames: Mapping[str, Frames]
    answers: Mapping[str, Frames]
    short: Mapping[str, Frames]
    items: Frames


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language. `themes` stand as in the file; `by_word` leads from a telling word to its theme."""

    language: str
    themes: tuple[Theme, ...]
    by_word: Mapping[str, Theme]


def capitalised(value: str) -> str:
    return value[:1].upper() + value[1:]


def slot_values(slot: str, values: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The values of a slot, capitalised when the slot is. KeyError names a slot that does not exist."""
    if slot in values:
        return tuple(values[slot])
    return tuple(capitalised(value) for value in values[slot[:1].lower() + slot[1:]])


def compile_frame(text: str, values: Mapping[str, Iterable[str]]) -> Frame:
    slots = [slot_values(slot, values) for slot in SLOT.findall(text)]
    words = len(SLOT.sub("", text).split()) + sum(max(len(v.split()) for v in slot) for slot in slots)
    pattern = SLOT.sub("%s", text.replace("%", "%%"))
    return Frame(pattern, tuple((slot, len(slot)) for slot in slots), words)


def compile_kinds(kinds: Mapping[str, list[str]], values: Mapping[str, Iterable[str]]) -> dict[str, Frames]:
    return {kind: pool(compile_frame(text, values) for text in texts) for kind, texts in kinds.items()}


def pool(frames: Iterable[Frame]) -> Frames:
    """Frames to draw from evenly: one with more slots stands there more often."""
    return tuple(frame for frame in frames for _ in range(WEIGHTS[min(len(frame.slots), 3)]))


def compile_theme(name: str, own: Mapping[str, Any], data: Mapping[str, Any]) -> Theme:
    values = {**NUMBERS, **data["slots"], **own}
    kinds = {**data["frames"], "own": own["frames"]}
    return Theme(
        name=name,
        frames=compile_kinds(kinds, values),
        answers=compile_kinds(data["answers"], values),
        short=compile_kinds(data["short"], values),
        items=tuple(compile_frame(text, values) for text in data["items"]),
    )


@cache
def grammar(language: str) -> Grammar:
    """The compiled grammar of a language (`LANGUAGES`); ValueError for any other."""
    if language not in LANGUAGES:
        raise ValueError(f"No voice speaks {language!r}; there are {', '.join(LANGUAGES)}.")
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    themes = {name: compile_theme(name, own, data) for name, own in data["themes"].items()}
    by_word = {word: themes[name] for name, own in data["themes"].items() for word in own["words"]}
    return Grammar(language, tuple(themes.values()), by_word)


@cache
def name_parts(language: str) -> Mapping[str, tuple[str, ...]]:
    """The lists from which names are made: given, family, adjective, noun, plain, foreign."""
    data = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    return {part: tuple(values) for part, values in data[language].items()}
