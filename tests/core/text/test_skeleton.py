from __future__ import annotations

import json
import random
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.core.text.skeleton import looks_like, name_key, skeleton
from tests.shared import ROOT, shared_path

STAFF = [
    "Ines Kallio", "Tomás Verhoeven", "Mirela Dobrescu", "Oskar Lindqvist", "Amara Nwosu-Bell",
    "Jonas Achterberg", "Leyla Karagöz", "Piotr Zawadzki", "Siobhan MacAuley", "Dimitra Pappas",
    "Rafael Queirós", "Hannah Wexler", "Yusuf Demirel", "Clara Montjoie", "Bastian Froehlich",
    "Noor van Dijk", "Viktor Halász", "Grace Umunna", "Elif Sandberg", "Matteo Ricciardi",
]  # fmt: skip
GIVEN = [
    "Anna", "Ben", "Carla", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jakob",
    "Karin", "Lars", "Marta", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tilda", "Uwe",
]  # fmt: skip
FAMILY = ["Abel", "Berg", "Conti", "Duval", "Eriksen", "Fontaine", "Gruber", "Horvat", "Ivanova", "Jensen"]
CYRILLIC = str.maketrans("aceopxyisjABCEHKMOPTXS", "асеорхуіѕјАВСЕНКМОРТХЅ")
GREEK = str.maketrans("ovABEHIKMNOPTXYZ", "ονΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u034f\u3164"


def disguises(name: str, chance: random.Random) -> Iterator[str]:
    """Names that pass for `name`, each by one trick, some tricks by chance."""
    at = chance.randrange(1, len(name))
    bold = {ord("a") + n: chr(0x1D41A + n) for n in range(26)}
    wide = {n: chr(n + 0xFEE0) for n in range(0x21, 0x7F)}
    yield name.translate(CYRILLIC)
    yield name.translate(GREEK)
    yield name.upper()
    yield name.lower().translate(CYRILLIC)
    yield name.upper().translate(CYRILLIC)
    yield name.replace("I", "l").replace("l", "I")
    yield name.replace("l", "1").replace("o", "0")
    yield name.replace("m", "rn").replace("w", "vv")
    yield name.translate(bold)
    yield name.translate(wide)
    yield name[:at] + chance.choice(INVISIBLE) + name[at:]
    yield unicodedata.normalize("NFD", name)
    yield "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    yield name[:at] + chance.choice("\u0301\u0323\u0308\u0327") + name[at:]
    yield ".".join(name)
    yield name.replace(" ", chance.choice(["", "  ", "_", "-", "\u00a0", "\u3000"]))
    yield f"{chance.choice('✓★._-(')}{name}{chance.choice('™✔🙂.!')}"
    yield name[:at] + chance.choice(INVISIBLE) + name[at:].translate(CYRILLIC)


def test_every_look_alike_of_the_staff_is_matched() -> None:
    chance = random.Random(20_261_122)
    tried = [(name, fake) for name in STAFF for _ in range(2) for fake in disguises(name, chance)]
    assert len(tried) >= 500
    assert [fake for name, fake in tried if looks_like(fake, STAFF) != name] == []


def test_ordinary_names_are_left_alone() -> None:
    ordinary = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    assert len(ordinary) == 200
    assert [name for name in ordinary if looks_like(name, STAFF)] == []
    assert len({name_key(name) for name in ordinary}) == 200


@pytest.mark.parametrize(
    "fake",
    [
        "Ｉnes Kallio", "lnes Kallio", "Inеs Kаllio", "INES  KALLIO", "I.n.e.s Kallio", "Ines Kallio✓",
        "Ínes Kallio", "Ines Kallio™", "ines кallio", "Ines Kall!o", "Ines Kalllio", "1nes Kall10",
        "Ιnеs Κаllіо", "ines\u3164kallio", "ɪɴᴇꜱ ᴋᴀʟʟɪᴏ",
    ],
)  # fmt: skip
def test_one_name_has_one_key_whatever_it_wears(fake: str) -> None:
    assert name_key(fake) == name_key("Ines Kallio")


@pytest.mark.parametrize(
    "other", ["Ines Kallo", "Ina Kallio", "Ines Kallion", "Ines Kallio 2", "Inessa Kallio"]
)
def test_another_name_has_another_key(other: str) -> None:
    assert looks_like(other, ["Ines Kallio"]) is None


def test_a_name_all_of_another_script_is_matched() -> None:
    assert name_key("Сосо") == name_key("Coco")
    assert looks_like("ΕΛΕΝΗ", ["Ελένη"]) == "Ελένη"
    assert looks_like("ВЕРА НИКИТИНА", ["Вера Никитина"]) == "Вера Никитина"


def test_vowel_signs_spell_a_name() -> None:
    assert name_key("राम") != name_key("रोम")
    assert name_key("มานี") != name_key("มานะ")


@given(st.text())
def test_a_key_is_empty_only_for_a_name_without_characters_of_its_own(name: str) -> None:
    assert name_key(name) or not name.strip() or not name.casefold().split()


@given(st.text())
def test_a_skeleton_is_in_canonical_order(text: str) -> None:
    assert unicodedata.is_normalized("NFD", skeleton(text))


def test_published_confusables_share_a_key() -> None:
    published = json.loads(shared_path("data/text/confusables.json").read_text())
    pairs = [(one, other["c"]) for one, others in published.items() for other in others]
    assert len(pairs) > 10_000
    missed = [(one, other) for one, other in pairs if skeleton(one) != skeleton(other)]
    # An older version of Unicode than ours: it joins a few letters that differ by their accent only.
    assert len(missed) <= 0.01 * len(pairs)


def test_the_table_is_what_icu_says(tmp_path: Path) -> None:
    pytest.importorskip("icu", reason="needs icukit-pyicu, a package for development")
    table = ROOT / "src/rejoinder/core/text/confusables.txt"
    made = tmp_path / "confusables.txt"
    subprocess.run([sys.executable, ROOT / "bin/make-confusables", made], check=True, capture_output=True)
    assert made.read_bytes() == table.read_bytes()
