"""The programs of others that a part needs: where they are, or one sentence on how to get them."""

from __future__ import annotations

import os
import shutil
import subprocess

HOW = {
    "wrk": "wrk makes the load. Install the package wrk of your system.",
    "nginx": "nginx is what a file from a disk can do. Install the package nginx of your system.",
    "npm": "npm installs Waline. Install Node.js 20 or newer, with npm.",
}


class Skipped(Exception):
    """A part cannot run here. The message is one sentence: why, and what would help."""


def program(name: str) -> str:
    """The path of a program. Raises Skipped with how to get it."""
    # Servers lie where a user's PATH does not lead.
    path = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
    if path is None:
        raise Skipped(f"There is no {name} here. {HOW[name]}")
    return path


def version(name: str, *words: str) -> str:
    """The first line that a program says of its version; empty where it is absent."""
    try:
        command = [program(name), *words]
    except Skipped:
        return ""
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (said.stdout + said.stderr).strip().splitlines()
    return lines[0] if lines else ""
