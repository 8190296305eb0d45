"""The lock files: every package pinned and hashed, no registry named, in step with pyproject.toml."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shared import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]


PINNED = re.compile(r"==[^*,]+")


def entries(lock: Path) -> list[tuple[Requirement, list[str]]]:
    """Requirement and hashes of each entry."""
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found = []
    for line in filter(str.strip, text.splitlines()):
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        found.append((Requirement(requirement), hashes))
    return found


def test_there_is_a_lock_for_each_way_to_install() -> None:
    assert {lock.stem for lock in LOCKS} == {"base", "newsroom", "assist", "assist-minilm", "dev", "build"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    found = entries(lock)
    assert found
    loose = [
        str(requirement)
        for requirement, _ in found
        if not re.fullmatch(r"==[^*,]+", str(requirement.specifier))
    ]
    bare = [str(requirement) for requirement, hashes in found if not hashes]
    odd = [text for _, hashes in found for text in hashes if not re.fullmatch(r"sha256:[0-9a-f]{64}", text)]
    assert not loose and not bare and not odd


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_says_nothing_about_where_it_was_made(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(index|extra-index|find-links|trusted-host)|file:|^-|@ ", text, re.MULTILINE)


def test_the_locks_agree() -> None:
    versions: dict[tuple[str, str], set[str]] = {}
    for lock in LOCKS:
        for requirement, _ in entries(lock):
            key = (canonicalize_name(requirement.name), str(requirement.marker))
            versions.setdefault(key, set()).add(str(requirement.specifier))
    assert not {key: found for key, found in versions.items() if len(found) > 1}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("base", DIRECT),
        ("newsroom", [*DIRECT, *EXTRAS["newsroom"]]),
        ("assist", [*DIRECT, *EXTRAS["assist"]]),
        ("assist-minilm", [*DIRECT, *EXTRAS["assist"], *EXTRAS["assist-minilm"]]),
        ("dev", [*DIRECT, *EXTRAS["newsroom"], *EXTRAS["assist"], *GROUPS["dev"]]),
        ("build", GROUPS["build"]),
    ],
)
def test_a_lock_satisfies_pyproject(lock: str, wanted: list[str]) -> None:
    locked = {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement, _ in entries(ROOT / "requirements" / f"{lock}.txt")
    }
    unmet = [
        text
        for text in wanted
        if not Requirement(text).specifier.contains(
            locked.get(canonicalize_name(Requirement(text).name), "0")
        )
    ]
    assert not unmet, "run bin/lock"


def test_a_server_depends_on_at_most_25_packages_directly() -> None:
    assert len(DIRECT) <= 25


def test_the_lock_of_what_checks_the_scripts_is_hashed_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    brought = {name.removeprefix("node_modules/"): entry for name, entry in packages.items() if name}
    assert {name: entry["version"] for name, entry in brought.items()} == wanted
    assert all(entry["integrity"].startswith("sha512-") for entry in brought.values())
    assert not [name for name, entry in brought.items() if "resolved" in entry or "hasInstallScript" in entry]
