"""Parts that the rules share: what a rule finds, and whose words stand where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.reading import Token, Tokens, words
from rejoinder.sourcing.suggesting.suggestion import Manner

LONGEST_SOURCE: Final = 22
_SENTENCE_ENDS: Final = frozenset(".!?…؟;؛")


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens of a statement, of its source and of the words that tie them."""

    part: Tokens
    source: Tokens
    phrase: Tokens
    manner: Manner
    score: float


def trimmed(tokens: Tokens) -> Tokens:
    """Without commas and full stops at the ends."""
    begin, end = 0, len(tokens)
    while begin < end and not _counts(tokens[begin].text, tokens[begin].inner is not None):
        begin += 1
    while end > begin and not _counts(tokens[end - 1].text, tokens[end - 1].inner is not None):
        end -= 1
    return tokens[begin:end]


def _counts(text: str, quote: bool) -> bool:
    return quote or text[0].isalnum() or text[0] in "$€£%)"


def whole(grammar: Grammar, row: Tokens) -> Tokens:
    """Without an article that is left at the end where words about the time were cut off."""
    while row and row[-1].low in grammar.determiners:
        row = row[:-1]
    return trimmed(row)


def sentence_end(tokens: Tokens) -> int:
    """The number of tokens without the full stop."""
    end = len(tokens)
    while end and tokens[end - 1].inner is None and tokens[end - 1].text in _SENTENCE_ENDS:
        end -= 1
    return end


def next_comma(tokens: Tokens, begin: int, end: int) -> int:
    """The first comma or quotation from `begin`; `end` if there is none."""
    return next((i for i in range(begin, end) if comma(tokens[i]) or tokens[i].inner is not None), end)


def verb_at(grammar: Grammar, tokens: Tokens, i: int) -> tuple[int, Manner] | None:
    """If a verb of saying stands at `i`: where its words begin, auxiliaries included, and its manner."""
    low = tokens[i].low
    if grammar.code == "fr" and low.endswith(("ée", "és", "ées")) and _itself(tokens, i):
        low = low[: low.rindex("é") + 1]
    if low in grammar.participles:
        first = i
        while first and i - first < 3 and tokens[first - 1].low in grammar.auxiliaries | grammar.adverbs:
            first -= 1
        if any(token.low in grammar.auxiliaries for token in tokens[first:i]):
            return first, grammar.participles[low]
    manner = grammar.verbs.get(low)
    return (i, manner) if manner else None


def _itself(tokens: Tokens, i: int) -> bool:
    """ "S'est indignée": the participle goes with who speaks."""
    return any(token.low in {"s'", "se"} for token in tokens[max(0, i - 3) : i])


def blocked(grammar: Grammar, tokens: Tokens, first: int) -> bool:
    """Does one of the words just before the verb say that nothing was said?"""
    for k, token in enumerate(reversed(tokens[max(0, first - 3) : first])):
        if comma(token):
            break
        if token.low == "se" and first < len(tokens) and tokens[first].low in _REFLEXIVE:
            continue
        if token.low in grammar.blocks and not _named(token) and (k == 0 or token.low not in _OF_NAMES):
            return True
        if token.text.endswith(("n't", "n’t")):
            return True
    if not tokens or tokens[0].low not in grammar.blocks:
        return False
    # "Neither side has ..., but the army says ...": another sentence begins.
    return not any(comma(tokens[k]) and tokens[k + 1].low in grammar.lead for k in range(1, first - 1))


_REFLEXIVE: Final = words("quejó quejaron queja quejan quejaba lamentó lamentaron pregunta preguntó mostró")


def _named(token: Token) -> bool:
    """The month May, say."""
    return token.capital and token.begin > 0 and token.low in {"may", "will"}


# These stand in names, too: "sources close to the club".
_OF_NAMES: Final = frozenset({"to", "die", "um"})


def subject_before(grammar: Grammar, tokens: Tokens, first: int, begin: int = 0) -> Tokens:
    """The words of who speaks, before the verb at `first`; nothing where it is not plain."""
    end = first
    while end > begin and tokens[end - 1].low in grammar.adverbs | grammar.auxiliaries:
        end -= 1
    start = _subject_start(tokens, begin, end)
    row = tokens[start:end]
    while row and (row[0].low in grammar.lead or not row[0].word):
        row = row[1:]
    aside = next((k for k in range(1, len(row) - 1) if comma(row[k]) and _aside(row[k + 1])), len(row))
    row = row[:aside]
    return row if plain(grammar, row) else ()


def _aside(token: Token) -> bool:
    return token.low in {"citant", "citando", "citing", "quoting", "speaking"}


def _subject_start(tokens: Tokens, begin: int, end: int) -> int:
    """An apposition between commas belongs to the subject."""
    start = _after_comma(tokens, begin, end)
    if start == end and end > begin:
        within = _after_comma(tokens, begin, end - 1)
        if within > begin:
            return _after_comma(tokens, begin, within - 1)
    return start


def _after_comma(tokens: Tokens, begin: int, end: int) -> int:
    return next(
        (i for i in range(end, begin, -1) if comma(tokens[i - 1]) or tokens[i - 1].text == ":"), begin
    )


# Of these and what belongs to them nothing is said: "nothing in the letter says that".
_NOTHING: Final = words(
    "nothing none nobody neither nichts keiner keines rien personne aucun aucune nada nadie ninguno"
)


# What has words and is nobody: "the sign said".
_MUTE: Final = words(
    "legend myth rumour rumor clock legende gerücht uhr légende mythe rumeur leyenda mito rumor reloj"
    " "
    "sign signs signpost banner banners poster placard plaque label sticker panneau pancarte"
    " banderole étiquette enseigne inscription film films roman chanson película novela canción song"
    " novel movie poem fable lied märchen cartel letrero pancarta rótulo etiqueta inscripción schild"
    " plakat aufschrift inschrift transparent aufkleber proverb saying proverbe refrán sprichwort"
)


def titled(grammar: Grammar, tokens: Tokens, k: int) -> bool:
    """Is the quotation at `k` the name of what stands before it: "the newspaper “Kurier”"?"""
    if not k or tokens[k].inner is None or len(tokens[k].text.split()) > 4:
        return False
    before = tokens[k - 1].low
    if before in _ARTICLES and tokens[k].text[1:2].isupper():
        return True
    kind = grammar.noun_kind(before)
    return kind in {"medium", "agency", "party", "document"} or before in _NAMED


_ARTICLES: Final = words("the die der das dem den le la el")
_NAMED: Final = words(
    "group gruppe groupe grupo verein initiative bürgerinitiative association asociación ong"
    " partei parti partido منظمة حركة"
)


def plain(grammar: Grammar, row: Tokens) -> bool:
    """May these words be somebody? No sentence of their own, no quotation, not too long."""
    if not row or len(row) > LONGEST_SOURCE or row[0].low in grammar.blocks | _NOTHING:
        return False
    if grammar.is_pronoun(row):
        return row[0].low not in grammar.nobody
    if len(row) == 1 and row[0].low in grammar.nobody | grammar.that:
        return False
    if any(token.inner is not None and not titled(grammar, row, k) for k, token in enumerate(row)):
        return False
    if row[0].low in grammar.pronouns - {"one", "lui", "ihr"} or any(token.low in _MUTE for token in row[:3]):
        return False
    return row[-1].low not in grammar.relatives | grammar.determiners and not _sentence(grammar, row)


def _sentence(grammar: Grammar, row: Tokens) -> bool:
    """Have these words a verb of their own, outside of a relative clause?"""
    relative = False
    for k, token in enumerate(row):
        relative = relative or token.low in grammar.relatives or comma(token)
        if token.low.endswith("ed") and k + 1 < len(row) and row[k + 1].low in {"on", "by", "with", "as"}:
            # "A person briefed on the talks".
            continue
        if not relative and (
            token.low in grammar.finite or (token.low.endswith("ed") and token.low in grammar.verbs)
        ):
            return True
    return False


def clause(grammar: Grammar, tokens: Tokens, begin: int, end: int) -> Tokens:
    """The statement from `begin` on, up to where another begins."""
    for i in range(begin + 2, end - 1):
        if comma(tokens[i]) and tokens[i + 1].low in grammar.stops & _TURNS:
            end = i
            break
    return trimmed(tokens[begin:end])


_TURNS: Final = words(
    "while though although adding but whereas tandis alors mais während obwohl mientras"
    " aunque pero sin ohne without"
)
