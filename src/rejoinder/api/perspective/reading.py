"""Reading bodies as generously as clients of this format are used to: the proto3 JSON mapping, and bare names."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from rejoinder.api.perspective.errors import invalid

Table = dict[str, Any]

# The service's own first example wrote {comment: {text: "..."}}, and people begin with that. A string is taken whole,
# so that nothing within one is changed. Nothing is looked at twice, whatever is sent.
_WORD = re.compile(r'"(?:[^"\\]++|\\.)*+"?|(?<!\w)[A-Za-z_]\w*+(?=\s*+:)', re.DOTALL)
_HUMP = re.compile("[A-Z]")


def read(raw: bytes) -> Table:
    """The object of a body. Raises Wrong."""
    try:
        found = _loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise invalid("Invalid JSON payload received.") from None
    if not isinstance(found, dict):
        raise invalid("Invalid JSON payload received. The root must be an object.")
    return found


def _loads(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_number)
    except json.JSONDecodeError:
        return json.loads(_WORD.sub(_quoted, text), parse_int=_number)


def _quoted(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith('"') else f'"{match[0]}"'


def _number(text: str) -> float:
    # Python's integers know no bound and take long to read; no field here holds a larger one.
    return float(text[:40])


def field(table: Table, name: str) -> Any:
    """A field by its JSON name, `doNotStore`, or by the proto's, `do_not_store`; None where it is absent or null."""
    found = table.get(name)
    return table.get(_HUMP.sub(lambda hump: "_" + hump[0].lower(), name)) if found is None else found


def inner(table: Table, name: str) -> Table:
    """A field that holds an object; empty where it is absent. Raises Wrong."""
    found = field(table, name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise invalid(f"Invalid value at '{name}'.")
    return found


def text(table: Table, name: str) -> str:
    """A field that holds a string; "" where it is absent. Raises Wrong."""
    found = field(table, name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise invalid(f"Invalid value at '{name}'.")
    return found


def texts(table: Table, name: str) -> list[str]:
    """A field that holds strings; one alone is taken for a list of one. Raises Wrong."""
    found = field(table, name)
    listed = [found] if isinstance(found, str) else found or []
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise invalid(f"Invalid value at '{name}'.")
    return listed


def switch(table: Table, name: str) -> bool:
    """A field that holds true or false, or says so in a string. Raises Wrong."""
    found = field(table, name)
    if found in (None, False, True):
        return bool(found)
    if found in ("true", "false"):
        return bool(found == "true")
    raise invalid(f"Invalid value at '{name}'.")


def number(table: Table, name: str) -> float | None:
    """A field that holds a number, or one in a string; None where it is absent. Raises Wrong."""
    found = field(table, name)
    if found is None:
        return None
    try:
        known = isinstance(found, (float, int, str)) and not isinstance(found, bool)
        value = float(found) if known else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise invalid(f"Invalid value at '{name}'.")
    return value
