"""Sentence vectors: what they add where the further extra is installed, and that nothing is lost where it is not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest

pytest.importorskip("sklearn", reason="the extra `assist` is not installed")

import numpy as np

from rejoinder.assist.learning import Example, Text, encoder, groups, meaning, means, neutral, wordpiece
from rejoinder.assist.learning.files import dump, load
from rejoinder.assist.learning.model import Model, fit, score, update, usable
from rejoinder.assist.learning.scoring import without_meaning
from tests.assist.learning import likeness
from tests.assist.learning.texts import history

NEW = Text("The treasurer is a wobblenought, as everybody knows.", "en")
CALM = Text("The treasurer is a carpenter, as everybody knows.", "en")


@pytest.fixture(scope="module")
def taught() -> Model:
    with pytest.MonkeyPatch.context() as patch:
        likeness.pretend(patch)
        return fit(history(200))


@pytest.fixture
def with_vectors(taught: Model, monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    likeness.pretend(monkeypatch)
    yield taught
    means._plain_sentences.cache_clear()
    neutral._with_vectors.cache_clear()


def said(model: Model, text: Text) -> float:
    """Log-odds."""
    score_ = score(model, [text], why=False)[0].score
    return math.log(score_ / (1 - score_))


def test_a_word_that_nobody_decided_about_counts_as_what_means_the_like(with_vectors: Model) -> None:
    plain = without_meaning(with_vectors)
    by_words = said(plain, NEW) - said(plain, CALM)
    assert said(with_vectors, NEW) - said(with_vectors, CALM) > by_words + 2
    new, calm = (
        {reason.kind: reason.weight for reason in judged.reasons}["meaning"]
        for judged in score(with_vectors, [NEW, CALM])
    )
    assert new > 0.5 > -0.5 > calm


def test_where_the_encoder_is_missing_the_model_is_the_one_that_was_learned_without(
    with_vectors: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dump(with_vectors)
    assert said(load(data), NEW) == said(with_vectors, NEW)
    assert dump(load(data)) == data
    later = fit(history(60, seed=2), previous=with_vectors)
    likeness.pretend(monkeypatch, there=False)
    without = fit(history(200))
    assert not without.meant
    assert [said(one, NEW) for one in (load(data), with_vectors, usable(with_vectors))] == [
        said(without, NEW)
    ] * 3
    assert usable(load(data)).marks == without.marks
    assert said(later, NEW) == said(fit(history(60, seed=2), previous=without), NEW)


def test_a_model_of_another_encoder_goes_on_without_it(
    with_vectors: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dump(with_vectors)
    monkeypatch.setattr(meaning, "DIGEST", "another")
    assert not load(data).meant


def test_small_steps_and_other_languages_take_no_vectors(
    with_vectors: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = [
        Example(Text(f"Im Rathaus wurde gestern {number} Stunden lang darüber gestritten."), number % 3 == 0)
        for number in range(80)
    ]
    monkeypatch.setattr(meaning, "_read", lambda lines: pytest.fail("read"))
    assert not fit(german).meant
    assert update(with_vectors, history(20, seed=4)).meant


def test_a_group_that_vectors_alone_would_wrong_has_sentences_of_more_weight(with_vectors: Model) -> None:
    plain = np.ones(len(list(groups.learned())))
    wronging = replace(with_vectors, meaning=-50 * with_vectors.meaning, meaning_constant=50.0)
    assert neutral.raised(wronging, plain).max() > 1
    assert neutral.raised(without_meaning(wronging), plain).max() == 1


def test_what_a_text_brings_with_it_is_not_read_again(
    with_vectors: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = meaning.brought(history(200))
    plain, _ = means._plain_sentences(), neutral._with_vectors()
    monkeypatch.setattr(meaning, "_read", lambda lines: pytest.fail("read") if lines else [])
    assert len(plain) and np.array_equal(fit(brought).meaning, with_vectors.meaning)


def test_a_text_is_parted_as_the_encoder_learned_it() -> None:
    assert len(wordpiece.vocabulary()) == 30_522
    assert wordpiece.numbers("hello world") == [101, 7592, 2088, 102]
    assert wordpiece.numbers("Unbelievable, naïve snorkwaffle! 東京") == [
        101, 23653, 1010, 15743, 1055, 12131, 2243, 4213, 18142, 999, 1879, 1755, 102,
    ]  # fmt: skip
    assert wordpiece.numbers("\u200b \ufffd") == [101, 102]
    assert wordpiece.numbers("a" * 101 + " 👍") == [101, 100, 100, 102]
    assert len(wordpiece.numbers("word " * 5_000)) == wordpiece.LONGEST


def test_vectors_are_the_same_alone_and_among_others_and_tell_orders_apart() -> None:
    chance = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:
        return (chance.standard_normal(shape) / 16).astype(np.float32)

    norm = (np.ones(encoder.WIDTH, np.float32), some(encoder.WIDTH))
    width, wide = encoder.WIDTH, 4 * encoder.WIDTH
    layer = encoder.Layer(
        (some(width, 3 * width), some(3 * width)),
        (some(width, width), some(width)),
        norm,
        (some(width, wide), some(wide)),
        (some(wide, width), some(width)),
        norm,
    )
    pieces = chance.integers(-127, 128, (50, width), dtype=np.int8)
    small = encoder.Encoder(pieces, some(50, 1), some(9, width), norm, (layer, layer))
    rows = [[1, 2, 3, 4], [4, 3, 2, 1], [7, 7, 7, 8]]
    together = encoder.vectors(small, rows)
    assert np.allclose(together, np.vstack([encoder.vectors(small, [row]) for row in rows]), atol=1e-6)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    assert not np.allclose(together[0], together[1], atol=1e-3)


@pytest.mark.parametrize("data", [b"", b"\x3a\x02\x2a\x00", b"\x08\x01", b"\xff" * 40])
def test_a_file_that_is_no_encoder_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, IndexError)):
        encoder.read(data)


def test_what_is_installed_says_what_the_original_says() -> None:
    """Against the original in single precision: all-MiniLM-L6-v2 as its makers published it."""
    if meaning.state() != "there":
        pytest.skip("the extra `assist-minilm` is not installed")
    kept = meaning.kept(
        [
            "The mayor lied to all of us.",
            "Our mayor did not tell the truth.",
            "Bake it for an hour at low heat.",
        ]
    )
    one, like, other = (np.frombuffer(vector, "<f2").astype(float) for vector in kept)
    assert one[:4] == pytest.approx([0.0620, 0.0650, 0.0927, 0.0755], abs=0.003)
    assert one @ like == pytest.approx(0.7625, abs=0.005)
    assert one @ other == pytest.approx(0.0178, abs=0.005)
