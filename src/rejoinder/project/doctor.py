"""What could be wrong with a server, looked at one by one. Each finding says the cause and what to do."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import DatabaseError, connection

import rejoinder
from rejoinder.core import clock
from rejoinder.core.conf import Configuration, ConfigurationError
from rejoinder.project import proxies, sqlite
from rejoinder.project.assist_check import assist
from rejoinder.project.chain_check import decisions
from rejoinder.project.deadline_check import deadlines
from rejoinder.project.failures import database_sentence
from rejoinder.project.findings import ATTENTION, FAILURE, OK, Finding
from rejoinder.project.mail_check import mail
from rejoinder.project.secret import SHORTEST

RESERVE_SHARE, RESERVE = 0.05, 16 * 1024 * 1024  # free disk below which writes may soon fail
LATE = timedelta(minutes=5)
SAMPLE = 300  # comments whose counters are compared with the rows they count
BORN = 2026  # a clock that shows an earlier year than this version's is wrong


Check = Callable[[Configuration], Iterator[Finding]]


def versions(configuration: Configuration) -> Iterator[Finding]:
    newsroom = "with the newsroom" if getattr(settings, "NEWSROOM", False) else "without the newsroom"
    python = platform.python_version()
    cause = f"Rejoinder {rejoinder.__version__}, {newsroom}; Python {python}, Django {django.__version__}."
    if sys.version_info < (3, 11) or django.VERSION[:2] != (5, 2):
        yield Finding("versions", FAILURE, cause, "Python 3.11 or newer and Django 5.2 are needed.")
    else:
        yield Finding("versions", OK, cause)


def origins(configuration: Configuration) -> Iterator[Finding]:
    """Where each setting that is not a default came from; no values, some are secret."""
    given = [f"{name} ({source})" for name, source in configuration.source.items() if source != "default"]
    yield Finding("settings", OK, f"{', '.join(given)}." if given else "All are defaults.")


def data_folder(configuration: Configuration) -> Iterator[Finding]:
    from rejoinder.project import folder

    try:
        path = folder.data_folder()
    except ConfigurationError as error:
        yield Finding("data folder", FAILURE, str(error))
        return
    yield Finding("data folder", OK, f"{path} can be written.")


def disk(configuration: Configuration) -> Iterator[Finding]:
    usage = shutil.disk_usage(_existing(configuration.data))
    free = f"{usage.free / 1024**2:,.0f} MiB of {usage.total / 1024**2:,.0f} MiB are free."
    if usage.free < RESERVE:
        yield Finding("disk", FAILURE, free, "Free some space: writing fails.")
    elif usage.free < usage.total * RESERVE_SHARE:
        yield Finding("disk", ATTENTION, free, "Free some space before writing fails.")
    else:
        yield Finding("disk", OK, free)


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def secret(configuration: Configuration) -> Iterator[Finding]:
    length = len(str(settings.SECRET_KEY).encode())
    kept = configuration.data / "secret-key"
    if length < SHORTEST:
        yield Finding("secret key", FAILURE, f"It has {length} bytes.", f"At least {SHORTEST} are needed.")
    elif not configuration["REJOINDER_SECRET_KEY"] and kept.is_file() and kept.stat().st_mode & 0o077:
        yield Finding("secret key", ATTENTION, f"Others may read {kept}.", f"chmod 600 {kept}")
    else:
        yield Finding("secret key", OK, f"It has {length} bytes.")


def trust(configuration: Configuration) -> Iterator[Finding]:
    written = configuration.items("REJOINDER_TRUSTED_PROXIES")
    try:
        proxies.check(written)
    except ConfigurationError as error:
        yield Finding("trusted proxies", FAILURE, str(error))
        return
    yield Finding("trusted proxies", OK, ", ".join(written) or "None: forwarded headers are ignored.")


def address(configuration: Configuration) -> Iterator[Finding]:
    url = urlsplit(configuration["REJOINDER_URL"])
    local = url.hostname in {"localhost", "127.0.0.1", "::1"}
    if not url.geturl():
        yield Finding(
            "address", ATTENTION, "REJOINDER_URL is not set.", "Set it to the address that readers use."
        )
    elif url.scheme == "http" and not local:
        yield Finding(
            "address",
            ATTENTION,
            f"{url.geturl()} is not encrypted.",
            "Put a proxy with https before it, and say https here.",
        )
    else:
        yield Finding(
            "address", OK, f"{url.geturl()}; host names answered: {', '.join(settings.ALLOWED_HOSTS)}."
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(
            "host names",
            FAILURE,
            "REJOINDER_HOSTS answers to every name: whoever asks chooses the addresses in our links.",
            "Name the hosts.",
        )
    if settings.DEBUG:
        yield Finding("debug", FAILURE, "REJOINDER_DEBUG shows tracebacks to readers.", "Unset it.")


def the_clock(configuration: Configuration) -> Iterator[Finding]:
    from rejoinder.core.models import Event

    moment = clock.now()
    shown = moment.isoformat(timespec="seconds")
    try:
        newest = Event.objects.order_by("-id").values_list("created", flat=True).first()
    except DatabaseError:
        newest = None
    if moment.year < BORN:
        yield Finding("clock", FAILURE, f"It shows {shown}.", "Set it: times of comments would be wrong.")
    elif newest is not None and newest > moment + timedelta(minutes=1):
        yield Finding(
            "clock", ATTENTION, f"It shows {shown}, and the newest event is of {newest.isoformat(timespec='seconds')}.",
            "It has been set back, or two servers disagree. Let them follow one time server.",
        )  # fmt: skip
    else:
        yield Finding("clock", OK, f"It shows {shown}.")


def database(configuration: Configuration) -> Iterator[Finding]:
    """Reachable, of this version, and set so that what is acknowledged is kept."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield Finding("database", FAILURE, database_sentence(error))
        return
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
    yield from _schema()


def _sqlite() -> Iterator[Finding]:
    from sqlite3 import sqlite_version, sqlite_version_info

    with connection.cursor() as cursor:
        found = {}
        for name in ("journal_mode", "synchronous", "quick_check(1)"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = str(cursor.fetchone()[0])
    safe = sqlite_version_info >= sqlite.SAFE
    if not safe and found["journal_mode"] == "wal":
        yield Finding(
            "SQLite",
            FAILURE,
            f"Version {sqlite_version} can lose data in WAL mode.",
            "Install pysqlite3 0.6.1 or newer.",
        )
    else:
        yield Finding("SQLite", OK, f"Version {sqlite_version}, journal {found['journal_mode']}.")
    if found["synchronous"] != "2":
        yield Finding(
            "durability",
            ATTENTION,
            f"synchronous is {found['synchronous']}.",
            "2 (FULL) keeps what was posted in a power cut.",
        )
    if found["quick_check(1)"] != "ok":
        yield Finding(
            "integrity",
            FAILURE,
            f"SQLite finds: {found['quick_check(1)']}.",
            "Restore a backup: rejoinder restore FILE.",
        )
    else:
        yield Finding("integrity", OK, "quick_check finds nothing.")


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('synchronous_commit'), "
                       "current_setting('fsync')")  # fmt: skip
        version, commit, fsync = cursor.fetchone()
    yield Finding("PostgreSQL", OK, f"Version {version}.")
    if commit == "off" or fsync == "off":
        cause = f"synchronous_commit is {commit}, fsync is {fsync}."
        yield Finding("durability", ATTENTION, cause, "With “on” what was posted is kept in a power cut.")


def _schema() -> Iterator[Finding]:
    from rejoinder.core.health import unready

    reason = unready()
    if reason:
        yield Finding("migrations", FAILURE, f"{reason}.", "Run rejoinder migrate, or start rejoinder serve.")
    else:
        yield Finding("migrations", OK, "All are applied.")


def valkey(configuration: Configuration) -> Iterator[Finding]:
    if not configuration["VALKEY_URL"]:
        yield Finding("Valkey", OK, "Not used: the database keeps cache and limits.")
        return
    import redis

    address = configuration["VALKEY_URL"].replace("valkeys://", "rediss://").replace("valkey://", "redis://")
    try:
        with redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2) as client:
            client.ping()
    except (redis.RedisError, ValueError):
        # Its message may hold the address, and the address a password.
        yield Finding(
            "Valkey",
            ATTENTION,
            "It does not answer; the database stands in.",
            "Start it, or mend VALKEY_URL.",
        )
    else:
        yield Finding("Valkey", OK, "It answers.")


def jobs(configuration: Configuration) -> Iterator[Finding]:
    from rejoinder.core.models import Event, Job

    before = clock.now() - LATE
    parked = Job.objects.exclude(parked=None).order_by("-parked")
    late = Job.objects.filter(parked=None, due__lt=before).order_by("due")
    untold = Event.objects.filter(waits=True, created__lt=before).count()
    if (job := parked.first()) is not None:
        cause = f"{parked.count()} were given up, last {job.task}: {job.last_error[:200]}."
        yield Finding("jobs given up", ATTENTION, cause, "Mend the cause; they are kept in rejoinder_job.")
    if (job := late.first()) is not None:
        minutes = LATE.seconds // 60
        cause = f"{late.count()} wait longer than {minutes} minutes, first {job.task}: {job.last_error[:200]}"
        yield Finding("jobs late", ATTENTION, cause.rstrip(": ") + ".", "See that rejoinder serve runs.")
    if untold:
        cause = f"{untold} events wait to be told for longer than {LATE.seconds // 60} minutes."
        yield Finding("jobs late", ATTENTION, cause, "See that rejoinder serve runs.")
    if not parked and not late and not untold:
        yield Finding("jobs", OK, "None is late, none was given up.")


def counters(configuration: Configuration) -> Iterator[Finding]:
    from rejoinder.discussion.queries import find_drift

    drift = find_drift(SAMPLE)
    if drift:
        yield Finding(
            "counters", FAILURE, f"{len(drift)} do not equal their rows, first: {drift[0]}.", "Report this."
        )
    else:
        yield Finding("counters", OK, f"Those of the newest {SAMPLE} comments equal their rows.")


BEFORE: tuple[Check, ...] = (versions, origins, data_folder, disk, secret, trust, address, database)
# Only where the database is there and of this version.
WITHIN: tuple[Check, ...] = (the_clock, valkey, mail, jobs, counters, decisions, deadlines, assist)


def examine(configuration: Configuration) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    findings = [finding for check in BEFORE for finding in check(configuration)]
    if any(finding.state == FAILURE and finding.name in {"database", "migrations"} for finding in findings):
        return findings
    for check in WITHIN:
        try:
            findings += check(configuration)
        except DatabaseError as error:
            findings.append(Finding(check.__name__, FAILURE, database_sentence(error)))
    return findings
