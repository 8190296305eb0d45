"""Who speaks stands after, or between: "..., said the mayor", "..., the mayor said", "... (said X) ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rejoinder.sourcing.suggesting.finding import (
    Found,
    blocked,
    next_comma,
    plain,
    sentence_end,
    titled,
    trimmed,
    verb_at,
    whole,
)
from rejoinder.sourcing.suggesting.grammar import Grammar, comma
from rejoinder.sourcing.suggesting.judging import judged
from rejoinder.sourcing.suggesting.languages.german import SUBORDINATING
from rejoinder.sourcing.suggesting.reading import Tokens, words
from rejoinder.sourcing.suggesting.suggestion import Manner


def trailing(grammar: Grammar, tokens: Tokens) -> Iterator[Found]:
    """Every place after a comma or a quotation where a verb and somebody stand."""
    end = sentence_end(tokens)
    for i in range(1, end):
        quote = tokens[i - 1].inner is not None and not titled(grammar, tokens, i - 1)
        if not (comma(tokens[i - 1]) or quote) or tokens[i].inner is not None or comma(tokens[i]):
            continue
        said = _speaker(grammar, tokens, i, end)
        if said is None:
            continue
        source, phrase, manner, past = said
        part = trimmed(tokens[: i - 1 if not quote else i])
        if _inserted(grammar, tokens, part, past, end):
            part = trimmed(tokens[:end])
        if not _statement(grammar, part, source, phrase):
            continue
        if grammar.code == "de" and tokens[0].low in SUBORDINATING and past + 1 < end and comma(tokens[past]):
            first = tokens[past + 1]
            if first.capital or first.low in grammar.determiners | grammar.pronouns | grammar.that:
                # "After the flood, said the mayor, the road was ...": left to the rule for what is reported.
                return
            part = trimmed(tokens[:end])
        quotes = tuple(token for token in part if token.inner is not None)
        # Of words around a quotation only a whole sentence counts.
        part = quotes[-1:] if quotes and (part[-1].inner is not None) else part
        yield Found(part, source, phrase, manner, 0.95 if quotes else 0.9)
        yield from (
            Found(tokens[j : j + 1], source, phrase, manner, 0.9)
            for j in range(past, min(past + 3, len(tokens)))
            if quotes and tokens[j].inner is not None
        )
        return


def _inserted(grammar: Grammar, tokens: Tokens, part: Tokens, past: int, end: int) -> bool:
    """German: does the sentence go on with its verb: "Seit Mai, sagt die Wirtin, habe sie ..."?"""
    if grammar.code != "de" or past + 2 >= end or not comma(tokens[past]):
        return False
    plain_part = not any(token.low in grammar.finite or token.inner is not None for token in part)
    return plain_part and tokens[past + 1].low in grammar.finite


# With these a sentence begins that has yet to say something: "In a letter, the mayor criticised ...".
_LEADING: Final = words("in on at during after before with under for by asked from within")


def _statement(grammar: Grammar, part: Tokens, source: Tokens, phrase: Tokens) -> bool:
    if not part or (len(part) < 3 and part[-1].inner is None):
        return False
    if part[-1].inner is not None:
        begin, end = part[-1].inner
        return end - begin > 8
    if grammar.code == "en" and part[0].low in _LEADING:
        return any(token.low in grammar.finite or token.low.endswith("ed") for token in part[1:])
    if grammar.compounds and any(token.low in grammar.finite for token in part):
        return True
    return grammar.sourcy(source) or grammar.is_pronoun(source)


def _speaker(grammar: Grammar, tokens: Tokens, i: int, end: int) -> tuple[Tokens, Tokens, Manner, int] | None:
    """Source, words, manner and the number past them of "said X" or "X said" at `i`."""
    verb = _verb_from(grammar, tokens, i, end)
    if verb is not None:
        at, manner = verb
        if at + 1 < end and tokens[at + 1].low in grammar.that:
            return None
        source, past = _after_verb(grammar, tokens, at + 1, end)
        if any(token.low in grammar.that for token in source[1:]):
            # What is said only comes: "a expliqué à la radio que ...".
            return None
        unsaid = source and (source[-1].low in grammar.blocks or source[0].low in _IN | _WHERE)
        if plain(grammar, source) and not unsaid and not _goes_on(tokens, past, end):
            return source, tokens[at : at + 1], manner, past
        return None
    return _before_verb(grammar, tokens, i, end) if grammar.code in {"en", "de"} else None


def _verb_from(grammar: Grammar, tokens: Tokens, i: int, end: int) -> tuple[int, Manner] | None:
    """A verb at `i`, its auxiliaries, "comme" and the like before it."""
    for at in range(i, min(end, i + 4)):
        if tokens[at].low == "so" and at + 2 < end and grammar.manner(tokens[at + 1].low):
            # "..., so erzählt es die Wirtin".
            continue
        found = verb_at(grammar, tokens, at)
        if found is not None and judged(grammar, tokens[at].low, tokens[at + 1 : end]):
            return None
        if found is not None and found[0] <= at and not blocked(grammar, tokens[i:at], at - i):
            return at, found[1]
        if tokens[at].low not in grammar.auxiliaries | grammar.adverbs | grammar.likewise | {
            "le",
            "l'",
            "se",
            "s'",
        }:
            return None
    return None


def _after_verb(grammar: Grammar, tokens: Tokens, begin: int, end: int) -> tuple[Tokens, int]:
    """Who speaks, after the verb, with an apposition that ends the sentence; and the number past it."""
    if begin < end and tokens[begin].low == "à" and begin + 3 < end:
        # To whom: "a raconté à la Tribune Jean Dupin".
        begin += 3 if tokens[begin + 1].low in grammar.determiners else 2
    while begin < end and tokens[begin].low in grammar.adverbs | {
        "savoir",
        "entendre",
        "part",
        "remarquer",
        "notar",
        "es",
        "sich",
    }:
        begin += 1
    if grammar.compounds and begin < end and tokens[begin].low == "dem":
        # To whom: "X, sagte dem Sender, ...".
        return (), begin
    past = next_comma(tokens, begin, end)
    while past < end and past > begin and titled(grammar, tokens, past):
        past = next_comma(tokens, past + 1, end)
    if past + 1 < end and comma(tokens[past]) and tokens[past].text == ",":
        after = next_comma(tokens, past + 1, end)
        if _tells(grammar, tokens[past + 1 : after]):
            past = after
    stop = next((j for j in range(begin + 1, past) if _stops(grammar, tokens, begin, j, past)), past)
    row = whole(grammar, tokens[begin:stop])
    while row and row[0].low in {"bei", "aus", "vonseiten", "von"}:
        row = row[1:]
    if row and row[-1].low in {"mit", "an", "fest", "ein", "hinzu", "bekannt", "hin"}:
        row = row[:-1]
    return row, past


def _tells(grammar: Grammar, row: Tokens) -> bool:
    """Do the words after a comma say who the one before it is?"""
    if (
        not row
        or row[0].inner is not None
        or row[0].low in (grammar.stops - grammar.relatives) | grammar.lead
        or (grammar.compounds and any(token.low in grammar.finite for token in row))
    ):
        return False
    if row[0].low in grammar.relatives:
        return True
    if any(token.low in grammar.finite for token in row[:4]):
        return False
    if grammar.code in {"fr", "es"}:
        # Without an article: "dice Karim, sastre".
        return row[0].low not in _WHERE and not row[0].low.endswith(("ant", "ndo"))
    if row[0].low in {"his", "her", "their", "its"}:
        return False
    head = row[0].capital or row[0].text[0].isdigit() or row[0].low in grammar.determiners
    return head or grammar.noun_kind(row[0].low) is not None


_WHERE: Final = words(
    "to with in at from for under by near amid sous entre avec dans par por con a ante devant pour"
    " sur mit unter bei"
    " auf vor hacia contra"
)


def _stops(grammar: Grammar, tokens: Tokens, begin: int, j: int, past: int) -> bool:
    """Does another thing than the source begin at `j`: when, where, to whom?"""
    low = tokens[j].low
    if low in grammar.stops - grammar.relatives:
        return True
    if j + 1 >= past:
        return False
    after = tokens[j + 1].low
    if low in _IN and after in _OWN:
        return True
    # "Sagte Lena Vogt der Zeitung": a name, then the dative.
    if low in {"and", "und", "y", "et"} and grammar.manner(after) is not None:
        return True
    name = j > begin and tokens[j - 1].capital and grammar.noun_kind(tokens[j - 1].low) is None
    told = {grammar.noun_kind(token.low) for token in tokens[j + 1 : min(past, j + 3)]}
    return low in {"der", "dem"} and name and bool(told & {"agency", "medium"})


# Verbs that have their own object: "the strike, the minister called it ..."
_NOT_AFTER: Final = words(
    "called described agreed expected expect expects accused accuses charged asked asks promised"
    " pledged put puts"
    " posted wrote writes learned found rejected repeated thinks briefed advised observed continued"
    " urged points blamed blames dismissed condemned hailed praised branded"
)
_IN: Final = words("in on en dans sur auf in via")
_OWN: Final = words(
    "a an its his her su un una une son sa declaraciones rueda einem einer seiner ihrer twitter "
    "facebook x telegram instagram entrevista diálogo conversación"
)


def _goes_on(tokens: Tokens, past: int, end: int) -> bool:
    """Does the speech only come: "..., said X: ..."?"""
    return past < end and ":" in {tokens[past].text, tokens[past - 1].text}


def _before_verb(
    grammar: Grammar, tokens: Tokens, i: int, end: int
) -> tuple[Tokens, Tokens, Manner, int] | None:
    """ "X said" at `i`, with little after it; in German "wie X sagte"."""
    german = grammar.code == "de"
    if german and tokens[i].low not in grammar.likewise:
        return None
    begin = i + 1 if german or tokens[i].low in grammar.likewise else i
    for at in range(begin + 1, min(end, begin + 24)):
        found = verb_at(grammar, tokens, at)
        if found is None or blocked(grammar, tokens[begin:at], at - begin):
            continue
        last = at
        while last > begin and (
            tokens[last - 1].low in grammar.auxiliaries | grammar.adverbs or comma(tokens[last - 1])
        ):
            last -= 1
        past = next_comma(tokens, at + 1, end)
        stated = tokens[i - 1].inner is not None or _after_statement(grammar, tokens, at, past, found[1])
        if not stated or not _short(grammar, tokens[at + 1 : past]):
            return None
        last = next((j for j in range(begin + 1, last) if german and tokens[j].low in grammar.stops), last)
        source = tokens[begin:last]
        sound = plain(grammar, source) and not (len(source) > 1 and source[0].low in grammar.lead)
        return (source, tokens[at : at + 1], found[1], past) if sound else None
    return None


def _short(grammar: Grammar, rest: Tokens) -> bool:
    """Is what follows "X said" no statement?"""
    ours = grammar.that | grammar.finite | {":"}
    return len(rest) <= 8 and not any(token.low in ours for token in rest)


def _after_statement(grammar: Grammar, tokens: Tokens, at: int, past: int, manner: Manner) -> bool:
    """May "X said" follow a statement without quotation marks?"""
    told = tokens[at].low in {"told", "tells"}
    if (
        at + 1 < past
        and not (told and tokens[at + 1].low in {"a", "an"})
        and not _light(grammar, tokens[at + 1 : past])
    ):
        return False
    return grammar.code == "de" or (
        manner not in {"denies", "documents"} and tokens[at].low not in _NOT_AFTER
    )


def _light(grammar: Grammar, rest: Tokens) -> bool:
    """Words after "X said" that are when, where or to whom."""
    return rest[0].low in grammar.stops | {"in", "this", "reporters", "journalists", "the", "at", "to"}
