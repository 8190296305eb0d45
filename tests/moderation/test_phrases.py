"""Words of a list are found as a reader sees them, and only where they are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.moderation.screening.phrases import HITS, Phrases

WORDS = [
    "gromble",
    "zilpik",
    "trollard",
    "kill yourself",
    "dolt",
    "wurzel*",
    "*snark*",
    "a$$hat",
    "straße",
    "гнида",
    "صهباء",
    "傻瓜",
    "🐍",
]
BANNED = Phrases(WORDS)
STOOD = "Well, {} is what you are."

_LOOKS = {
    "o": "оοо0ₒⓞｏ𝗼",
    "l": "ⅼ1|ІIｌ",
    "d": "ԁｄ𝓭ⓓ",
    "e": "еｅ3ė",
    "a": "аαａ@á",
    "i": "і1!íｉ",
    "t": "τｔ7ť",
    "r": "гｒř𝐫",
}


def disguises(word: str) -> list[str]:
    """Ways in which people write a word so that a list does not know it."""
    seen = random.Random(word)
    ways = [word.upper(), word.title(), word.swapcase()]
    ways += [
        mark.join(word)
        for mark in (" ", ".", "-", "_", "*", "\u200b", "\u200d", "\u00ad", "\u2060", " . ", "\u3164")
    ]
    ways += ["".join(c + mark for c in word) for mark in ("\u0301", "\u0336", "\u20dd", "\ufe0f")]
    ways += ["".join(c * 4 for c in word), word[0] * 3 + word[1:]]
    for letter in sorted(set(word) & _LOOKS.keys()):
        ways += [word.replace(letter, look) for look in _LOOKS[letter]]
    ways += ["".join(seen.choice(_LOOKS.get(c, c)) for c in word) for _ in range(10)]
    ways += [
        "".join(chr(ord(c) - 97 + base) for c in word)
        for base in (0x1D41A, 0x1D4EA, 0x24D0, 0xFF41, 0x1F130, 0x1F170)
    ]
    ways += [
        f"@{word}",
        f"“{word}”",
        f"({word})",
        f"{word}!!!",
        f"#{word}",
        f"\n{word}\n",
        f"{word[0]} {word[1:]}",
    ]
    return ways


def test_two_hundred_disguises_are_seen_through() -> None:
    """Case, accents, look-alikes of other scripts, zero-width, marks, spacing, digits, boxes and repeated letters."""
    tried = [(word, way) for word in ("dolt", "gromble", "zilpik", "trollard") for way in disguises(word)]
    assert len(tried) >= 200
    missed = [
        (word, way)
        for word, way in tried
        if word not in {hit.phrase for hit in BANNED.find(STOOD.format(way))}
    ]
    assert not missed


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("go kill  YOURSELF", "kill yourself"),
        ("killyourself", "kill yourself"),
        ("K1LL Y0UR5ELF", "kill yourself"),
        ("k i l l  y o u r s e l f", "kill yourself"),
        ("wurzelheads, all", "wurzel*"),
        ("how unsnarky", "*snark*"),
        ("what an asshat", "a$$hat"),
        ("Lange STRASSE", "straße"),
        ("ГНИДА!", "гнида"),
        ("гНиДа", "гнида"),
        ("صَـهْبـاء", "صهباء"),
        ("你是傻瓜吗", "傻瓜"),
        ("so a 🐍 it is", "🐍"),
        ("D0LT", "dolt"),
        ("DOlT", "dolt"),
    ],
)
def test_phrase_is_found(text: str, phrase: str) -> None:
    hit = next(hit for hit in BANNED.find(text) if hit.phrase == phrase)
    assert text[hit.start : hit.end].strip()
    assert hit.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "adolt said the dolts",
        "The d. olten railway",
        "an ass hatched",
        "Wur zel",
        "in d01t7 lies 4017",
        "strasbourg",
        "grumble and zipline",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert BANNED.find(text) == []


def test_a_number_is_no_word_in_digits() -> None:
    assert Phrases(["lol", "1488"]).find("101 pages, 07") == []
    assert [hit.phrase for hit in Phrases(["1488"]).find("1 4 8 8 and 14-88")] == ["1488"]


def test_places_are_those_of_what_was_typed() -> None:
    text = "Ach, du d\u200bo\u0301l\u00adt, du"
    (hit,) = BANNED.find(text)
    assert text[hit.start : hit.end] == "d\u200bo\u0301l\u00adt"


def test_what_is_told_of_one_text_is_bounded() -> None:
    many = Phrases(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(100))
    text = " ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(100))
    assert len(many.find(text)) == HITS


@given(st.text(max_size=400))
def test_any_text_can_be_looked_through(text: str) -> None:
    for hit in BANNED.find(text):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.lists(st.text(max_size=20), max_size=8), st.text(max_size=100))
def test_any_list_can_be_looked_for(lines: list[str], text: str) -> None:
    Phrases(lines).find(text)
