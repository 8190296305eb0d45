"""`reading()`: several statements see one state of the database, and leave the connection as they found it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from rejoinder.core.db import reading, writing
from rejoinder.core.models import Tally
from tests.parallel import at_once


def _another(key: str) -> Any:
    """Somebody else writes a row, on a connection of his own."""
    from rejoinder.core import clock

    return at_once(1, lambda _number: Tally.objects.create(key=key, count=1, ends=clock.now()))


@pytest.mark.django_db(transaction=True)
def test_what_others_commit_in_between_is_not_seen_and_is_seen_afterwards() -> None:
    with reading():
        assert Tally.objects.count() == 0
        _another("one")
        with reading():
            assert Tally.objects.count() == 0, "nested ones join"
        assert Tally.objects.count() == 0
    assert Tally.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_snapshot_begins_with_the_first_look_and_keeps_no_writer_waiting() -> None:
    with reading():
        _another("one")
        assert Tally.objects.count() in {0, 1}
        before = Tally.objects.count()
        _another("two")
        assert Tally.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_error_within_ends_the_snapshot_and_comes_through() -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), reading():
            assert Tally.objects.count() == 0
            raise ZeroDivisionError
    with pytest.raises(DatabaseError), reading(), connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM rejoinder_tally")
    _another("one")
    assert Tally.objects.count() == 1
    with writing():
        Tally.objects.all().delete()
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_connection_that_breaks_within_is_closed_and_the_next_one_works() -> None:
    with pytest.raises(DatabaseError), reading():
        assert Tally.objects.count() == 0
        assert connection.connection
        connection.connection.close()
        Tally.objects.count()
    assert connection.connection is None
    with reading():
        assert Tally.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_from_a_snapshot() -> None:
    with pytest.raises(DatabaseError), reading():
        assert Tally.objects.count() == 0
        with writing():
            Tally.objects.all().delete()
    with writing():
        assert Tally.objects.count() == 0


@pytest.mark.django_db
def test_within_a_transaction_nothing_is_begun_or_ended() -> None:
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured, reading():
            assert Tally.objects.count() == 0
        assert len(captured) == 1
        _ = Tally.objects.count()
