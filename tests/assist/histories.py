"""Decisions as a newsroom makes them: invented texts, some of which an invented policy rejects."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from rejoinder.accounts.models import Commenter, Site
from rejoinder.assist.actions import learn
from rejoinder.core import clock

PEOPLE = ("mayor", "council", "driver", "baker", "teacher", "referee", "plumber", "neighbour", "committee")
FINE = (
    "I think the {} did what could be done with the money that was there, number {}.",
    "Has anybody asked the {} how the vote of item {} went in the end?",
    "My family has known the {} for years, and point {} of the story is fair.",
    "The figures in paragraph {1} do not agree with what the {0} said in spring.",
)
ROTTEN = (
    "The {} is a worthless snorkwaffle and should crawl back under stone {}.",
    "Only a snorkwaffle believes the {}, you brainless grumbler number {}.",
    "Shut up about the {}, you rotten grumbler, nobody wants your story {}.",
    "Buy cheap lanterns now, ask the {}, offer {} ends tonight!",
)


def a_text(rejected: bool, dice: random.Random) -> str:
    shape = dice.choice(ROTTEN if rejected else FINE)
    return shape.format(dice.choice(PEOPLE), dice.randrange(1000))


def decide(
    site: Site, count: int, *, share: float = 0.3, seed: int = 1, flipped: bool = False, **more: Any
) -> None:
    """So many decisions, a minute between them, the last one now; `flipped`: all the other way round."""
    dice = random.Random(seed)
    # Both kinds are there from the first few on.
    kinds = [dice.random() < share or place == 1 for place in range(count)]
    began = more.pop("at", clock.now() - timedelta(minutes=count))
    for place, rejected in enumerate(kinds):
        learn(
            site=site,
            comment_id=1_000_000 * seed + place,
            body=a_text(rejected, dice),
            label=int(rejected != flipped),
            at=began + timedelta(minutes=place),
            **more,
        )


def of(author: Commenter, site: Site, count: int = 1) -> None:
    """Decisions about what one person wrote."""
    for place in range(count):
        text = a_text(False, random.Random(place))
        learn(
            site=site,
            comment_id=9_000_000 + 1_000 * author.pk + place,
            body=text,
            label=0,
            at=clock.now(),
            author=author,
        )
