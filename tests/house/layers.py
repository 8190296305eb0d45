"""The map, as import-linter has it: one place says which app lies above which."""

from __future__ import annotations

import tomllib
from functools import cache

from tests.shared import ROOT


@cache
def heights() -> dict[str, int]:
    """App -> height: core is 0, and whoever is higher may use whoever is lower. Siblings share a height."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in configuration["tool"]["importlinter"]["contracts"] if c["id"] == "map")
    return {
        app.strip(" ()"): height
        for height, layer in enumerate(reversed(contract["layers"]))
        for app in layer.split("|")
    }


def may_use(upper: str, lower: str) -> bool:
    """Whether app `upper` may know app `lower`."""
    return upper == lower or heights()[upper] > heights()[lower]
