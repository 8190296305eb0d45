"""Transactions that write: they queue, so that nobody is told that the database is locked."""

from __future__ import annotations

import multiprocessing

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import F

from rejoinder.core import clock
from rejoinder.core.db import ask, writing
from rejoinder.core.models import Tally
from tests.parallel import at_once

FORK = multiprocessing.get_context("fork")


def _add_many(times: int) -> None:
    """What each process does; its connection is its own."""
    for _ in range(times):
        with writing():
            Tally.objects.filter(key="shared").update(count=F("count") + 1)
    connections.close_all()


def _begin(count: int = 0) -> None:
    from rejoinder.core import clock

    Tally.objects.create(key="shared", count=count, ends=clock.now())


@pytest.mark.django_db(transaction=True)
def test_eight_processes_write_and_none_is_turned_away() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL queues by itself")
    _begin()
    connections.close_all()  # none may be shared across a fork
    started = [FORK.Process(target=_add_many, args=(25,)) for _ in range(8)]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0] * 8
    assert Tally.objects.get().count == 200


@pytest.mark.django_db(transaction=True)
def test_threads_write_one_after_the_other_and_lose_nothing() -> None:
    _begin()

    def add(_: int) -> None:
        from rejoinder.core.db import locked

        for _step in range(10):
            with writing():
                row = locked(Tally.objects.filter(key="shared")).get()
                row.count += 1
                row.save()

    at_once(8, add)
    assert Tally.objects.get().count == 80


@pytest.mark.django_db(transaction=True)
def test_inner_use_joins_the_outer_one() -> None:
    with pytest.raises(ValueError), writing():
        with writing():
            _begin()
        raise ValueError
    assert not Tally.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_failed_writer_lets_the_next_one_in() -> None:
    for _ in range(2):
        with pytest.raises(ValueError), writing():
            raise ValueError
    with writing():
        _begin()
    assert Tally.objects.exists()


@pytest.mark.django_db
def test_statement_that_the_database_refuses_raises_the_error_that_django_would() -> None:
    twice = "INSERT INTO rejoinder_tally (key, count, ends) VALUES (%(key)s, 1, %(ends)s)"
    values = {"key": "test:twice", "ends": connection.ops.adapt_datetimefield_value(clock.now())}
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(twice, values)
        ask(twice, values)
    assert ask("SELECT key FROM rejoinder_tally WHERE key LIKE 'test:%%' AND key <> %s", [""]) == []


@pytest.mark.django_db
def test_nothing_is_asked_in_a_transaction_that_is_lost() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            ask("SELECT 1")
        transaction.set_rollback(False)
    assert ask("SELECT 1") == [(1,)]
