"""What every test stands on: a data folder of its own, one of two databases, closed sockets.

`--db sqlite` (default) runs on a SQLite file, `--db postgres` on a PostgreSQL that the run starts and stops.
`--long` takes in the tests marked so; `--db-only` leaves out those that touch no database.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import pytest_django

from tests.browsers import require_chromium
from tests.servers import RunFolder, running_valkey, start_postgres
from tests.templates import bring_template, keep_template, my_turn

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = "REJOINDER_TEST_FOLDER"
# Settings of whoever runs the suite must not reach the tests.
FOREIGN = ("REJOINDER_", "DATABASE_URL", "VALKEY_URL", "DJANGO_")
KEPT = (FOLDER, "REJOINDER_SHARED")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}

# What a browser shows does not depend on the database, but for tests marked `on_both`.
ONE_LOOK = "a browser sees no database: the run on SQLite looks"

# ms that a page is given to show what is expected of it: much, on a machine that does much else.
PATIENCE = 20_000

_run: RunFolder | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgres"), default="sqlite", help="database of this run")
    parser.addoption("--db-only", action="store_true", help="leave out tests that touch no database")
    parser.addoption("--long", action="store_true", help="run the tests marked long too")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle folder and database before Django reads its settings; a worker inherits both."""
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    if worker == "main":
        _start_run(config.getoption("--db"))
    data = Path(os.environ[FOLDER]) / worker
    (data / "static").mkdir(parents=True)
    os.environ["REJOINDER_DATA"] = str(data)
    os.environ["REJOINDER_CONFIG"] = str(data / "rejoinder.toml")
    os.environ["DJANGO_SETTINGS_MODULE"] = "rejoinder.project.settings"
    # Tests sign staff in without one, but for those of the second factor itself.
    os.environ["REJOINDER_STAFF_SECOND_FACTOR"] = "off"
    from django.conf import settings

    assert settings.DATABASES, "the settings load"


def _start_run(database: str) -> None:
    global _run  # noqa: PLW0603 (a run is one process's; pytest_unconfigure ends it)
    for name in [name for name in os.environ if name.startswith(FOREIGN) and name not in KEPT]:
        del os.environ[name]
    _run = RunFolder()
    os.environ[FOLDER] = str(_run.path)
    if database == "postgres":
        os.environ["DATABASE_URL"] = start_postgres(_run.path)


def pytest_unconfigure() -> None:
    global _run  # noqa: PLW0603
    if _run is not None:
        _run.remove()
        _run = None


def pytest_report_header(config: pytest.Config) -> str:
    if config.getoption("--db") == "postgres":
        return "database: PostgreSQL, started for this run"
    import sqlite3

    return f"database: SQLite {sqlite3.sqlite_version}, a file"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if "long" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="long: run by bin/sure, or with --long"))
    if config.getoption("--db-only"):
        config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
        items[:] = [item for item in items if _touches_database(item)]
    for item in items:
        if "browser" in item.keywords:
            # The server of a test is a thread of it, whose connections end when they end.
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            if config.getoption("--db") == "postgres" and "on_both" not in item.keywords:
                item.add_marker(pytest.mark.skip(reason=ONE_LOOK))
    items.sort(key=_commits)


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db"):
        return True
    return hasattr(getattr(item, "cls", None), "databases") or not DATABASE_FIXTURES.isdisjoint(
        _fixtures(item)
    )


def _commits(item: pytest.Item) -> bool:
    """Whether the test commits for real, so that it runs after those that are rolled back."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or not COMMITTING.isdisjoint(_fixtures(item))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if "browser" in item.keywords:
        require_chromium()


def templates_folder() -> Path:
    """Where migrated databases are kept from run to run: beside the folders of the runs."""
    return Path(os.environ[FOLDER]).parent


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as it is served: threads and processes share it, WAL is on, writers queue."""
    from django.db import connections

    database: dict[str, Any] = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        database["TEST"]["NAME"] = str(data_folder() / "test.sqlite3")
        database["OPTIONS"]["init_command"] = database["OPTIONS"]["init_command"].replace("FULL", "OFF")


@pytest.fixture(scope="session")
def _turn() -> Iterator[ExitStack]:
    with ExitStack() as held:
        yield held


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, _turn: ExitStack) -> bool:
    """Begin from an earlier run's migrated database where there is one. The run's folder goes as a whole."""
    from django.db import connections

    if bring_template(templates_folder(), connections["default"].settings_dict):
        return True
    _turn.enter_context(my_turn(templates_folder()))
    return bring_template(templates_folder(), connections["default"].settings_dict)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_keepdb: bool,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    _turn: ExitStack,
) -> Iterator[None]:
    """As pytest-django's, and keeps a database that was migrated from nothing for the next run."""
    from django.db import connections
    from django.test import TransactionTestCase

    from tests.pristine import Pristine

    with django_db_blocker.unblock():
        if not django_db_keepdb:
            connections["default"].close()
            keep_template(templates_folder(), connections["default"].settings_dict)
        _turn.close()
        pristine = Pristine()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: pristine.restore())
        yield
    if connections["default"].vendor == "postgresql":
        # A server thread of a browser test may hold a connection a moment longer; a database in use is not dropped.
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def data_folder() -> Path:
    """REJOINDER_DATA of this test process."""
    return Path(os.environ["REJOINDER_DATA"])


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser. Skips where there is none (fails where REQUIRE_BROWSER=1)."""
    return require_chromium()


@pytest.fixture(scope="session")
def _chromium_running(chromium: str) -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """One Chromium for all tests of this process: to start one takes longer than what most tests do with it."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield started, loop
        asyncio._set_running_loop(loop)
        started.close()


@pytest.fixture
def beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The browser's driver runs an event loop in this thread; the database is used beside it, not within."""
    from django.db import connections

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    yield
    connections.close_all()


@pytest.fixture
def browser(
    _chromium_running: tuple[Browser, asyncio.AbstractEventLoop], beside_the_loop: None
) -> Iterator[Browser]:
    """The browser; whatever a test opens in it is closed after the test."""
    started, loop = _chromium_running
    # The driver's loop is this thread's for as long as a test has the browser: others may run one of their own.
    asyncio._set_running_loop(loop)
    yield started
    for context in started.contexts:
        context.close()
    asyncio._set_running_loop(None)


@pytest.fixture(autouse=True)
def _hands_as_quick_as_programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright fills a form and sends it within a second: that alone would have it held, on a fast machine."""
    if request.node.get_closest_marker("browser"):
        from rejoinder.moderation import signals

        monkeypatch.setattr(signals, "FAST", 0)
        monkeypatch.setattr(signals, "HURRIED", 0)


@pytest.fixture(autouse=True)
def _answers_leave_when_they_are_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in waits for a beat, so that nobody learns from how long it took; tests have nothing to learn."""
    from rejoinder.core import beat

    monkeypatch.setattr(beat, "SECONDS", 0.0)


@pytest.fixture(autouse=True)
def _mail_server_that_failed_is_tried_again_in_the_next_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left alone for ten seconds: the tests that come within them would get no letters."""
    from rejoinder.core import mail

    monkeypatch.setitem(mail._rest, "until", 0.0)


@pytest.fixture(scope="session")
def _valkey() -> Iterator[str]:
    with running_valkey(data_folder() / "valkey") as address:
        yield address


@pytest.fixture
def valkey_url(_valkey: str) -> str:
    """VALKEY_URL of a running, empty Valkey."""
    import redis

    with redis.Redis.from_url(_valkey.replace("valkey://", "redis://")) as client:
        client.flushall()
    return _valkey
