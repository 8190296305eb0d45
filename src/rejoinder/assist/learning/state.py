"""A model as it is kept: a few arrays. Without a decision it is the shipped prior alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rejoinder.assist.learning import duplicates, hashing, inputs
from rejoinder.assist.learning.inputs import PLACE, Prepared

Floats = NDArray[np.float64]
Weights = NDArray[np.float32]

FEWEST, FEWEST_OF_EACH = 50, 5  # decisions from which a probability can be calibrated
USUAL: Final = (
    0.05  # false positives, of all that is approved, at the score from which a plain sentence is suspected
)
MARKED: Final = (0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002)  # shares of what was approved, see Model.marks


def _nothing() -> Weights:
    return np.zeros(hashing.COLUMNS, np.float32)


def _no_signatures() -> duplicates.Signatures:
    return np.zeros((0, duplicates.PERMUTATIONS), np.uint16)


def _no_meaning() -> Weights:
    return np.zeros(0, np.float32)


@dataclass(frozen=True, eq=False)
class Join:
    """The last step: what evidence weighs. `stack`: one for each column; `marks`: see Model."""

    stack: Floats
    constant: float
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Model:
    """Immutable. `own`: hashing.COLUMNS weights, each a multiple of `scale`; `stack`: one for each of inputs.NAMES.

    `marks`: the scores that the shares MARKED of what was approved exceed; empty where too little was.
    `previous`: the model in use before the policy changed, itself without one.
    `meaning`: a weight for each number of a text's vector, or none where it was learned without vectors. With them,
    `stack` has one more, at its end, and `plain` is the last step for where there are no vectors.
    """

    stack: Floats = field(default_factory=inputs.MEANS.copy)
    constant: float = -1.25
    own: Weights = field(default_factory=_nothing)
    own_constant: float = 0.0
    scale: float = 0.0
    kept: duplicates.Signatures = field(default_factory=_no_signatures)
    decided: int = 0
    rejected: int = 0
    language: str = "en"
    marks: tuple[float, ...] = ()
    previous: Model | None = None
    meaning: Weights = field(default_factory=_no_meaning)
    meaning_constant: float = 0.0
    plain: Join | None = None

    @property
    def calibrated(self) -> bool:
        """Whether its scores are probabilities of a rejection on its site."""
        return self.decided >= FEWEST and min(self.rejected, self.decided - self.rejected) >= FEWEST_OF_EACH

    @property
    def meant(self) -> bool:
        """Whether it takes vectors, or the one before it does."""
        return self.plain is not None or (self.previous is not None and self.previous.meant)

    @property
    def rate(self) -> float:
        """The share of rejections, never quite 0 or 1."""
        return (self.rejected + 1) / (self.decided + 2)


def without_meaning(model: Model) -> Model:
    """The same where there are no vectors: its last step is the one that was learned without them."""
    previous = without_meaning(model.previous) if model.previous is not None else None
    if model.plain is None:
        return model if previous is model.previous else replace(model, previous=previous)
    return replace(
        model,
        stack=model.plain.stack,
        constant=model.plain.constant,
        marks=model.plain.marks,
        previous=previous,
        meaning=_no_meaning(),
        meaning_constant=0.0,
        plain=None,
    )


def evidence(model: Model, prepared: Prepared) -> Floats:
    """Texts by inputs.NAMES: what there is to say of each, before it is weighed; and what it says as a whole, where
    the model takes vectors (there must be some then).
    """
    columns = prepared.fixed.copy()
    if model.scale:
        columns[:, PLACE["own"]] = prepared.matrix @ model.own + model.own_constant
    columns[:, PLACE["record"]] = inputs.records(prepared.texts, model.rate)
    likeness = duplicates.likest(prepared.signatures, model.kept)
    columns[:, PLACE["duplicate"]] = likeness >= duplicates.LIKE
    if model.previous is not None:
        columns[:, PLACE["before"]] = np.clip(logits(model.previous, prepared), -6, 6)
    if model.plain is not None and prepared.vectors is not None:
        said = prepared.vectors @ model.meaning + model.meaning_constant
        columns = np.hstack([columns, said[:, None]])
    return columns


def logits(model: Model, prepared: Prepared) -> Floats:
    """Log-odds of a rejection."""
    if prepared.vectors is None:
        model = without_meaning(model)
    return np.asarray(evidence(model, prepared) @ model.stack + model.constant)


def quantised(weights: NDArray[np.floating]) -> tuple[Weights, float]:
    """Weights as multiples of a scale, -127 to 127 times, so that a file of single bytes says exactly the same."""
    scale = float(np.float32(np.abs(weights).max() / 127))
    if scale <= 0:
        return _nothing(), 0.0
    return np.round(weights / scale).clip(-127, 127).astype(np.float32) * np.float32(scale), scale


def limit_of(model: Model) -> float:
    """The score from which a sentence counts: what 5% of what was approved here exceed, else one half.

    Never below the usual share of rejections: where all that is approved has next to nothing, nearly nothing is no
    suspicion.
    """
    return max(model.marks[MARKED.index(USUAL)], model.rate) if model.marks else 0.5
