"""A text as pieces between white space, each in the form in which it is learned: what hides a word is taken away.

Places in the text are kept, so that a reason can point at what was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST = 20_000  # characters that are read of a text; Perspective's limit, and more than a thread takes
PIECE = 200  # characters that are read of a piece: nothing longer is a word

_PIECES: Final = re.compile(r"\S+")
# Marks that cross out or pile up on a letter. Vowel signs of other scripts are letters and stay.
_PILED: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff\ufe00-\ufe0f\u0640]")
_LATIN: Final = re.compile("[a-zA-Z]")
_OTHER: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")
# Cyrillic and Greek small letters by what they pass for among Latin ones.
_LOOKS: Final = str.maketrans(
    "авсԁеёғһіїјкӏмпорԛгѕтцѵԝхуαβεηικνορστυχω", "abcdeefhiijklmnopqrstuvwxyabenikvopotuxw"
)
# Capitals pass for others than their small letters do: Η is H, but η is n.
_CAPITAL_LOOKS: Final = str.maketrans("АВСЕЁНІЇЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abceehiijkmopstxyabezhikmnoptyx")
_SMALL_CAPITALS: Final = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")


def pieces(body: str) -> list[str]:
    """The pieces of a text, in order; what shows nothing is none."""
    found = body[:LONGEST].split()
    if body.isascii() and "".join(found).isprintable():
        return [piece[:PIECE].lower() for piece in found]
    return [form for piece in found if (form := _form(piece[:PIECE]))]


def placed(body: str) -> list[tuple[str, int, int]]:
    """Each piece with where it begins and ends in the text."""
    found = ((_form(match[0][:PIECE]), *match.span()) for match in _PIECES.finditer(body[:LONGEST]))
    return [(form, begin, end) for form, begin, end in found if form]


def _form(piece: str) -> str:
    if piece.isascii() and piece.isprintable():
        return piece.lower()
    # NFKC spells out letters in circles, full width and mathematical alphabets; it may bring spaces.
    plain = "".join(unicodedata.normalize("NFKC", piece).split())
    shown = "".join(char for char in _PILED.sub("", plain) if _shows(char)).translate(_SMALL_CAPITALS)
    if _LATIN.search(shown) and _OTHER.search(shown):
        shown = shown.translate(_CAPITAL_LOOKS).lower().translate(_LOOKS)
    return shown.lower()[:PIECE]


def _shows(char: str) -> bool:
    """Controls, zero-width signs and halves of pairs show nothing."""
    return (char <= "\xff" and char.isprintable()) or unicodedata.category(char) not in {
        "Cc",
        "Cf",
        "Cs",
        "Cn",
    }
