"""Thresholds that keep their promise, calibration, drift and the measures they are told by."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="the extra `assist` is not installed")

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rejoinder.assist.learning import Thresholds, measures
from rejoinder.assist.learning.bounds import at_least, at_most
from rejoinder.assist.learning.drift import Drift
from rejoinder.assist.learning.evaluation import evaluate
from rejoinder.assist.learning.stack import fit_stack, sigmoid
from rejoinder.assist.learning.thresholds import saving, thresholds
from tests.assist.learning.texts import history

Floats = NDArray[np.float64]


def drawn(count: int, seed: int, *, rate: float = 0.1, apart: float = 4.0) -> tuple[Floats, Floats]:
    """Scores and labels of a policy: rejects lie `apart` log-odds above the rest."""
    random = np.random.default_rng(seed)
    labels = (random.random(count) < rate).astype(float)
    return sigmoid(random.normal(size=count) + apart * labels - apart / 2), labels


@pytest.mark.parametrize("apart", [1.0, 2.5, 4.0])
def test_realised_misses_stay_within_both_caps_in_nine_runs_of_ten(apart: float) -> None:
    broken = 0
    for seed in range(200):
        found = thresholds(*drawn(800, seed, apart=apart))
        scores, labels = drawn(20_000, 1_000 + seed, apart=apart)
        approved = scores <= (found.approve if found.approve is not None else -1)
        missed = labels[approved].sum()
        broken += bool(approved.any() and (missed / approved.sum() > 0.02 or missed / labels.sum() > 0.10))
    assert broken <= 20


def test_a_clear_policy_saves_most_of_the_queue() -> None:
    scores, labels = drawn(1_000, 1, apart=5.0)
    assert saving(scores, thresholds(scores, labels)) >= 0.6


@pytest.mark.parametrize(("count", "apart"), [(0, 4.0), (50, 6.0), (1_000, 0.0)])
def test_nothing_is_promised_of_few_decisions_or_of_a_blind_model(count: int, apart: float) -> None:
    assert thresholds(*drawn(count, 2, apart=apart)).approve is None
    assert saving([0.1, 0.2], Thresholds()) == 0.0


def test_a_low_rate_of_rejections_does_not_let_most_of_them_through() -> None:
    """At 2% rejects, approving everything would keep "at most 2% of what is approved"; the second cap forbids it."""
    assert thresholds(*drawn(5_000, 3, rate=0.015, apart=0.0)).approve is None


@given(st.integers(0, 300), st.integers(1, 300))
def test_bounds_enclose_what_was_seen(found: int, more: int) -> None:
    total = found + more
    assert at_least(found, total) <= found / total <= at_most(found, total)


def test_an_exact_bound_is_the_textbook_s() -> None:
    assert at_most(0, 149) == pytest.approx(1 - 0.05 ** (1 / 149))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(20, 200))
def test_calibration_never_turns_the_order_round(seed: int, count: int) -> None:
    scores, labels = drawn(count, seed, rate=0.4, apart=-1.0)
    prior = (np.ones(1), np.ones(1), np.array([True]))
    slope, _ = fit_stack(np.log(scores / (1 - scores))[:, None], labels, np.ones(count), prior)
    assert slope[0] >= 0


def test_an_alarm_comes_soon_after_a_change_and_not_before() -> None:
    random = np.random.default_rng(0)
    said = random.beta(0.6, 1.4, 3_000)
    state, quiet = Drift(), 0
    for p in said[:2_300]:
        state = state.after(p, int(random.random() < p))
        quiet += state.alarm is None
    assert quiet == 2_300
    for delay, p in enumerate(said[2_300:], 1):  # noqa: B007
        state = state.after(p, int(random.random() < sigmoid(np.log(p / (1 - p)) + 2)))
        if state.alarm:
            break
    assert (state.alarm, delay <= 60, 0 < state.since <= delay + 40) == ("stricter", True, True)
    assert Drift.of(state.as_dict()) == state


def test_labels_turned_round_for_a_day_are_noticed_at_once() -> None:
    random = np.random.default_rng(1)
    state = Drift()
    for delay, p in enumerate(random.beta(0.6, 1.4, 60), 1):  # noqa: B007
        state = state.after(p, int(random.random() >= p))
        if state.alarm:
            break
    assert state.alarm
    assert delay <= 30


def test_a_perfectly_calibrated_score_is_within_its_noise() -> None:
    random = np.random.default_rng(2)
    said = random.random(2_000)
    labels = (random.random(2_000) < said).astype(float)
    told = measures.calibration(said, labels)
    assert told["ece"] < 2 * told["floor"]
    assert measures.calibration(said**3, labels)["ece"] > 5 * told["floor"]


def test_a_history_is_judged_by_what_came_before_only() -> None:
    told = evaluate(history(700))
    assert told["curve"][0]["decided"] == 0
    assert told["curve"][-1]["auroc"] > 0.98
    assert told["savings"][2]["saved"] >= 0.0
    random = np.random.default_rng(3)
    shuffled = [type(one)(one.text, int(random.random() < 0.3)) for one in history(700)]
    assert 0.4 < evaluate(shuffled)["auroc"] < 0.6
    assert evaluate([])["auroc"] is None
