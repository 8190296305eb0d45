"""What people may call themselves: anything that reads as a name and as nothing else.

A name stands beside the newsroom's own, so it may not wear what looks like a badge, hide characters, or
advertise.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from rejoinder.core.errors import InvalidInput
from rejoinder.core.text.normal import clean, is_blank, normalise
from rejoinder.core.text.refusals import refuse_forbidden, too_long

# Long enough for the full names of Spanish, Arabic and Indian custom; short enough for one line on a phone.
MAX_NAME: Final = 60
# With so much of it no tidying helps; what follows looks for addresses at a cost that grows with the square.
_HOPELESS: Final = 10 * MAX_NAME

# Emoji of the Basic Multilingual Plane, without those that read as a badge: check marks, stars, ™, Ⓜ, ✳.
_BMP_EMOJI: Final = (
    "↔-↙↩↪⌚⌛⌨⏏⏩-⏳⏸-⏺▪▫▶◀◻-◾☀-☄☎☔☕☘☝☠☢☣☦☪☮☯☸-☺♀♂♈-♓♟♠♣♥♦♨♻♾♿⚒-⚗⚙⚛⚠⚡⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰-⛵⛷-⛺⛽"
    "✂✈-✍✏✒✖✝✡✨❄❌❎❓-❕❗❣❤➕-➗➡➰➿⤴⤵⬅-⬇⬛⬜⭕"
)
_EMOJI: Final = (
    _BMP_EMOJI
    + "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb"
    + "\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff"
)
# Emoji that a reader could take for a mark of the newsroom: medals, shields, stars, crowns, blue dots, ID
# cards.
_BADGES: Final = frozenset("🌟🌠🎖🎗🏅🏆🏵👑👮💂🕵💠💮📛🔰🔱🔵🔷🔹🔯🗸🗹🗳🛂🛃🛡🥇🥈🥉🪪\U0001f6e1")
# Signs that are no emoji, yet found in names and their abbreviations.
_NAME_SIGNS: Final = frozenset("°№´¨\u309b\u309c")
_IS_EMOJI: Final = re.compile(f"[{_EMOJI}]")
# Scripts whose letters take another shape around a joiner: Arabic, Syriac, N'Ko, Indic, Burmese, Khmer,
# Mongolian.
_JOINING: Final = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_INVISIBLE: Final = re.compile(
    f"((?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
    f"|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])|(?<=[{_EMOJI}])\ufe0f)"
    "|[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2064\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
# Endings that make "word.ending" an address; those that are words or initials too ("Dr.No", "St.It") are left
# out.
_ENDINGS: Final = (
    "com|net|org|info|biz|io|app|dev|shop|store|online|site|website|xyz|top|club|live|news|blog|tv|edu|gov|link"
    "|de|uk|fr|ru|cn|nl|eu|pl|se|ch|jp|kr|ua|cz|br|au|ca"
)
_ADDRESS: Final = re.compile(
    rf"://|\bwww\.|[^\s@]@[^\s@]+\.[^\s@]|[\w-]{{2,}}\.(?:{_ENDINGS})(?!\w)|[\w-]\.[a-z]{{2,}}/\S",
    re.IGNORECASE,
)
_DOTS: Final = str.maketrans("。｡．", "...")


def check_name(raw: str) -> str:
    """The name to store: NFC, on one line, single spaces, without invisible characters, 1 to `MAX_NAME` long.

    Raises InvalidInput: forbidden-character, name-lines, name-sign, name-address, name-empty, too-long.
    """
    text = normalise(raw).strip()
    if len(text) > _HOPELESS:
        raise too_long(text, MAX_NAME, field="name")
    refuse_forbidden(text, field="name")
    _refuse_lines(text)
    text = _tidied(text)
    _refuse_signs(text)
    _refuse_wordless(text)
    _refuse_address(text)
    if len(text) > MAX_NAME:
        raise too_long(text, MAX_NAME, field="name")
    return text


def _tidied(text: str) -> str:
    # Nothing changes to the eye, so there is no reason to bother anybody with it.
    return normalise(" ".join(_INVISIBLE.sub(lambda match: match[1] or "", text).split()))


def _refuse_lines(text: str) -> None:
    if "\n" in text:
        message = _("A name stands on one line. We have joined the lines: look it over and send it again.")
        raise _refusal("name-lines", message, _tidied(text))


def _refuse_signs(text: str) -> None:
    signs = [character for character in text if _is_sign(character)]
    if signs:
        sentence = _(
            "“%(sign)s” cannot stand in a name, where readers could take it for a badge. We have taken it "
            "out: look the name over and send it again."
        )
        kept = _tidied("".join(character for character in text if character not in signs))
        raise _refusal("name-sign", sentence % {"sign": _shown(signs[0])}, kept)


def _refuse_wordless(text: str) -> None:
    if is_blank(text):
        raise _refusal("name-empty", _("A name is needed. Write how you want to be called."), "")
    if not any(character.isalnum() for character in text):
        raise _refusal("name-empty", _("A name needs at least one letter or digit. Add one."), text)


def _refuse_address(text: str) -> None:
    if _ADDRESS.search(unicodedata.normalize("NFKC", text).translate(_DOTS)):
        message = _(
            "This name looks like a web or e-mail address. Names are shown to everyone, and we keep "
            "addresses out of them, against advertising and to protect you. Choose a name without one."
        )
        raise _refusal("name-address", message, text)


def _is_sign(character: str) -> bool:
    if character.isascii() or character in _NAME_SIGNS:
        return False
    if _IS_EMOJI.match(character):
        return character in _BADGES
    # So, Sk, Sm: symbols; Co: private use, drawn by a font of somebody's own.
    return unicodedata.category(character) in {"So", "Sk", "Sm", "Co"}


def _shown(sign: str) -> str:
    return f"U+{ord(sign):04X}" if unicodedata.category(sign) == "Co" else sign


def _refusal(code: str, message: str, kept: str) -> InvalidInput:
    return InvalidInput(code=code, message=message, field="name", kept=clean(kept))
