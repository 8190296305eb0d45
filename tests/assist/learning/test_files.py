"""A model as a file: the same after it, and nothing else is taken for one."""

from __future__ import annotations

import pickle

import pytest

pytest.importorskip("sklearn", reason="the extra `assist` is not installed")

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.assist.learning import BadModel, Text, packing
from rejoinder.assist.learning.files import KIND, dump, load
from rejoinder.assist.learning.model import fit, score, update
from tests.assist.learning.texts import history

MODEL = fit(history(120))
DATA = dump(MODEL)


def test_what_is_loaded_says_the_same_to_the_last_bit() -> None:
    texts = [one.text for one in history(50, seed=3)]
    for model in (
        MODEL,
        fit([]),
        update(MODEL, history(20, seed=4)),
        fit(history(60, seed=5), previous=MODEL),
    ):
        data = dump(model)
        assert len(data) < 1_500_000
        assert score(load(data), texts) == score(model, texts)
        assert dump(load(data)) == data


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(DATA) - 1), bit=st.integers(0, 7))
def test_every_changed_bit_is_noticed(place: int, bit: int) -> None:
    damaged = bytearray(DATA)
    damaged[place] ^= 1 << bit
    with pytest.raises(BadModel):
        load(bytes(damaged))


@settings(max_examples=30, deadline=None)
@given(length=st.integers(0, len(DATA) - 1))
def test_a_file_that_breaks_off_is_refused(length: int) -> None:
    with pytest.raises(BadModel):
        load(DATA[:length])


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", pickle.dumps({"own": 1}), DATA + b"x", b"\x00" * 5_000_000]
)
def test_what_is_no_model_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadModel, match=r"^[A-Z].*\.$|MB\.$"):
        load(data)


def _forged(**changes: object) -> bytes:
    values, arrays = packing.unpack(KIND, DATA)
    told = {name: value for name, value in changes.items() if name in values}
    found = arrays | {name: value for name, value in changes.items() if name in arrays}  # type: ignore[operator]
    return packing.pack(KIND, values | told, found)


@pytest.mark.parametrize(
    "changes",
    [
        {"own": np.zeros(7, np.int8)},
        {"stack": np.zeros(3)},
        {"kept": np.zeros((1, 2), np.uint16)},
        {"scale": -1.0},
        {"scale": "much"},
        {"rejected": 10**9},
        {"language": ""},
        {"marks": [0.5]},
        {"inputs": ["own"]},
    ],
    ids=str,
)
def test_a_well_sealed_file_with_wrong_contents_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadModel):
        load(_forged(**changes))


def test_numbers_that_are_none_are_refused() -> None:
    with pytest.raises(BadModel):
        load(_forged(stack=np.full(MODEL.stack.shape, np.nan)))


def test_a_newer_format_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "FORMAT", 2)
    newer = dump(MODEL)
    monkeypatch.undo()
    with pytest.raises(BadModel, match="newer version"):
        load(newer)


def test_a_small_file_does_not_unfold_into_a_large_one() -> None:
    with pytest.raises(BadModel):
        packing.unpack(KIND, packing.pack(KIND, {}, {"own": np.zeros(packing.UNPACKED + 1, np.int8)}))


def test_the_shipped_prior_is_no_model_of_a_site() -> None:
    from importlib.resources import files

    shipped = files("rejoinder.assist.prior").joinpath("prior.bin").read_bytes()
    assert len(shipped) <= 2 * 1024 * 1024
    with pytest.raises(BadModel):
        load(shipped)
    assert score(fit([]), [Text("")])
