"""Perspective's attributes, and what each is answered by here.

There is one model, and it knows one thing: what this newsroom's moderators reject. Attributes that name a kind of
that are answered alike; the lexicon and signs of advertising answer for theirs; of the others nothing is known.
"""

from __future__ import annotations

import re
from typing import Literal

By = Literal["rejection", "toxicity", "severe", "profanity", "spam", "nothing"]

_BY: dict[str, By] = {
    "LIKELY_TO_REJECT": "rejection",
    "TOXICITY": "toxicity",
    "INSULT": "toxicity",
    "IDENTITY_ATTACK": "toxicity",
    "THREAT": "toxicity",
    "INFLAMMATORY": "toxicity",
    "ATTACK_ON_AUTHOR": "toxicity",
    "ATTACK_ON_COMMENTER": "toxicity",
    "SEVERE_TOXICITY": "severe",
    "PROFANITY": "profanity",
    "OBSCENE": "profanity",
    "SEXUALLY_EXPLICIT": "profanity",
    "SPAM": "spam",
    "FLIRTATION": "nothing",
    "INCOHERENT": "nothing",
    "UNSUBSTANTIAL": "nothing",
}
# Kinds of good and bad argument that were on trial there.
_ON_TRIAL = (
    "AFFINITY COMPASSION CURIOSITY NUANCE PERSONAL_STORY REASONING RESPECT "
    "ALIENATION FEARMONGERING GENERALIZATION MORAL_OUTRAGE POWER SCAPEGOATING"
)
_BY |= dict.fromkeys(_ON_TRIAL.split(), "nothing")

# TOXICITY@6, TOXICITY_EXPERIMENTAL, TOXICITY_FAST.
_VARIANT = re.compile(r"(?:_EXPERIMENTAL|_FAST)?(?:@\d{1,4})?\Z")

# Of feedback: which suggestions are about what is rejected. What Coral's older versions name instead of an attribute:
# what was decided.
_DECIDED = {"APPROVED": 0.0, "HIGHLIGHTED": 0.0, "DELETED": 1.0, "REJECTED": 1.0}


def answered_by(name: str) -> By | None:
    """What answers for an attribute, whichever of its variants is named; None where Perspective had none such."""
    return _BY.get(_VARIANT.sub("", name, count=1)) if len(name) <= 60 else None


def rejection(name: str, value: float) -> float | None:
    """What a suggested score says about rejection, 0..1; None for what is no reason to reject."""
    if name in _DECIDED:
        return abs(_DECIDED[name] - (0.0 if value >= 0.5 else 1.0))
    by = answered_by(name)
    return None if by in {None, "nothing"} else min(max(value, 0.0), 1.0)
