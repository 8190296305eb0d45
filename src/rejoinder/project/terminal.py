"""What commands say to the person at the terminal: answers on stdout, the rest on stderr."""

from __future__ import annotations

import os
import sys


def say(text: str = "") -> None:
    """One line of an answer. A reader who has gone away (a closed pipe) ends the command."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """One line beside the answer: progress, warnings, errors."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def let_go_of_stdout() -> None:
    """After a broken pipe: nothing more is written, not even by the interpreter at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
