"""Asking: a score to rank by, a probability where it can be calibrated, and the reasons for it."""

from __future__ import annotations

from collections.abc import Sequence

from rejoinder.assist.learning import inputs, meaning, reasons
from rejoinder.assist.learning.stack import sigmoid
from rejoinder.assist.learning.state import Model, evidence, without_meaning
from rejoinder.assist.learning.types import Judgement, Text

BATCH = 512  # texts whose arrays are in memory at once: about 20 MB


def score(model: Model, texts: Sequence[Text], *, why: bool = True) -> list[Judgement]:
    """A judgement of each text, in their order. `why=False` leaves the reasons out, for thousands at once."""
    return [
        judgement
        for begin in range(0, len(texts), BATCH)
        for judgement in _score(model, texts[begin : begin + BATCH], why=why)
    ]


def usable(model: Model) -> Model:
    """As it can be asked here: without what it learned of vectors, where there is no encoder."""
    return model if not model.meant or meaning.available() else without_meaning(model)


def _score(model: Model, texts: Sequence[Text], *, why: bool) -> list[Judgement]:
    model = usable(model)
    prepared = inputs.prepare(texts, language=model.language, meant=model.meant)
    columns = evidence(model, prepared)
    scores = sigmoid(columns @ model.stack + model.constant).tolist()
    return [
        Judgement(
            score=score,
            probability=score if model.calibrated else None,
            reasons=reasons.of(model, prepared, columns, place) if why else (),
        )
        for place, score in enumerate(scores)
    ]
