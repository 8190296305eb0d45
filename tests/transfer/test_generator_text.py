"""Generated comments read like a thread: varied, of all lengths, the same for a seed, and quick to make."""

import hashlib
import random
import re
from collections import Counter
from itertools import combinations

import pytest

from rejoinder.transfer.generator.text import LANGUAGES, MAX_WORDS, Voice
from rejoinder.transfer.generator.text.grammar import grammar
from tests.costs import costs_less

SIZE = 2_000


def bodies(language: str, count: int = SIZE, seed: int = 7) -> list[str]:
    voice = Voice(random.Random(seed), language)
    return [voice.body() for _ in range(count)]


def trigrams(text: str) -> frozenset[tuple[str, ...]]:
    words = text.lower().split()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def overlap(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / (len(one | other) or 1)


@pytest.mark.parametrize(("language", "most"), [("en", 0.01), ("de", 0.02), ("ar", 0.02)])
def test_bodies_are_distinct_and_share_little_with_each_other(language: str, most: float) -> None:
    made = bodies(language)
    assert len(set(made)) >= 0.95 * SIZE
    grams = [trigrams(body) for body in made[:400]]
    pairs = [overlap(one, other) for one, other in combinations(grams, 2)]
    assert sum(pairs) / len(pairs) < most


def test_no_sentence_is_heard_all_the_time() -> None:
    sentences = Counter(part for body in bodies("en") for part in re.split(r"(?<=[.?!])\s+", body) if part)
    _, most = sentences.most_common(1)[0]
    assert most < 0.02 * SIZE


def test_lengths_have_a_long_tail_within_the_limit() -> None:
    lengths = sorted(len(body.split()) for body in bodies("en", 20_000))
    assert lengths[0] == 1
    assert lengths[10_000] < 35
    assert lengths[19_800] > 70
    assert lengths[-1] <= MAX_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_replies_stay_within_the_limit_and_leave_no_slot_open(language: str) -> None:
    voice = Voice(random.Random(3), language)
    text = voice.body()
    for _ in range(SIZE):
        text = voice.reply_to(text)
        assert 1 <= len(text.split()) <= MAX_WORDS
        assert not re.search(r"[{}\0]|%s", text)


def test_a_reply_may_quote_its_parent_and_repeat_its_figure() -> None:
    parent = "The level fell by 4.4 million litres in one single week."
    voice = Voice(random.Random(1))
    replies = [voice.reply_to(parent) for _ in range(300)]
    assert any(reply.startswith(f"> {parent}\n\n") for reply in replies)
    assert any("4.4 million" in reply.replace(parent, "") for reply in replies)


def test_markdown_appears_now_and_then() -> None:
    made = "\n".join(bodies("en"))
    assert re.search(r"\]\(https://example\.org/", made)
    assert re.search(r"^- ", made, re.MULTILINE)
    assert re.search(r"\*\w+\*", made)


def test_a_reply_takes_up_the_theme_of_its_parent() -> None:
    voice = Voice(random.Random(5), theme="sport")
    assert "bus" in " ".join(voice.reply_to("The last bus was late again.") for _ in range(60))


def test_the_same_seed_says_the_same_words_on_every_python() -> None:
    voice = Voice(random.Random(2024), "en", theme="harbour")
    said = [voice.name(), voice.body(), voice.reply_to(voice.body())]
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
    assert digest[:16] == "41a56326ebf1e863"


def test_names_come_by_the_thousand_and_in_several_scripts() -> None:
    voice = Voice(random.Random(8))
    names = {voice.name() for _ in range(10_000)}
    assert len(names) > 4_000
    assert sum(not name.isascii() for name in names) >= 20
    assert max(map(len, names)) <= 40


def test_every_voice_has_enough_frames() -> None:
    for language, least in {"en": 150, "de": 40, "ar": 40}.items():
        patterns = {
            frame.pattern
            for theme in grammar(language).themes
            for kinds in (theme.frames, theme.answers)
            for frames in kinds.values()
            for frame in frames
        }
        assert len(patterns) >= least


def test_an_unknown_language_or_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="tlh"):
        Voice(random.Random(1), "tlh")
    with pytest.raises(ValueError, match="astrology"):
        Voice(random.Random(1), theme="astrology")


def test_a_body_costs_less_than_33_microseconds_of_processor_time() -> None:
    voice = Voice(random.Random(1))
    voice.body()
    assert costs_less(5_000 * 33e-6, lambda: [voice.body() for _ in range(5_000)])
