"""Assist learns in processes that may be killed, and its models move between servers in files that may be anybody's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops import refits
from tests.ops.installations import Installation, wait_until
from tests.shared import ROOT

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_killed_refit_leaves_nothing_and_the_next_one_makes_the_version(installation: Installation) -> None:
    installation.call(refits.found_site)
    paths = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    with (installation.folder / "refit.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ops.refits"],
            env={**installation.environment, **paths}, cwd=installation.folder, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_until(lambda: list(installation.folder.rglob("begun")), "the model is made, and nothing written")
    finally:
        process.kill()
        process.wait()
    assert installation.call(refits.tell).split() == ["0", "True"]
    installation.call(refits.refit)
    assert installation.call(refits.tell).split() == ["0", "True"], "another may still be at it"
    installation.call(refits.let_the_lease_end)
    installation.call(refits.refit)
    assert installation.call(refits.tell).split() == ["1", "False"]


def test_model_moves_by_a_file_and_a_damaged_one_is_refused(
    installation: Installation, tmp_path: Path
) -> None:
    installation.call(refits.found_site)
    assert "version 1 is active" in installation.done("assist", "train", "--site", "paper")
    file = tmp_path / "paper.model"
    installation.done("assist", "export", "--site", "paper", "-o", str(file))
    assert "version 2 here" in installation.done("assist", "import", str(file), "--site", "paper")
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    assert "damaged" in installation.refused("assist", "import", str(file), "--site", "paper")
    shown = installation.done("assist", "show", "--site", "paper")
    assert "2\tall\tactive" in shown and "imported" in shown
