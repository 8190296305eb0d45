"""Words of figures: English and German."""

from __future__ import annotations

from rejoinder.sourcing.figures.vocabulary import (
    DOZENS,
    HUNDREDS,
    MILLIONS,
    TENS,
    THOUSANDS,
    Vocabulary,
    listed,
    spelled,
    tens,
)

ENGLISH = Vocabulary(
    numbers={
        **spelled(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        ),
        **tens("twenty thirty forty fifty sixty seventy eighty ninety"),
    },
    scales={
        "dozen": 12,
        "hundred": 100,
        "thousand": 1000,
        "k": 1000,
        "million": 10**6,
        "m": 10**6,
        "mln": 10**6,
        "billion": 10**9,
        "bn": 10**9,
        "trillion": 10**12,
    },
    vague={
        "dozens": DOZENS,
        "scores": (40, 99),
        "tens": TENS,
        "hundreds": HUNDREDS,
        "thousands": THOUSANDS,
        "millions": MILLIONS,
    },
    rough={},
    several=frozenset({"several", "few"}),
    least=(
        "at least",
        "more than",
        "over",
        "upwards of",
        "no fewer than",
        "no less than",
        "not less than",
        "not fewer than",
        "a minimum of",
        "or more",
    ),
    most=(
        "at most",
        "up to",
        "fewer than",
        "less than",
        "under",
        "no more than",
        "not more than",
        "a maximum of",
        "as many as",
        "or fewer",
        "or less",
    ),
    about=(
        "about",
        "around",
        "approximately",
        "roughly",
        "some",
        "nearly",
        "almost",
        "close to",
        "an estimated",
        "estimated",
        "or so",
    ),
    to=frozenset({"to", "-", "or"}),
    between={"between": "and"},
    joins=frozenset({"and"}),
    skips=frozenset({"of", "the", "other", "more"}),
    grouping=", '",
    months=listed(
        "january february march april may june july august september october november december"
        " jan feb mar apr jun jul aug sep sept oct nov dec"
    ),
)
GERMAN = Vocabulary(
    numbers={
        **spelled(
            "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
            " sechzehn siebzehn achtzehn neunzehn"
        ),
        "eins": 1,
        "eine": 1,
        "einen": 1,
        "einem": 1,
        "einer": 1,
        **tens("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"),
    },
    scales={
        "dutzend": 12,
        "hundert": 100,
        "tausend": 1000,
        "tsd": 1000,
        "million": 10**6,
        "millionen": 10**6,
        "mio": 10**6,
        "milliarde": 10**9,
        "milliarden": 10**9,
        "mrd": 10**9,
    },
    vague={
        "dutzende": DOZENS,
        "dutzenden": DOZENS,
        "hunderte": HUNDREDS,
        "hunderten": HUNDREDS,
        "tausende": THOUSANDS,
        "tausenden": THOUSANDS,
        "zehntausende": (20_000, 99_999),
        "zehntausenden": (20_000, 99_999),
        "hunderttausende": (200_000, 999_999),
        "hunderttausenden": (200_000, 999_999),
    },
    rough={},
    several=frozenset({"einige", "mehrere", "paar", "wenige", "einigen", "mehreren"}),
    least=("mindestens", "wenigstens", "mehr als", "über", "nicht weniger als", "zumindest", "oder mehr"),
    most=("höchstens", "maximal", "bis zu", "weniger als", "unter", "nicht mehr als", "oder weniger"),
    about=(
        "etwa",
        "rund",
        "ungefähr",
        "circa",
        "ca",
        "gut",
        "knapp",
        "fast",
        "nahezu",
        "schätzungsweise",
        "um die",
    ),
    to=frozenset({"bis", "-", "oder"}),
    between={"zwischen": "und"},
    skips=frozenset({"der", "von", "weitere", "weiteren"}),
    grouping=". '",
    months=listed(
        "januar jänner februar märz april mai juni juli august september oktober november dezember"
    ),
)
