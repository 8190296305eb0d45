"""Where the browser is that the tests drive."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a Chromium: PLAYWRIGHT_CHROMIUM_EXECUTABLE, else the first of `NAMES` on PATH."""
    named = os.environ.get("PLAYWRIGHT_CHROMIUM_EXECUTABLE")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None)


def require_chromium() -> str:
    """As `find_chromium`; without one, skips the test, or fails it where REQUIRE_BROWSER=1."""
    path = find_chromium()
    if path is not None:
        return path
    reason = f"no browser: none of {', '.join(NAMES)} on PATH, and PLAYWRIGHT_CHROMIUM_EXECUTABLE is not set"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
