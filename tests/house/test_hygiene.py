"""What never enters the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import SRC, tracked

# Built in pieces, so that this file does not hold what it looks for.
REGISTRIES = ("py" + "pi.", "python" + "hosted.", "np" + "mjs.", "deb" + "ian.org", "reg" + "istry.")
HOME_FOLDERS = ("ro" + "ot", "ho" + "me", "Us" + "ers", "wo" + "rk", "o" + "pt")
MACHINE_PATH = re.compile(r"(?<![\w.~$}/<:-])/(" + "|".join(HOME_FOLDERS) + r")/[\w.-]+")
UNFINISHED = re.compile("TO" + "DO|FIX" + "ME|X" + "XX|Not" + "ImplementedError")


def found(pattern: re.Pattern[str], *, only: str = "") -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in tracked()
        if path.startswith(only)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_registry_is_named() -> None:
    hosts = re.compile("|".join(rf"//[\w.-]*{re.escape(name)}" for name in REGISTRIES))
    assert hosts.search("https://" + "py" + "pi.example/simple")
    assert not found(hosts)


def test_no_path_of_one_machine() -> None:
    assert MACHINE_PATH.search("see /ho" + "me/someone/x")
    assert not MACHINE_PATH.search("https://example.org/ho" + "me/x")
    assert not found(MACHINE_PATH)


def test_nothing_is_left_unfinished() -> None:
    assert not found(UNFINISHED, only="src/")


def test_no_conflict_marks_and_no_tabs_in_python() -> None:
    assert not found(re.compile(r"^(<{7}|>{7}|={7}$)"))
    assert not [line for line in found(re.compile(r"\t"), only="src/") if ".py:" in line]


@pytest.mark.parametrize("path", sorted(SRC.glob("*/")), ids=lambda path: path.name)
def test_every_app_says_what_it_is(path: Path) -> None:
    """A package that is not empty has the marks of one: __init__.py in each folder with Python in it."""
    without = [
        folder.relative_to(SRC).as_posix()
        for folder in [path, *path.rglob("*/")]
        if any(folder.glob("*.py")) and not (folder / "__init__.py").exists()
    ]
    assert not without
