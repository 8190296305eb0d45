"""Learning: all decisions at once (`fit`), and a few more on top between two such times (`update`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rejoinder.assist.learning import duplicates, hashing, inputs, meaning, means, neutral, readings
from rejoinder.assist.learning.inputs import PLACE, Prepared
from rejoinder.assist.learning.linear import fit_weights
from rejoinder.assist.learning.stack import fit_stack, sigmoid
from rejoinder.assist.learning.state import MARKED, Join, Model, evidence, logits, quantised
from rejoinder.assist.learning.types import Example, Text

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

MOST = 20_000  # decisions that are learned from: the latest
_FOLDS = 4
_ONE_FOLD_FROM = 1_500  # decisions; from there on a quarter is enough to fit the last step on
_STEP, _STEPS = 0.3, 3  # of `update`
_PRICE: Final = 0.02  # of the loss on what is not seen: where it costs more, plain sentences weigh no more
_HEAVIEST = 10.0


def fit(examples: Sequence[Example], *, previous: Model | None = None) -> Model:
    """A model of these decisions, in the order of time; the same from the same, on every machine.

    `previous`: what was in use until the policy changed; what it says of a text becomes evidence for the new one.
    Weights are cut to 0..10; an example of weight 0 is left out.
    """
    examples = [one for one in examples if one.weight > 0][-MOST:]
    if not examples:
        return replace(previous, previous=None) if previous else Model()
    texts = [one.text for one in examples]
    language = usual_language(texts)
    prepared = readings.prepare(texts, language=language, meant=meaning.helps(language))
    return fit_prepared(prepared, examples, language, previous=previous)


def fit_prepared(
    prepared: Prepared, examples: Sequence[Example], language: str, *, previous: Model | None = None
) -> Model:
    """The same from arrays that are there already: `prepared` is of the examples' texts. With vectors among them, the
    model learns from these too.
    """
    labels = np.array([1.0 if one.label else 0.0 for one in examples])
    weights = np.array([min(float(one.weight), _HEAVIEST) for one in examples])
    decided = Decided(prepared, labels, weights, _asked(prepared, labels))
    base = Model(
        decided=len(labels),
        rejected=int(labels.sum()),
        language=language,
        previous=replace(previous, previous=None) if previous else None,
    )
    plain = neutral.weights(prepared.matrix, labels, weights, language)
    words, plain = _fairly(lambda plain: _by_words(base, decided, plain), plain)
    vectors = prepared.vectors
    if vectors is None:
        return words.model
    plain = means.weights_of_plain(vectors, labels, weights, plain)
    return _fairly(lambda plain: _by_meaning(words, decided, vectors, plain), plain)[0].model


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions as arrays. `asked`: see _asked."""

    prepared: Prepared
    labels: Floats
    weights: Floats
    asked: list[NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, what its last step learned from, and the loss there (mean, nats)."""

    model: Model
    rows: Rows
    columns: Floats
    loss: float


def _fairly(made: Callable[[Floats], Fitted], plain: Floats) -> tuple[Fitted, Floats]:
    """What is made with plain sentences of these weights, or of higher ones where it would wrong a group; with them."""
    found = made(plain)
    more = neutral.raised(found.model, plain)
    if (more > plain).any():
        other = made(more)
        if other.loss <= found.loss * (1 + _PRICE):
            return other, more
    return found, plain


def _by_words(base: Model, decided: Decided, plain: Floats) -> Fitted:
    prepared, labels, weights = decided.prepared, decided.labels, decided.weights
    rows, said = _said_unseen(decided, plain)
    columns = evidence(base, prepared)[rows]
    columns[:, PLACE["own"]] = said
    columns[:, PLACE["duplicate"]] = _repeats(prepared.signatures, labels, rows)
    last, loss = _join(columns, labels[rows], weights[rows])
    found, own_constant = _own(prepared.matrix, labels, weights, plain)
    own, scale = quantised(found)
    model = replace(
        base,
        stack=last.stack,
        constant=last.constant,
        own=own,
        own_constant=own_constant,
        scale=scale,
        kept=prepared.signatures[(labels > 0) & (prepared.signatures[:, 0] > 0)][-duplicates.KEPT :],
        marks=last.marks,
    )
    return Fitted(model, rows, columns, loss)


def _by_meaning(words: Fitted, decided: Decided, vectors: means.Vectors, plain: Floats) -> Fitted:
    """The same with vectors, beside what words say."""
    labels, weights = decided.labels, decided.weights
    meant = means.said_unseen(vectors, labels, weights, plain, decided.asked)[words.rows]
    columns = np.hstack([words.columns, meant[:, None]])
    whole, loss = _join(columns, labels[words.rows], weights[words.rows])
    found = means.fit_meaning(vectors, labels, weights, plain)
    model = replace(
        words.model,
        stack=whole.stack,
        constant=whole.constant,
        marks=whole.marks,
        meaning=found[0],
        meaning_constant=found[1],
        plain=Join(words.model.stack, words.model.constant, words.model.marks),
    )
    return Fitted(model, words.rows, columns, loss)


def _join(columns: Floats, labels: Floats, weights: Floats) -> tuple[Join, float]:
    """The last step over columns of inputs.NAMES, and one of meaning where there is one more; and its loss on them."""
    prior = (inputs.MEANS, inputs.DEVIATIONS, inputs.POSITIVE)
    if columns.shape[1] > len(inputs.NAMES):
        mean, deviation, positive = means.PRIOR
        prior = (np.append(prior[0], mean), np.append(prior[1], deviation), np.append(prior[2], positive))
    stack, constant = fit_stack(columns, labels, weights, prior)
    said = columns @ stack + constant
    loss = np.average(np.logaddexp(0, np.where(labels > 0, -said, said)), weights=weights)
    return Join(stack, constant, _marks(sigmoid(said)[labels == 0])), float(loss)


def _own(matrix: sparse.csr_matrix, labels: Floats, weights: Floats, plain: Floats) -> tuple[Floats, float]:
    """Weights of words and letters; zeros where all decisions are equal and there is nothing to learn.

    `plain`: what each plain sentence about a group weighs; empty where none is learned.
    """
    if not labels.any() or labels.all():
        return np.zeros(hashing.COLUMNS), 0.0
    own, _ = fit_weights(*neutral.beside(matrix, labels, weights, plain))
    # 0 is half-way between both. The constants of two fits differ by how many rejects each had, and with few of them
    # by more than what the words say: the last step would take that for noise in the words.
    said = matrix @ own
    return own, -float(said[labels == 0].mean() + said[labels > 0].mean()) / 2


def _said_unseen(decided: Decided, plain: Floats) -> tuple[Rows, Floats]:
    """(rows, what a model that has not seen them says of each): what the last step learns from."""
    matrix, labels, weights = decided.prepared.matrix, decided.labels, decided.weights
    said = np.zeros(len(labels))
    for asked in decided.asked:
        own, constant = _own(matrix[~asked], labels[~asked], weights[~asked], plain)
        said[asked] = matrix[asked] @ own + constant
    rows = np.flatnonzero(np.any(decided.asked, axis=0))
    return rows, said[rows]


def _asked(prepared: Prepared, labels: Floats) -> list[NDArray[np.bool_]]:
    """Which texts are asked of a model that has not seen them, and learned from the others: one after the other."""
    folds = _folds(prepared.same, labels)
    return [folds == fold for fold in (range(1) if len(labels) >= _ONE_FOLD_FROM else range(_FOLDS))]


def _folds(same: Sequence[bytes], labels: Floats) -> Rows:
    """Which fold each text is in: equal texts in one, rejections dealt out evenly, whatever the order."""
    keys, group = np.unique(np.frombuffer(b"".join(same), ">u8"), return_inverse=True)
    rejected = np.zeros(len(keys))
    np.maximum.at(rejected, group, labels)
    place = np.empty(len(keys), np.int64)
    place[np.argsort(rejected, kind="stable")] = np.arange(len(keys))
    return np.asarray(place[group] % _FOLDS)


def _repeats(signatures: duplicates.Signatures, labels: Floats, rows: Rows) -> Floats:
    """1 where another text that was rejected says much the same."""
    rejected = np.flatnonzero((labels > 0) & (signatures[:, 0] > 0))[-duplicates.KEPT :]
    kept = signatures[rejected]
    place = {row: at for at, row in enumerate(rejected.tolist())}
    itself = [place.get(row, -1) for row in rows.tolist()]
    return (duplicates.likest(signatures[rows], kept, but=itself) >= duplicates.LIKE).astype(float)


def _marks(approved: Floats) -> tuple[float, ...]:
    """Empty where fewer than 50 were approved: the share of 2% would be one of them."""
    if len(approved) < 50:
        return ()
    return tuple(float(mark) for mark in np.quantile(approved, [1 - share for share in MARKED]))


def usual_language(texts: Sequence[Text]) -> str:
    """The language of most texts; English where none can be told."""
    sample = texts[:: max(1, len(texts) // 100)]
    spoken = Counter(code for text in sample if (code := inputs.spoken_in(text, "")))
    return spoken.most_common(1)[0][0] if spoken else "en"


def update(model: Model, examples: Sequence[Example]) -> Model:
    """The model with a few more decisions learned in small steps; for between two fits, which forget these steps.

    The steps move what the words say, and what is kept of rejected texts; how evidence is weighed stays.
    """
    examples = [one for one in examples if one.weight > 0][-MOST:]
    if not examples:
        return model
    # Without vectors: a step is made while somebody waits, and what it misses is much the same by words alone.
    prepared = inputs.prepare([one.text for one in examples], language=model.language)
    labels = np.array([1.0 if one.label else 0.0 for one in examples])
    weights = np.array([min(float(one.weight), 1.0) for one in examples])
    fresh = prepared.signatures[(labels > 0) & (prepared.signatures[:, 0] > 0)]
    moved = replace(model, scale=model.scale or 1.0)
    # In log-odds of the outcome: where the last step makes much of the words, they move by so much less.
    length = _STEP / max(1.0, len(labels) / 25) / max(1.0, float(model.stack[PLACE["own"]]))
    for _ in range(_STEPS):
        missed = weights * (labels - sigmoid(logits(moved, prepared)))
        step = prepared.matrix.T @ (length * missed)
        moved = replace(moved, own=(moved.own + step).astype(np.float32))
    own, scale = quantised(moved.own)
    kept = np.concatenate([model.kept, fresh])[-duplicates.KEPT :]
    return replace(model, own=own, scale=scale, kept=kept)
