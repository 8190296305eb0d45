"""Material that lies beside the repository: seeds and measurements, read by tests, never copied into it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_path(relative: str) -> Path:
    """The file or folder `relative` of the shared material; skips the test where it is missing."""
    folder = Path(os.environ.get("REJOINDER_SHARED", ROOT.parent / "shared"))
    path = folder / relative
    if not path.exists():
        pytest.skip(f"needs {relative} of the shared material; REJOINDER_SHARED names its folder")
    return path
