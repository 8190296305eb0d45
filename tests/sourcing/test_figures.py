"""What figures say, as newspapers write them."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.sourcing.figures import Figure, parse

OPEN = None
CASES = [
    # language, phrase, low, high, unit, approx
    ("en", "20 soldiers were killed", 20, 20, "soldiers", False),
    ("en", "at least 20 soldiers", 20, OPEN, "soldiers", False),
    ("en", "more than 20,000 people", 20_000, OPEN, "people", False),
    ("en", "no more than 15 boats", OPEN, 15, "boats", False),
    ("en", "up to 300 houses", OPEN, 300, "houses", False),
    ("en", "10-15 thousand people", 10_000, 15_000, "people", False),
    ("en", "between 10 and 15 people", 10, 15, "people", False),
    ("en", "from 2.5 to 3 million euros", 2_500_000, 3_000_000, "euros", False),
    ("en", "dozens of civilians", 24, 99, "civilians", True),
    ("en", "tens of thousands of refugees", 20_000, 99_999, "refugees", True),
    ("en", "several hundred arrests", 200, 999, "arrests", True),
    ("en", "about 1.5 million", 1_500_000, 1_500_000, "", True),
    ("en", "twenty-one miners", 21, 21, "miners", False),
    ("en", "two hundred and fifty ships", 250, 250, "ships", False),
    ("en", "10,000 at least", 10_000, OPEN, "", False),
    ("en", "200+ complaints", 200, OPEN, "complaints", False),
    ("en", "a dozen eggs", 12, 12, "eggs", False),
    ("en", "12.5 per cent", Decimal("12.5"), Decimal("12.5"), "%", False),
    ("en", "$5 million", 5_000_000, 5_000_000, "$", False),
    ("en", "In 2014 the army lost 40 men", 40, 40, "men", False),
    ("en", "at 12:30 there were 7 of them", 7, 7, "them", False),
    ("en", "20 SAA soldiers were killed", 20, 20, "soldiers", False),
    ("en", "killing at least 12 armed men, sources say", 12, OPEN, "men", False),
    ("en", "30 dead, reports say", 30, 30, "dead", False),
    ("en", "On October 18 the army lost 40 men", 40, 40, "men", False),
    ("en", "between 3 and 5 May, 60 houses burnt", 60, 60, "houses", False),
    ("de", "20 syrische Soldaten", 20, 20, "soldaten", False),
    ("de", "am 18. Oktober fielen 40 Bäume", 40, 40, "bäume", False),
    ("de", "20.000 Menschen", 20_000, 20_000, "menschen", False),
    ("de", "mindestens 20 Tote", 20, OPEN, "tote", False),
    ("de", "mehr als 1,5 Millionen Euro", 1_500_000, OPEN, "euro", False),
    ("de", "zwischen 10 und 15 Booten", 10, 15, "booten", False),
    ("de", "10 bis 15 Tausend Leute", 10_000, 15_000, "leute", False),
    ("de", "Dutzende Verletzte", 24, 99, "verletzte", True),
    ("de", "Zehntausende Flüchtlinge", 20_000, 99_999, "flüchtlinge", True),
    ("de", "zweihundertfünfzig Schiffe", 250, 250, "schiffe", False),
    ("de", "einundzwanzig Bergleute", 21, 21, "bergleute", False),
    ("de", "rund 30 Prozent", 30, 30, "%", True),
    ("de", "höchstens zwölf Stunden", OPEN, 12, "stunden", False),
    ("fr", "20 000 personnes", 20_000, 20_000, "personnes", False),
    ("fr", "20\u202f000 personnes", 20_000, 20_000, "personnes", False),
    ("fr", "au moins vingt morts", 20, OPEN, "morts", False),
    ("fr", "plus de 1,5 million d’euros", 1_500_000, OPEN, "euros", False),
    ("fr", "une centaine de blessés", 100, 100, "blessés", True),
    ("fr", "des dizaines de milliers de manifestants", 20_000, 99_999, "manifestants", True),
    ("fr", "entre 10 et 15 bateaux", 10, 15, "bateaux", False),
    ("fr", "quatre-vingt-dix maisons", 90, 90, "maisons", False),
    ("es", "20.000 personas", 20_000, 20_000, "personas", False),
    ("es", "al menos veinte muertos", 20, OPEN, "muertos", False),
    ("es", "más de 2,5 millones de euros", 2_500_000, OPEN, "euros", False),
    ("es", "decenas de miles de refugiados", 20_000, 99_999, "refugiados", True),
    ("es", "entre 10 y 15 barcos", 10, 15, "barcos", False),
    ("es", "treinta y dos mineros", 32, 32, "mineros", False),
    ("es", "miles de personas", 2_000, 9_999, "personas", True),
    ("ar", "٢٠ جنديا", 20, 20, "جنديا", False),
    ("ar", "ما لا يقل عن ٢٠ جنديا", 20, OPEN, "جنديا", False),
    ("ar", "أكثر من ٢٠٬٠٠٠ شخص", 20_000, OPEN, "شخص", False),
    ("ar", "20 ألف شخص", 20_000, 20_000, "شخص", False),
    ("ar", "عشرات القتلى", 20, 99, "القتلى", True),
    ("ar", "عشرات الآلاف من النازحين", 20_000, 99_999, "النازحين", True),
    ("ar", "بين ١٠ و١٥ قاربا", 10, 15, "قاربا", False),
    ("ar", "خمسة وعشرين جنديًّا", 25, 25, "جنديا", False),
    ("ar", "نحو ١٠ آلاف", 10_000, 10_000, "", True),
    ("ar", "بأكثر من مئتي قتيل", 200, OPEN, "قتيل", False),
]


@pytest.mark.parametrize(("language", "phrase", "low", "high", "unit", "approx"), CASES)
def test_figure_of_a_phrase(
    language: str, phrase: str, low: int | None, high: int | None, unit: str, approx: bool
) -> None:
    found = parse(phrase, language)
    assert found is not None
    assert (found.low, found.high, found.unit, found.approx) == (low, high, unit, approx)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "nobody was hurt"),
        ("en", "in 2014"),
        ("en", "at 12:30"),
        ("en", "on October 18"),
        ("en", "October 18-20, 2015"),
        ("en", "on the 18th of October"),
        ("de", "vom 18. bis 20. Oktober"),
        ("fr", "le 1er mai"),
        ("es", "el 18 de octubre de 2015"),
        ("ar", "في ١٨ أكتوبر"),
        ("de", "ein Mann"),
        ("fr", "un homme"),
    ],
)
def test_phrase_without_a_figure(language: str, phrase: str) -> None:
    assert parse(phrase, language) is None


def test_figure_keeps_its_words_as_they_stand() -> None:
    assert getattr(parse("The rebels speak of at least 10-15 thousand dead."), "written", "") == (
        "at least 10-15 thousand"
    )
    assert getattr(parse("قُتل ما لا يقلّ عن ٢٠ جنديًّا", "ar"), "written", "") == "ما لا يقلّ عن ٢٠"


def test_same_sign_groups_or_begins_decimals_by_language() -> None:
    said = {language: getattr(parse("20.000 t", language), "low", None) for language in ("en", "de", "ar")}
    assert said == {"en": 20, "de": 20_000, "ar": 20_000}
    assert getattr(parse("1.234.567", "en"), "low", None) == 1_234_567


def test_figures_that_cannot_both_be_right_contradict() -> None:
    twenty, ten_thousand = parse("20 dead"), parse("10,000 dead at least")
    assert twenty and ten_thousand and twenty.contradicts(ten_thousand) and ten_thousand.contradicts(twenty)
    fifteen = Figure(Decimal(15), Decimal(15), "dead", approx=True)
    assert not fifteen.contradicts(Figure(Decimal(16), Decimal(16), "dead"))
    assert not twenty.contradicts(Figure(Decimal(30), Decimal(30), "wounded"))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "de", "fr", "es", "ar", "xx", ""]))
def test_any_text_is_read_without_an_error(phrase: str, language: str) -> None:
    found = parse(phrase, language)
    assert found is None or (found.written and found.written in phrase)


def test_hostile_text_is_read_quickly() -> None:
    began = time.process_time()
    for phrase in ("1," * 5_000, "hundert" * 2_000, "1 000" * 3_000, "at least " * 3_000, "und" * 5_000):
        for language in ("en", "de"):
            parse(phrase, language)
    assert time.process_time() - began < 2
