"""Words of figures: French and Spanish."""

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

FRENCH = Vocabulary(
    numbers={
        **spelled(
            "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
        ),
        "une": 1,
        **tens("vingt trente quarante cinquante soixante"),
        "vingts": 20,
    },
    scales={
        "cent": 100,
        "cents": 100,
        "mille": 1000,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "milliers": 1000,
    },
    vague={
        "dizaines": TENS,
        "douzaines": DOZENS,
        "centaines": HUNDREDS,
        "milliers": THOUSANDS,
        "millions": MILLIONS,
    },
    rough={
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "quarantaine": 40,
        "cinquantaine": 50,
        "soixantaine": 60,
        "centaine": 100,
        "millier": 1000,
    },
    several=frozenset({"plusieurs", "quelques"}),
    least=("au moins", "plus de", "plus d", "pas moins de", "au minimum", "ou plus"),
    most=("au plus", "au maximum", "jusqu à", "moins de", "moins d", "pas plus de", "ou moins"),
    about=("environ", "près de", "quelque", "à peu près", "presque", "autour de"),
    to=frozenset({"à", "-", "ou"}),
    between={"entre": "et"},
    joins=frozenset({"et"}),
    skips=frozenset({"de", "d", "des", "autres"}),
    grouping=" .'",
    months=listed("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
)
SPANISH = Vocabulary(
    numbers={
        **spelled(
            "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
            " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro"
            " veinticinco veintiséis veintisiete veintiocho veintinueve"
        ),
        "una": 1,
        "uno": 1,
        "veintiún": 21,
        **tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
    },
    scales={
        "cien": 100,
        "ciento": 100,
        "doscientos": 200,
        "doscientas": 200,
        "trescientos": 300,
        "trescientas": 300,
        "cuatrocientos": 400,
        "quinientos": 500,
        "quinientas": 500,
        "seiscientos": 600,
        "setecientos": 700,
        "ochocientos": 800,
        "novecientos": 900,
        "mil": 1000,
        "miles": 1000,
        "millón": 10**6,
        "millones": 10**6,
    },
    vague={
        "decenas": TENS,
        "docenas": DOZENS,
        "cientos": HUNDREDS,
        "centenares": HUNDREDS,
        "centenas": HUNDREDS,
        "miles": THOUSANDS,
        "millares": THOUSANDS,
        "millones": MILLIONS,
    },
    rough={"decena": 10, "docena": 12, "veintena": 20, "treintena": 30, "centenar": 100, "millar": 1000},
    several=frozenset({"varios", "varias", "algunos", "unos pocos"}),
    least=("al menos", "por lo menos", "más de", "como mínimo", "no menos de", "o más"),
    most=("como máximo", "a lo sumo", "hasta", "menos de", "no más de", "o menos"),
    about=("unos", "unas", "cerca de", "alrededor de", "aproximadamente", "casi", "en torno a"),
    to=frozenset({"a", "-", "o"}),
    between={"entre": "y"},
    joins=frozenset({"y"}),
    skips=frozenset({"de", "otros"}),
    grouping=". ",
    months=listed(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
    ),
)
