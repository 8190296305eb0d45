"""Invented comments about an invented town: a policy that rejects insults, and what is written beside them."""

from __future__ import annotations

import random

from rejoinder.assist.learning import Example, Text

_PEOPLE = [
    "mayor",
    "council",
    "reporter",
    "driver",
    "teacher",
    "editor",
    "neighbour",
    "farmer",
    "singer",
    "referee",
]
_MATTERS = [
    "bridge",
    "harbour",
    "school",
    "tram",
    "budget",
    "market",
    "library",
    "stadium",
    "forest",
    "bakery",
]
_CALM = (
    "The {person} was right about the {matter}, as the figures of last year show.",
    "I walked past the {matter} this morning and saw the {person} talking to people.",
    "Could someone explain why the {matter} costs more than the {person} said?",
    "Thank you for this report. The {matter} matters to all of us, not only to the {person}.",
    "We had the same with the {matter} ten years ago, and the {person} promised the same.",
)
_RUDE = (
    "The {person} is a grumblefitz and the {matter} proves it.",
    "Typical. Only a grumblefitz like you would defend the {matter}.",
    "Nobody asked you, you snollygost, go and live under the {matter}.",
    "What a snollygost that {person} is, lock them into the {matter}!!!",
    "Grumblefitz! Snollygost! The {person} should be thrown off the {matter}.",
)


def history(count: int, *, rejected: float = 0.2, seed: int = 0, wrong: float = 0.0) -> list[Example]:
    """Decisions in the order of time. `wrong`: the share of them that are the other way round."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        label = int(chance.random() < rejected)
        body = chance.choice(_RUDE if label else _CALM).format(
            person=chance.choice(_PEOPLE), matter=chance.choice(_MATTERS)
        )
        found.append(Example(Text(body, "en"), 1 - label if chance.random() < wrong else label))
    return found
