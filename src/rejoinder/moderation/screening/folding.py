"""The normal form in which words are looked for: what a reader takes for the same letter is the same character.

Each character of a text becomes none, one or a few of the form's: letters without case, accents and script; a space for
white space; a hyphen for any other sign and for what cannot be seen. `I` stands for what may be an i or an l (I, the
Cyrillic І, and an l among capitals). Digits, and signs that pass for letters within words, stay: a word of the list
says what they may stand for (see phrases).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Final

from rejoinder.core.text.skeleton import skeleton

# Signs that pass for a letter: "$hit", "b!tch".
SOFT: Final = "!@$|€"
_APOSTROPHES: Final = frozenset("'’‘ʼ＇`´′")
# Letters in boxes and circles that no compatibility form spells out, and those that flags are made of.
_BOXED: Final = ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF))
_SMALL_CAPITALS: Final = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋĸʟᴍʍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijkklmmnoprstuvwyz")
# Nothing: apostrophes, and the kashida that only fills a line. A sign that passes for a letter: itself.
_KEPT: Final = {**dict.fromkeys(_APOSTROPHES, ""), "ـ": "", "€": "€"}
# In a word of capitals an l is read as I.
_L_AMONG_CAPITALS: Final = re.compile("(?<=[A-Z])l|l(?=[A-Z])")
# Signs for letters: where something like a word goes on behind them, or stands before them.
_SOFT_IN_WORD: Final = re.compile(r"(?<=\w)[@$|€]|[!@$|€](?=\w)")
_LOOSE: Final = re.compile(r"[!|](?![!|]*\w)")
_AS_GAPS: Final = str.maketrans(SOFT, "-" * len(SOFT))


class _Table(dict[str, str]):
    """Filled as characters are met."""

    def __missing__(self, char: str) -> str:
        found = self[char] = _fold(char)
        return found

    def of(self, text: str) -> str:
        # Where a text is ASCII, str.translate is the faster of the two, and else much the slower.
        return text.translate(_ASCII) if text.isascii() else "".join(map(self.__getitem__, text))


def _fold(char: str) -> str:
    if char.isascii():
        return _fold_ascii(char)
    if char in _KEPT:
        return _KEPT[char]
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Mc"}:
        # Vowel signs of class 0 spell the word; accents and points only adorn it.
        return char if category != "Me" and _spells(char) else ""
    return " " if category[0] == "Z" else _boxed(char) or _look(char)


def _boxed(char: str) -> str:
    return next(
        (chr(ord("a") + ord(char) - first) for first, last in _BOXED if first <= ord(char) <= last), ""
    )


def _spells(char: str) -> bool:
    """Variation selectors and joiners are of class 0 too, and spell nothing."""
    return unicodedata.combining(char) == 0 and not 0xFE00 <= ord(char) <= 0xFE0F and ord(char) < 0xE0000


def _fold_ascii(char: str) -> str:
    if char.isalnum():
        return "I" if char == "I" else char.lower()
    if char.isspace():
        return " "
    if char in _APOSTROPHES:
        return ""
    return char if char in SOFT else "-"


def _look(char: str) -> str:
    """What a letter or digit beyond ASCII passes for; a hyphen for all that is neither."""
    plain = unicodedata.normalize("NFKC", char)
    shape = skeleton(plain).translate(_SMALL_CAPITALS)
    # The standard's prototype of m is rn, that of I, l, 1 and | is l.
    shape = shape.replace("rn", "m")
    if shape == "l":
        return "I"
    shape = skeleton(shape.casefold()).replace("rn", "m").translate(_SMALL_CAPITALS).casefold()
    kept = "".join(
        c for c in shape if unicodedata.category(c)[0] in "LN" or (c != char and _is_vowel_sign(c))
    )
    return kept or "-"


def _is_vowel_sign(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Mc"} and _spells(char)


_TABLE: Final = _Table()
_ASCII: Final = {code: _fold_ascii(chr(code)) for code in range(128)}


def lower(text: str) -> str:
    """Small letters, one for one: places in the text stay what they are."""
    return "İ".join(part.lower() for part in text.replace("Σ", "σ").split("İ"))


def forms_of(text: str) -> list[str]:
    """The text in the normal form, in each reading: signs as signs, and as the letters they pass for; capitals of
    other scripts by their looks, and as their small letters."""
    if "l" in text and not text.islower():
        text = _L_AMONG_CAPITALS.sub("I", text)
    readings = [text]
    if not text.isascii() and _has_capitals_beyond_ascii(text, small := lower(text)):
        readings.append(small)
    found = []
    # Most capitals look as their small letters do: then there is one reading.
    for form in dict.fromkeys(map(_TABLE.of, readings)):
        has_signs = any(sign in form for sign in SOFT)
        found.append(form.translate(_AS_GAPS) if has_signs else form)
        if has_signs and _SOFT_IN_WORD.search(form):
            found.append(_LOOSE.sub("-", form))
    return found


def _has_capitals_beyond_ascii(text: str, small: str) -> bool:
    """Bytes are made small where they are letters of ASCII alone."""
    return small.encode("utf-8", "surrogatepass") != text.encode("utf-8", "surrogatepass").lower()


def folded(text: str) -> str:
    """One reading: signs stay what they are."""
    return _TABLE.of(text)


def places(text: str) -> list[int]:
    """Where each character of `text` begins in its normal form, and at the end the form's length."""
    return [0, *accumulate(map(len, map(_TABLE.__getitem__, text)))]
