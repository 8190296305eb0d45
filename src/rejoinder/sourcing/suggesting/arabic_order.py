"""Arabic: where the words of who speaks end when an object follows them, and who stands before the verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.reading import Token, Tokens, words

_NISBA: Final = ("ي", "ية", "يين", "يون", "يان")
_BY: Final = words("باسم لشؤون لدي")
# These show that the words before a verb are a sentence of their own, or nobody.
_CLAUSAL: Final = words(
    "كان كانت كانوا ليس ليست لم لن لا ما قد هل اذا لو انه انها كل هذا هذه ذلك تلك هو هي هم احد لقد من في علي الي"
    " عن بعد قبل عند حين لان بل او ثم غني يمكن يجب"
)
_LEADS: Final = words("لكن ولكن بينما فيما اما و")
_RELATIVES: Final = words("الذي التي الذين اللذان اللتان")


def definite(token: Token) -> bool:
    return token.low.startswith("ال") and len(token.low) > 4


def subject_size(row: Tokens) -> int:
    """How many words of `row` (subject, then object) are the subject; 0 if there are too few for both.

    A noun without an article goes on to the word that has one ("the ministry of the interior"), adjectives of
    origin and "in the name of X" belong to it.
    """
    size = 1
    if row and not definite(row[0]) and not row[0].low.endswith("ون"):
        while size < min(len(row), 4) and not definite(row[size - 1]):
            if size > 1 and not definite(row[size]) and not row[size].low.endswith(_NISBA):
                break
            size += 1
    while size < len(row) and (
        row[size].low.endswith(_NISBA) and definite(row[size]) == definite(row[size - 1]) and size < 4
    ):
        size += 1
    if size + 1 < len(row) and row[size].low in _BY:
        size += 2
        size += size < len(row) and not definite(row[size - 1]) and definite(row[size])
    return size if size < len(row) else 0


# What happens to somebody: after these verbs and somebody it is what was said.
_EVENTS: Final = words(
    "مقتل اصابة وقوع وجود وفاة اعتقال تسجيل تدمير سقوط وصول انسحاب تعرض تعليق اغلاق فتح ارتفاع انخفاض تراجع استهداف"
    " قصف اطلاق العثور ضبط احباط فقدان نزوح سيطرة توقيف صحة غرق اندلاع انفجار هبوط زيادة ازدياد نقل عودة تاجيل الغاء"
    " استمرار توقف انقطاع مصرع نفاد انهيار مغادرة اختفاء حدوث هطول"
)


def event_split(row: Tokens) -> tuple[Tokens, Tokens] | None:
    """Somebody and what happened: "sources, the death of three", also with "of" (b-, "about") before it."""
    for k in range(1, min(len(row) - 2, 7)):
        low = row[k].low
        by = low.startswith("ب") and low[1:] in _EVENTS
        about = low == "عن" and row[k + 1].low in _EVENTS
        if low in _EVENTS or by or about:
            return row[:k], row[k + about :]
        if not row[k].word or low in {"عن", "الي", "من", "ان"}:
            return None
    return None


def subject_ahead(grammar: Grammar, tokens: Tokens, i: int, is_verb: Callable[[Token], bool]) -> Tokens:
    """Who stands before the verb at `i`, from the head of the sentence or a comma; nothing where not plain."""
    begin = next((k for k in range(i, 0, -1) if comma(tokens[k - 1]) or tokens[k - 1].text == ":"), 0)
    row = tokens[begin:i]
    while row and row[0].low in _LEADS:
        row = row[1:]
    if not row or len(row) > 10 or any(token.inner is not None or not token.word for token in row):
        return ()
    related = next((k for k, token in enumerate(row) if token.low in _RELATIVES), len(row))
    if any(token.low in _CLAUSAL or is_verb(token) for token in row[:related]) or not related:
        return ()
    name = begin == 0 and 2 <= related <= 3 and not any(definite(token) for token in row[:related])
    return row if grammar.sourcy(row[:related]) or name else ()
