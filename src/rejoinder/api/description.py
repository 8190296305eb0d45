"""The OpenAPI 3.1 description: what ninja tells of operations, with what all of them have in common."""

from __future__ import annotations

from typing import Any


def describe() -> dict[str, Any]:
    return {}
