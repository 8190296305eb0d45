"""How well a version does on decisions that came later than what it learned from, and what may be promised."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rejoinder.accounts.models import Site
from rejoinder.assist.fitting import Made
from rejoinder.assist.queries import policy_of

LATEST = 2_000  # of what was foretold, the newest that promises are made on
KEPT = LATEST  # that are stored with the version: for what other caps would give


def measure(site: Site, made: Made) -> tuple[dict[str, Any], dict[str, Any]]:
    """(evaluation, thresholds) of a version, as they are stored: figures of learning.evaluation and identity, the
    comparison with the version before, and `later`, the newest probabilities with what was decided.
    """
    from rejoinder.assist.learning.evaluation import figures, judge_unseen
    from rejoinder.assist.learning.identity import identity_audit
    from rejoinder.assist.learning.thresholds import thresholds

    policy = policy_of(site)
    unseen = judge_unseen([one.example for one in made.told])
    said = unseen.scores[unseen.calibrated].tolist()[-LATEST:]
    labels = [int(label) for label in unseen.labels[unseen.calibrated].tolist()[-LATEST:]]
    promised = thresholds(said, labels, miss=policy.miss, through=policy.through)
    evaluation = figures(unseen) | {
        "trial": made.trial,
        "vectors": made.model.plain is not None,
        "identity": [asdict(row) for row in identity_audit(made.model)],
        "later": [[round(p, 3), label] for p, label in zip(said[-KEPT:], labels[-KEPT:], strict=True)],
    }
    return evaluation, asdict(promised)
