"""Learning: all decisions at once (`fit`), and a few more on top between two such times (`update`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rejoinder.assist.learning import duplicates, groups, hashing, inputs, meaning, means, normal, readings
from rejoinder.assist.learning.inputs import PLACE, Prepared
from rejoinder.assist.learning.linear import fit_plain, fit_weights
from rejoinder.assist.learning.stack import fit_stack, sigmoid
from rejoinder.assist.learning.state import MARKED, Join, Model, evidence, logits, quantised
from rejoinder.assist.learning.types import Example, Text

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

MOST = 20_000  # decisions that are learned from: the latest
_FOLDS = 4
_ONE_FOLD_FROM = 1_500  # decisions; from there on a quarter is enough to fit the last step on
_STEP, _STEPS = 0.3, 3  # of `update`
_NEUTRAL: Final = 0.05  # what plain sentences about groups of people weigh, of the weight of all decisions
_SUSPECTED, _STRESS = (
    0.25,
    10.0,
)  # how far on the way to what is rejected, and how much more such a sentence weighs
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
    base = Model(
        decided=len(labels),
        rejected=int(labels.sum()),
        language=language,
        previous=replace(previous, previous=None) if previous else None,
    )
    plain = _weights_of_plain(prepared, labels, weights, language)
    all_asked = _asked(prepared, labels)
    rows, said = _said_unseen(prepared, labels, weights, plain, all_asked)
    columns = evidence(base, prepared)[rows]
    columns[:, PLACE["own"]] = said
    columns[:, PLACE["duplicate"]] = _repeats(prepared.signatures, labels, rows)
    last = _join(columns, labels[rows], weights[rows])
    found, own_constant = _own(prepared.matrix, labels, weights, plain)
    own, scale = quantised(found)
    fitted = replace(
        base,
        stack=last.stack,
        constant=last.constant,
        own=own,
        own_constant=own_constant,
        scale=scale,
        kept=prepared.signatures[(labels > 0) & (prepared.signatures[:, 0] > 0)][-duplicates.KEPT :],
        marks=last.marks,
    )
    if prepared.vectors is None:
        return fitted
    plain = means.weights_of_plain(prepared.vectors, labels, weights, plain)
    meant = means.said_unseen(prepared.vectors, labels, weights, plain, all_asked)[rows]
    whole = _join(np.hstack([columns, meant[:, None]]), labels[rows], weights[rows])
    return _with_meaning(fitted, whole, means.fit_meaning(prepared.vectors, labels, weights, plain))


def _with_meaning(fitted: Model, whole: Join, found: tuple[NDArray[np.float32], float]) -> Model:
    return replace(
        fitted,
        stack=whole.stack,
        constant=whole.constant,
        marks=whole.marks,
        meaning=found[0],
        meaning_constant=found[1],
        plain=Join(fitted.stack, fitted.constant, fitted.marks),
    )


def _join(columns: Floats, labels: Floats, weights: Floats) -> Join:
    """The last step over columns of inputs.NAMES, and one of meaning where there is one more."""
    prior = (inputs.MEANS, inputs.DEVIATIONS, inputs.POSITIVE)
    if columns.shape[1] > len(inputs.NAMES):
        mean, deviation, positive = means.PRIOR
        prior = (np.append(prior[0], mean), np.append(prior[1], deviation), np.append(prior[2], positive))
    stack, constant = fit_stack(columns, labels, weights, prior)
    return Join(stack, constant, _marks(sigmoid(columns @ stack + constant)[labels == 0]))


def _own(matrix: sparse.csr_matrix, labels: Floats, weights: Floats, plain: Floats) -> tuple[Floats, float]:
    """Weights of words and letters; zeros where all decisions are equal and there is nothing to learn.

    `plain`: what each plain sentence about a group weighs; empty where none is learned.
    """
    if not labels.any() or labels.all():
        return np.zeros(hashing.COLUMNS), 0.0
    own, _ = fit_weights(*_with_plain(matrix, labels, weights, plain))
    # 0 is half-way between both. The constants of two fits differ by how many rejects each had, and with few of them
    # by more than what the words say: the last step would take that for noise in the words.
    said = matrix @ own
    return own, -float(said[labels == 0].mean() + said[labels > 0].mean()) / 2


def _with_plain(
    matrix: sparse.csr_matrix, labels: Floats, weights: Floats, plain: Floats
) -> tuple[sparse.csr_matrix, Floats, Floats]:
    if not len(plain):
        return matrix, labels, weights
    return (
        sparse.vstack([matrix, _plain_sentences()], format="csr"),
        np.append(labels, np.zeros(len(plain))),
        np.append(weights, plain),
    )


def _weights_of_plain(prepared: Prepared, labels: Floats, weights: Floats, language: str) -> Floats:
    """What each plain sentence weighs: little, but more where the decisions alone would hold it against the group."""
    if language != "en" or not labels.any() or labels.all():
        return np.zeros(0)
    count = _plain_sentences().shape[0]
    each = np.full(count, min(_NEUTRAL * float(weights.sum()) / count, 1.0))
    # For a first look every other of many decisions is enough.
    step = 2 if len(labels) >= _ONE_FOLD_FROM and 0 < labels[::2].sum() < len(labels[::2]) else 1
    look, labels = prepared.matrix[::step], labels[::step]
    own, _ = fit_plain(*_with_plain(look, labels, weights[::step], each / step))
    said = look @ own
    low, high = said[labels == 0].mean(), said[labels > 0].mean()
    suspected = _plain_sentences() @ own > low + _SUSPECTED * (high - low)
    return np.where(suspected, np.minimum(each * _STRESS, 1.0), each)


@cache
def _plain_sentences() -> sparse.csr_matrix:
    return hashing.matrix([normal.pieces(sentence) for sentence in groups.learned()])


def _said_unseen(
    prepared: Prepared, labels: Floats, weights: Floats, plain: Floats, all_asked: Sequence[NDArray[np.bool_]]
) -> tuple[Rows, Floats]:
    """(rows, what a model that has not seen them says of each): what the last step learns from."""
    said = np.zeros(len(labels))
    for asked in all_asked:
        own, constant = _own(prepared.matrix[~asked], labels[~asked], weights[~asked], plain)
        said[asked] = prepared.matrix[asked] @ own + constant
    rows = np.flatnonzero(np.any(all_asked, axis=0))
    return rows, said[rows]


def _asked(prepared: Prepared, labels: Floats) -> list[NDArray[np.bool_]]:
    """Which texts are asked of a model that has not seen them, and learned from the others: one after the other."""
    folds = _folds(prepared.same, labels)
    return [folds == fold for fold in (range(1) if len(labels) >= _ONE_FOLD_FROM else range(_FOLDS))]


def _folds(same: Sequence[bytes], labels: Floats) -> Rows:
    """Which fold each text is in: equal texts in one, rejections dealt out evenly, whatever the order."""
    groups_: dict[bytes, list[int]] = defaultdict(list)
    for row, key in enumerate(same):
        groups_[key].append(row)
    order = sorted(groups_, key=lambda key: (labels[groups_[key]].max(), key))
    folds = np.zeros(len(labels), np.int64)
    for place, key in enumerate(order):
        folds[groups_[key]] = place % _FOLDS
    return folds


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
    sample = texts[:: max(1, len(texts) // 200)]
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
