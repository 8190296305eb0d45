"""A site's model as a file, and back. What comes back is the same model to the last bit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import duplicates, encoder, hashing, inputs, meaning
from rejoinder.assist.learning.packing import DAMAGED, FOREIGN, pack, unpack
from rejoinder.assist.learning.state import MARKED, Join, Model
from rejoinder.assist.learning.types import BadModel

KIND = "model"


def dump(model: Model) -> bytes:
    """At most 4 MB; a model of some thousand decisions is about 0.4 MB."""
    values, arrays = _plain(model)
    if model.previous is not None:
        values["previous"], old = _plain(model.previous)
        arrays |= {f"previous.{name}": array for name, array in old.items()}
    return pack(KIND, values, arrays)


def load(data: bytes) -> Model:
    """What `dump` wrote. Raises BadModel for what is damaged, of something else, too large or of a newer version."""
    values, arrays = unpack(KIND, data)
    try:
        model = _model(values, arrays, "")
        if values.get("previous") is not None:
            model = replace(model, previous=_model(values["previous"], arrays, "previous."))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BadModel(DAMAGED) from error
    return model


def _plain(model: Model) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    steps = np.round(model.own / np.float32(model.scale)) if model.scale else model.own
    values: dict[str, Any] = {
        "own_constant": model.own_constant,
        "scale": model.scale,
        "decided": model.decided,
        "rejected": model.rejected,
        "language": model.language,
        "inputs": list(inputs.NAMES),
    }
    # What takes no vectors stands where it always stood: it is read where there is no encoder, and by older versions.
    last = model.plain or Join(model.stack, model.constant, model.marks)
    values |= {"constant": last.constant, "marks": list(last.marks)}
    arrays = {"own": steps.astype(np.int8), "stack": last.stack.astype("<f8"), "kept": model.kept}
    if model.plain is not None:
        values["meaning"] = {
            "encoder": meaning.DIGEST,
            "name": meaning.NAME,
            "constant": model.constant,
            "own_constant": model.meaning_constant,
            "marks": list(model.marks),
        }
        arrays |= {"meaning": model.meaning.astype("<f4"), "meaning_stack": model.stack.astype("<f8")}
    return values, arrays


def _model(values: dict[str, Any], arrays: dict[str, NDArray[Any]], under: str) -> Model:
    own, stack, kept = (arrays[under + name] for name in ("own", "stack", "kept"))
    wanted = ((own, (hashing.COLUMNS,), "int8"), (stack, (len(inputs.NAMES),), "float64"))
    if any(array.shape != shape or array.dtype != type_ for array, shape, type_ in wanted):
        raise BadModel(FOREIGN)
    if kept.ndim != 2 or kept.shape[1] != duplicates.PERMUTATIONS or kept.dtype != "uint16":
        raise BadModel(FOREIGN)
    if values["inputs"] != list(inputs.NAMES):
        raise BadModel(FOREIGN)
    marks = _marks(values["marks"])
    decided, rejected = int(values["decided"]), int(values["rejected"])
    scale = float(values["scale"])
    if not 0 <= rejected <= decided or scale < 0:
        raise BadModel(DAMAGED)
    if len(kept) > duplicates.KEPT or not 0 < len(str(values["language"])) <= 8:
        raise BadModel(DAMAGED)
    model = Model(
        stack=np.array(stack),
        constant=float(values["constant"]),
        own=own.astype(np.float32) * np.float32(scale),
        own_constant=float(values["own_constant"]),
        scale=scale,
        kept=np.array(kept),
        decided=decided,
        rejected=rejected,
        language=str(values["language"]),
        marks=marks,
    )
    told = values.get("meaning")
    return model if told is None else _with_meaning(model, told, arrays, under)


def _with_meaning(model: Model, told: dict[str, Any], arrays: dict[str, NDArray[Any]], under: str) -> Model:
    """With what was learned of vectors; without, where those were another encoder's."""
    if told["encoder"] != meaning.DIGEST:
        return model
    weights, stack = arrays[under + "meaning"], arrays[under + "meaning_stack"]
    wanted = ((weights, (encoder.WIDTH,), "float32"), (stack, (len(inputs.NAMES) + 1,), "float64"))
    if any(array.shape != shape or array.dtype != type_ for array, shape, type_ in wanted):
        raise BadModel(DAMAGED)
    return replace(
        model,
        stack=np.array(stack),
        constant=float(told["constant"]),
        marks=_marks(told["marks"]),
        meaning=np.array(weights),
        meaning_constant=float(told["own_constant"]),
        plain=Join(model.stack, model.constant, model.marks),
    )


def _marks(told: list[float]) -> tuple[float, ...]:
    marks = tuple(float(mark) for mark in told)
    if len(marks) not in {0, len(MARKED)}:
        raise BadModel(DAMAGED)
    return marks
