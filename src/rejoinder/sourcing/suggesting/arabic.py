"""Arabic: the verb stands first, then who speaks, then "that"; or "according to" before somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting.arabic_order import event_split, subject_ahead, subject_size
from rejoinder.sourcing.suggesting.finding import Found, sentence_end, titled, trimmed
from rejoinder.sourcing.suggesting.grammar import Grammar, comma, figures
from rejoinder.sourcing.suggesting.reading import Token, Tokens, words

# "That", with the prepositions and the pronouns that are written with it.
_THAT: Final = re.compile(r"^(?:و)?(?:ب|ل)?ان(?:ه|ها|هم|هن|هما|نا|ني|ك)?$")
_JOINED: Final = ("و", "ف")
_LINKS: Final = words("الي علي من عن")
# With one of these "an" is no "that": after, before, without ...
_BEFORE_AN: Final = words("بعد قبل منذ دون بدون حتي يمكن يجب ينبغي شرط بشرط خشية الا")
_LONGEST: Final = 16
_SAID_IN: Final = words(
    "تقرير مقال تدوينة رسالة افادة شهادة تغريدة بيان مؤتمر تصريح تصريحات حديث مقابلة نشرته نشرتها"
    " تقريرها جنيف كلمة منشور خطاب"
)
_WHEN: Final = words(
    "يوم اليوم امس مساء صباح الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد قبيل قبل بعد عقب"
    " خلال فجر ظهر"
)
_OUT: Final = words("قائلا قائلة قائلين امام للصحفيين لوكالة لصحيفة لقناة عن")
_SITES: Final = words("تويتر فيسبوك منصة حسابه حسابها صفحته صفحتها موقعه موقعها تلغرام")


def _verb(grammar: Grammar, token: Token) -> str | None:
    low = token.low
    if low in grammar.verbs:
        return low
    return low[1:] if low.startswith(_JOINED) and low[1:] in grammar.verbs else None


def reported(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """Verb, somebody, "that" and a statement; or verb, somebody, colon and a quotation."""
    end = sentence_end(tokens)
    for i in range(end - 2):
        verb = _verb(grammar, tokens[i])
        if verb is None or (i and tokens[i - 1].low in grammar.blocks) or _unsaid(tokens, i):
            continue
        if verb in _STANDS and tokens[i + 1].low != "في":
            continue
        manner = grammar.verbs[verb]
        for j in range(i + 1, min(end - 1, i + _LONGEST)):
            token = tokens[j]
            spoken = j > i + 1 and _verb(grammar, token) is not None and tokens[j - 1].low != "عدم"
            if (
                (token.inner is not None and not titled(grammar, tokens, j))
                or (token.low in _BEFORE_AN and _THAT.match(tokens[j + 1].low))
                or spoken
            ):
                break
            quote = token.text == ":" and tokens[j + 1].inner is not None
            if _THAT.match(token.low) or quote:
                source = _speaker(grammar, tokens, i, j, verb)
                if source is None:
                    break
                past = i + 1 + len(source) if verb in _CALLS else j + 1
                part = trimmed(tokens[past : _turn(grammar, tokens, j + 1, end)])
                part = part[:1] if quote else part
                if part:
                    yield Found(
                        part, source or tokens[i : i + 1], tokens[i : i + 1], manner, 0.95 if source else 0.3
                    )
                return
        found = (
            _figure(grammar, tokens, i, end, verb)
            or _accused(tokens, i, end, verb)
            or _named(tokens, i, end, verb)
        )
        if found is not None and grammar.sourcy(found[0]):
            yield Found(found[1], found[0], tokens[i : i + 1], manner, 0.85)
            return


def _speaker(grammar: Grammar, tokens: Tokens, i: int, j: int, verb: str) -> Tokens | None:
    """Who speaks between the verb at `i` and "that" at `j`, or before the verb; None if it says nothing."""
    if verb in _WITH_B and not tokens[j].low.startswith("ب"):
        return None
    row = tokens[i + 1 + (verb in _STANDS) : j]
    if verb in _CALLS | _TELLS and (verb in _CALLS or subject_size(row)):
        size = subject_size(row)
        return row[:size] or None
    if not row:
        ahead = subject_ahead(grammar, tokens, i, lambda token: _verb(grammar, token) is not None)
        return None if any(token.low in _MUTE for token in ahead) else ahead
    source = _source(_quoted_by(row, verb))
    return None if source and source[0].low in _MUTE else source


# Said only with "by that"; and those of which an object is spoken of: "described the vote as".
_WITH_B: Final = words("دفع دفعت يدفع وعد وعدت يعد تعد هدد هددت يهدد تهدد وصف وصفت يصف تصف")
_CALLS: Final = words("وصف وصفت يصف تصف")
_TELLS: Final = words("ابلغ ابلغت يبلغ تبلغ اخبر اخبرت يخبر تخبر")
_MUTE: Final = words("الاسطورة اسطورة الاساطير الشائعات اللافتة لافتة لافتات اللافتات المثل")
# Verbs with an object: "announced the death of ...", "denied the shelling of ...".
_WITH_OBJECT: Final = words("اعلن اعلنت يعلن تعلن نفي نفت ينفي تنفي استبعد استبعدت انكر انكرت")


def _named(tokens: Tokens, i: int, end: int, verb: str) -> tuple[Tokens, Tokens] | None:
    """Announced, denied WHAT: somebody, then what happened."""
    row = tokens[i + 1 : end]
    if verb in _WITH_EVENT:
        return event_split(row)
    size = subject_size(row) if verb in _WITH_OBJECT else 0
    if not size or len(row) - size < 2 or not row[size].word or row[size].low in _NO_OBJECT:
        return None
    return row[:size], trimmed(row[size:])


_WITH_EVENT: Final = words(
    "اكد اكدت يؤكد تؤكد رجح رجحت زعم زعمت يزعم تزعم توقع توقعت يتوقع تتوقع افاد افادت ذكر"
    " ذكرت تحدث تحدثت كشف كشفت"
    " ادعي ادعت ابلغ ابلغت سجل سجلت وثق وثقت"
)


_NO_OBJECT: Final = _LINKS | _WHEN | words("في علي ب ان هذا هذه ذلك حقه حقها رفضه رفضها")


# "It stood in the memo that ...": said only with "in".
_STANDS: Final = words("جاء ورد")
# "But X said that ...": another one speaks from there on.
_BUT: Final = words("لكن ولكن بينما فيما")


def _unsaid(tokens: Tokens, i: int) -> bool:
    """ "Refused to say": the verb depends on a word before it."""
    return i > 0 and tokens[i - 1].text == "أن"


def _turn(grammar: Grammar, tokens: Tokens, begin: int, end: int) -> int:
    """Where what is said ends, because somebody else's words follow."""
    for k in range(begin + 2, end - 2):
        if comma(tokens[k]) and tokens[k + 1].low in _BUT:
            if any(_verb(grammar, token) is not None for token in tokens[k + 2 : k + 8]):
                return k
            break
    return end


def _quoted_by(row: Tokens, verb: str) -> Tokens:
    """Of "the agency quoted X as saying", "passed on from X", the X."""
    if not row:
        return row
    about = next((k for k, token in enumerate(row) if token.low == "عن"), -1)
    if row[-1].low in {"قوله", "قولها", "قولهم"}:
        return row[about + 1 : -1]
    passed = verb in {"نقل", "نقلت", "ينقل", "تنقل"} or (about > 0 and row[about - 1].low == "نقلا")
    return row[about + 1 :] if passed and 0 <= about < len(row) - 1 else row


def _source(row: Tokens) -> Tokens:
    """Who speaks, without where, when and to whom; nothing if it is not said."""
    for k, token in enumerate(row):
        after = row[k + 1].low if k + 1 < len(row) else ""
        where = (token.low == "في" and after in _SAID_IN) or (token.low in {"علي", "عبر"} and after in _SITES)
        if k and (token.low in _WHEN | _OUT or where):
            row = row[:k]
            break
    row = () if all(token.low in _WHEN for token in row) else trimmed(row)
    while row and row[-1].low in _LINKS:
        row = trimmed(row[:-1])
    return row if row and row[0].low not in _LINKS | {"في", "ما", "لها", "له"} else ()


def _figure(grammar: Grammar, tokens: Tokens, i: int, end: int, verb: str) -> tuple[Tokens, Tokens] | None:
    """Estimated THE NUMBER at: the statement begins with the number's word."""
    if grammar.verbs[verb] != "estimates":
        return None
    at = next((j for j in range(i + 2, end) if tokens[j].low in {"عدد", "الخسائر", "حصيلة"}), 0)
    size = subject_size(tokens[i + 1 : end])
    if not at and size and figures(tokens[i + 2 + size : end]):
        return tokens[i + 1 : i + 1 + size], trimmed(tokens[i + 1 + size : end])
    if not at or not (figures(tokens[at:end]) or any(token.low.startswith("ب") for token in tokens[at:end])):
        return None
    return trimmed(tokens[i + 1 : at]), trimmed(tokens[at:end])


_BLAMES: Final = words("حمل حملت يحمل تحمل")


def _accused(tokens: Tokens, i: int, end: int, verb: str) -> tuple[Tokens, Tokens] | None:
    """Accused WHOM of: one word speaks, and what follows is the charge."""
    if verb in _BLAMES and end - i > 4:
        size = subject_size(tokens[i + 1 : end])
        duty = any(token.low in {"مسؤولية", "المسؤولية"} for token in tokens[i + 2 : i + 9])
        return (tokens[i + 1 : i + 1 + size], trimmed(tokens[i + 1 + size : end])) if size and duty else None
    if not verb.startswith(("اتهم", "يتهم", "تتهم")) or end - i < 4:
        return None
    charge = next(
        (j for j in range(i + 3, end) if tokens[j].low.startswith("ب") and len(tokens[j].low) > 2), 0
    )
    size = min(subject_size(tokens[i + 1 : charge]) or 1, charge - i - 2) if charge else 1
    return tokens[i + 1 : i + 1 + size], trimmed(tokens[i + 1 + size : end])


def according(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """ "According to X, ..." and "... according to X"."""
    end = sentence_end(tokens)
    for i in range(end - 1):
        begin = _phrase_end(tokens, i)
        if not begin:
            continue
        past = next(
            (j for j in range(begin, end) if comma(tokens[j]) or tokens[j].low in {"فان", "فقد"}), end
        )
        source = _without_l(trimmed(tokens[begin:past]))
        if not source or not grammar.sourcy(source):
            continue
        part = trimmed(tokens[past + 1 : end]) if i == 0 else trimmed(tokens[:i])
        if len(part) > 2:
            yield Found(part, source, tokens[i:begin], "says", 0.95)
            return


def _phrase_end(tokens: Tokens, i: int) -> int:
    """Past "according to" at `i`; 0 if it does not stand there."""
    low = tokens[i].low
    low = low[1:] if low.startswith(_JOINED) and low[1:] in _PHRASES else low
    if low == "علي" and tokens[i + 1].low in {"حد", "ما"} and i + 3 < len(tokens):
        said = tokens[i + 2].low
        return (
            i + 3
            if said in {"قول", "تعبير", "قوله", "زعم"} or (tokens[i + 1].low == "ما" and said in _SAID)
            else 0
        )
    if low in {"نقلا", "كما"} or low not in _PHRASES:
        return i + 2 if low == "نقلا" and tokens[i + 1].low == "عن" else 0
    following = tokens[i + 1].low
    if low in {"وفقا", "طبقا"}:
        return i + 1 if following.startswith("ل") else 0
    return i + 3 if following == "ما" else i + 1


_SAID: Final = words("قال قالت ذكر ذكرت يقول تقول افاد افادت اعلن اعلنت اكد اكدت")
_PHRASES: Final = words("طبقا وفقا وفق بحسب حسب نقلا")


def _without_l(row: Tokens) -> Tokens:
    """Without the preposition that is written with the first word."""
    if not row or not row[0].low.startswith("ل") or len(row[0].low) < 4:
        return row
    first = row[0]
    skip = 2 if first.text[1] == "ـ" else 1
    low = "ال" + first.low[2:] if first.low.startswith("لل") else first.low[1:]
    return (Token(first.text[skip:], low, first.begin + skip, first.end), *row[1:])


_AS: Final = words("كما حسبما مثلما وحسبما")


def _as_said(grammar: Grammar, tokens: Tokens, end: int) -> Iterator[Found]:
    """ "As X said, ..." at the head of the sentence."""
    verb = _verb(grammar, tokens[1]) if tokens[0].low in _AS | {"وكما"} and end > 6 else None
    past = next((j for j in range(3, end - 3) if comma(tokens[j])), 0) if verb else 0
    source = trimmed(tokens[2:past])
    if verb and past and len(source) < 12 and grammar.sourcy(source):
        yield Found(trimmed(tokens[past + 1 : end]), source, tokens[1:2], grammar.verbs[verb], 0.9)


def trailing(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """A quotation, or a statement and "as", then verb and somebody."""
    end = sentence_end(tokens)
    yield from _as_said(grammar, tokens, end)
    for i in range(1, end - 1):
        verb = _verb(grammar, tokens[i])
        if verb is None:
            continue
        before = trimmed(tokens[:i])
        quote = before[-1].inner is not None if before else False
        likewise = tokens[i - 1].low in _AS and verb not in _WITH_B
        if not (quote or likewise):
            continue
        past = end if quote else next((j for j in range(i + 1, end) if comma(tokens[j])), end)
        stop = next((j for j in range(i + 2, past) if tokens[j].low in _LINKS | _WHEN), past)
        source = _source(trimmed(tokens[i + 1 : stop]))
        if any(_THAT.match(token.low) for token in tokens[i + 1 : past]):
            continue
        part = before[-1:] if quote else trimmed(tokens[: i - 1])
        sure = grammar.sourcy(source) or (quote and len(before[-1].text) > 10)
        if source and sure and part and len(source) < 12:
            yield Found(part, source, tokens[i : i + 1], grammar.verbs[verb], 0.9)
            return
