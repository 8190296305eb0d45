"""How the arrays' libraries behave while a model is fitted inside a server: one core, no words on standard error."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@contextmanager
def quiet() -> Iterator[None]:
    """One thread for linear algebra, so that a refit beside a server leaves a core alone; warnings kept back."""
    with _controller().limit(limits=1), warnings.catch_warnings():
        # That a fit stopped at its limit of rounds is of no interest: it is judged by what it does on later decisions.
        warnings.simplefilter("ignore")
        yield


@cache
def _controller() -> ThreadpoolController:
    """Looking for the libraries takes a millisecond or two: once a process."""
    return ThreadpoolController()
