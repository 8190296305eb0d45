"""German: "laut X ist ...", "X zufolge", "X sagte, ... sei ..."; its verbs stand second, its nouns are capitalised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting.according import phrase_at
from rejoinder.sourcing.suggesting.finding import (
    Found,
    blocked,
    clause,
    plain,
    sentence_end,
    subject_before,
    trimmed,
)
from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.judging import judged
from rejoinder.sourcing.suggesting.languages.german import OPENERS, PARTICLES, SUBORDINATING
from rejoinder.sourcing.suggesting.nounphrase import adjective, noun_phrase_end
from rejoinder.sourcing.suggesting.reading import Tokens, words
from rejoinder.sourcing.suggesting.reported import puts_figure, quoted
from rejoinder.sourcing.suggesting.suggestion import Manner

_OTHERWISE: Final = words(
    "weil als da nachdem obwohl während damit sodass bevor bis indem aber und sondern doch"
)
_INDICATIVE: Final = words(
    "hat haben ist sind war waren wird werden gibt kann können muss müssen hatte hatten bleibt"
)


_DAYS: Final = words("montag dienstag mittwoch donnerstag freitag samstag sonntag")


def phrases(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """ "Laut X ...", "nach Angaben von X ..."; the statement is the rest of the sentence."""
    end = sentence_end(tokens)
    for i in range(end):
        size = phrase_at(grammar, tokens, i)
        if not size:
            continue
        begin = i + size
        past = min(noun_phrase_end(grammar, tokens, begin, end), begin + 20)
        day = next((j for j in range(begin, past - 1) if tokens[j + 1].low in _DAYS), past)
        source = trimmed(tokens[begin:day])
        if source and source[0].low in {"von", "vom"} and len(source) > 1:
            source = source[1:] if source[0].low == "von" else source
        if not source or not any(token.capital for token in source):
            continue
        name = len(source) > 1 and source[0].capital and source[1].capital
        if not (grammar.sourcy(source) or name or (tokens[i].low == "nach" and size > 1)):
            continue
        part = (
            trimmed(tokens[past:end])
            if i == 0
            else trimmed(tokens[:i])
            if past >= end
            else trimmed(tokens[:end])
        )
        if len(part) > 2:
            yield Found(part, source, tokens[i:begin], "says", 0.95)
            return


def zufolge(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """The source stands before "zufolge"."""
    end = sentence_end(tokens)
    for i in range(1, end):
        if tokens[i].low not in grammar.after:
            continue
        begin = i
        while begin and i - begin < 12 and not comma(tokens[begin - 1]):
            before = tokens[begin - 1]
            if not (
                before.capital
                or before.low in grammar.determiners
                or adjective(grammar, tokens, begin - 1, i)
            ):
                break
            begin -= 1
        source = trimmed(tokens[begin:i])
        past = i + 1
        if past + 1 < end and comma(tokens[past]) and tokens[past + 1].low in grammar.relatives:
            past = next((j for j in range(past + 1, end) if comma(tokens[j])), past)
        part = trimmed(tokens[past:end]) if begin == 0 else trimmed(tokens[:end])
        if source and grammar.sourcy(source) and len(part) > 2:
            yield Found(part, source, tokens[i : i + 1], "says", 0.95)
            return


def it_is_said(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """ "Aus Regierungskreisen hieß es, ...", "aus Akten geht hervor, ...", "..., heißt es in X"."""
    end = sentence_end(tokens)
    yield from _said_in(grammar, tokens, end)
    if end < 6 or tokens[0].low not in {"aus", "im", "in", "bei", "vonseiten", "beim"}:
        return
    for i in range(2, min(end - 3, 16)):
        if (tokens[i].low, tokens[i + 1].low) in _IS_SAID or tokens[i].low in {"verlautete", "verlautet"}:
            at = next((j for j in range(i + 1, end) if comma(tokens[j]) or tokens[j].text == ":"), end)
            source = trimmed(tokens[1:i])
            if at + 2 < end and grammar.sourcy(source) and plain(grammar, source):
                past = at + 2 if tokens[at + 1].low in grammar.that else at + 1
                yield Found(clause(grammar, tokens, past, end), source, tokens[i : i + 2], "says", 0.9)
            return


_IS_SAID: Final = {("heißt", "es"), ("hieß", "es"), ("geht", "hervor"), ("ging", "hervor")}


def _said_in(grammar: Grammar, tokens: Tokens, end: int) -> Iterator[Found]:
    """The source at the end of the sentence."""
    for i in range(2, end - 3):
        if not comma(tokens[i - 1]) or (tokens[i].low, tokens[i + 1].low) not in _IS_SAID:
            continue
        source, part = trimmed(tokens[i + 3 : end]), trimmed(tokens[: i - 1])
        where = tokens[i + 2].low in {"aus", "im", "in", "bei", "vonseiten", "beim"}
        quote = bool(part) and part[-1].inner is not None
        part = part[-1:] if quote else part
        if where and grammar.sourcy(source) and plain(grammar, source) and (len(part) > 2 or quote):
            yield Found(part, source, tokens[i : i + 2], "says", 0.9)
        return


def reported(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """A verb of saying, a comma, and a clause with "dass" or in the Konjunktiv; or a quotation."""
    end = sentence_end(tokens)
    for i in range(1, end):
        manner = grammar.manner(tokens[i].low) or _perfect(grammar, tokens, i, end)
        if manner is None or tokens[i].low == "so" or blocked(grammar, tokens, i):
            continue
        quote = quoted(grammar, tokens, i, end)
        source, begin = _subject(grammar, tokens, i, end)
        if not source:
            continue
        if quote is not None:
            yield Found(tokens[quote : quote + 1], source, tokens[i : i + 1], manner, 0.95)
            return
        at = next((j for j in range(begin, min(end, i + 16)) if comma(tokens[j])), end)
        if at + 2 < end and _whole(tokens, i, at) and (past := _opened(grammar, tokens, at, end, manner)):
            if manner != "documents" or grammar.sourcy(source):
                yield Found(clause(grammar, tokens, past, end), source, tokens[i : i + 1], manner, 0.95)
            return
        rest = tokens[begin:end]
        low = tokens[i].low
        spoken = (low in grammar.figure_verbs and puts_figure(grammar, rest)) or judged(grammar, low, rest)
        if spoken and grammar.sourcy(source):
            yield Found(trimmed(rest), source, tokens[i : i + 1], manner, 0.85)
            return


def _perfect(grammar: Grammar, tokens: Tokens, i: int, end: int) -> Manner | None:
    """ "Hat ... gesagt, ...", "ist überzeugt, ...": the manner of the participle before the comma."""
    if tokens[i].low in {"ist", "sind", "war", "waren"}:
        sure = next((j for j in range(i + 1, min(end - 1, i + 6)) if comma(tokens[j + 1])), i)
        return (
            "says"
            if tokens[sure].low in _CONVINCED and tokens[min(sure + 2, end - 1)].low in grammar.that
            else None
        )
    if tokens[i].low not in {"hat", "haben", "hatte", "hatten"}:
        return None
    at = next((j for j in range(i + 2, min(end, i + 16)) if comma(tokens[j]) or tokens[j].text == ":"), 0)
    return grammar.participles.get(tokens[at - 1].low) if at else None


_CONVINCED: Final = words("überzeugt sicher ansicht meinung auffassung")


def _subject(grammar: Grammar, tokens: Tokens, i: int, end: int) -> tuple[Tokens, int]:
    """Who speaks at the verb `i`, and from where to look for the comma."""
    before = subject_before(grammar, tokens, i)
    inverted = comma(tokens[i - 1]) and tokens[0].low in SUBORDINATING
    inverted = inverted or (i < 3 and all(token.low in grammar.adverbs for token in tokens[:i]))
    if inverted or (before and before[0].low in OPENERS):
        past = noun_phrase_end(grammar, tokens, i + 1, end)
        past = next((j for j in range(i + 1, past) if comma(tokens[j])), past)
        source = trimmed(tokens[i + 1 : past])
        while source and source[-1].low in _PARTS:
            source = source[:-1]
        subject = (
            past < end and comma(tokens[past]) and len(source) < 8 and source[:1] and source[0].low in _WHO
        )
        known = (
            subject or grammar.sourcy(source) or (len(source) < 4 and all(token.capital for token in source))
        )
        return (source, past) if plain(grammar, source) and known else ((), past)
    if before and not (any(token.capital for token in before) or grammar.is_pronoun(before)):
        return (), i
    return before, i + 1


# Second parts of verbs, and articles of who speaks.
_PARTS: Final = words("ein an zu mit aus vor fest hin bekannt klar hervor")
_WHO: Final = words("der die das ein eine sein seine ihr ihre")


def _whole(tokens: Tokens, i: int, at: int) -> bool:
    """Is a verb of two parts whole?"""
    needed = PARTICLES.get(tokens[i].low)
    return needed is None or any(token.low in needed for token in tokens[i + 1 : at])


# With these a statement begins as well: "betonte, niemand sei verletzt".
_NO: Final = words("kein keine niemand nicht nie")


def _second(tokens: Tokens, at: int, end: int) -> bool:
    """Does a verb in "-e" follow a noun: "der Konzern verhandle über ..."?"""
    return any(
        tokens[k - 1].capital
        and tokens[k].text.islower()
        and tokens[k].low.endswith(("e", "ten"))
        and len(tokens[k].low) > 4
        and not tokens[k + 1].capital
        and not tokens[k].low.endswith(("eine", "ihre", "diese"))
        for k in range(at + 3, min(end - 1, at + 9))
    )


_TELLING: Final = words(
    "schilderte schilderten schildert schildern erzählte erzählten erzählt beschrieb beschrieben"
)
_PLANS: Final = words(
    "kündigte kündigten kündigt kündigen versprach verspricht versprachen drohte droht drohten"
)


def _opened(grammar: Grammar, tokens: Tokens, at: int, end: int, manner: str) -> int:
    """Where the statement after the comma at `at` begins; 0 if there is none."""
    first = tokens[at + 1]
    if first.low in grammar.that or (first.low == "wie" and any(t.low in _TELLING for t in tokens[:at])):
        return at + 2
    if first.low in (grammar.blocks - _NO) | _OTHERWISE or tokens[at - 1].low == "ab":
        return 0
    konjunktiv = any(token.low in grammar.finite for token in tokens[at + 1 : end])
    konjunktiv = konjunktiv or (manner in {"says", "claims"} and _second(tokens, at, end))
    plainly = first.low not in grammar.relatives and any(
        token.low in _INDICATIVE for token in tokens[at + 2 : min(end, at + 9)]
    )
    charged = any(token.low in {"wirft", "warf", "werfen"} for token in tokens[:at])
    having = tokens[end - 1].low in {"haben", "sein", "werden"} and manner in {"claims", "denies", "says"}
    plans = any(token.low in _PLANS for token in tokens[:at])
    infinitive = tokens[end - 2].low == "zu" and (charged or having or plans)
    return at + 1 if konjunktiv or infinitive or (plainly and manner != "documents") else 0
