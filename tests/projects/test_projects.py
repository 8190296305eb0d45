"""The ways in which people install it, each a whole project in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shared import ROOT

FOREIGN = ("REJOINDER_", "DATABASE_URL", "VALKEY_URL", "DJANGO_")


def walk(project: str, folder: Path) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "REJOINDER_DATA": str(folder),
        "PROJECT_DATA": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:rejoinder", "-m", "tests.projects.walk", project],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


PROJECTS = {
    "server_only": {"user": "rejoinder_project.User", "wagtail": False, "own_template": False},
    # Its app stands before ours, and has a template of the same name as one of ours.
    "django_host": {
        "user": "people.Person",
        "wagtail": False,
        "own_template": True,
        # It has taken in the API and the embed, for pages of its that are not Django's.
        "api": [201, 201, 200, "<p>By <em>nobody's</em> chart.</p>"],
        "embed": [200, 200, True],
    },
    "wagtail_newsroom": {"user": "press.Member", "wagtail": True, "own_template": False},
}


@pytest.mark.parametrize("project", PROJECTS)
def test_guest_reads_and_writes_in_every_kind_of_installation(project: str, tmp_path: Path) -> None:
    assert walk(f"tests.projects.{project}", tmp_path) == {
        "page": 200,
        "posted": 303,
        "shown": True,
        "answered": True,
        "cookies": [],
        **PROJECTS[project],
    }
