"""Whose turn it is in the server's threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from rejoinder.project.turns import IN_A_ROW, Turns


@pytest.fixture
def turns() -> Iterator[Turns]:
    made = Turns(threads=1)
    yield made
    made.close()


def _order(turns: Turns, waiting: str) -> str:
    """The order in which they came to their turn, all of them waiting for one in hand; capitals go ahead."""
    came: list[str] = []

    async def everybody() -> None:
        free = threading.Event()
        in_hand = asyncio.ensure_future(turns.run(free.wait))
        others = [
            asyncio.ensure_future(turns.run(came.append, name, ahead=name.isupper())) for name in waiting
        ]
        await asyncio.sleep(0)  # all of them have taken their place
        free.set()
        await asyncio.gather(in_hand, *others)

    asyncio.run(everybody())
    return "".join(came)


def test_a_page_that_many_wait_for_is_drawn_before_the_posts_that_wait(turns: Turns) -> None:
    assert _order(turns, "abcX") == "Xabc"


def test_a_crowd_of_readers_holds_no_writer_up(turns: Turns) -> None:
    crowd = "ABCDEFGHIJ"
    assert (
        _order(turns, "xy" + crowd)
        == f"{crowd[:IN_A_ROW]}x{crowd[IN_A_ROW : 2 * IN_A_ROW]}y{crowd[2 * IN_A_ROW :]}"
    )


def test_who_waits_is_told_what_went_wrong_and_the_next_has_its_turn(turns: Turns) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    async def both() -> str:
        failing = asyncio.ensure_future(turns.run(fail))
        after = asyncio.ensure_future(turns.run(str, 7))
        with pytest.raises(ZeroDivisionError):
            await failing
        return await after

    assert asyncio.run(both()) == "7"
