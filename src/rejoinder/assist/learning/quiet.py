"""How the arrays' libraries behave inside a server: one core, and no words on standard error."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _pools() -> ThreadpoolController:
    """Looked for once: it reads through all that the process has loaded, which took longer than scoring a comment."""
    return ThreadpoolController()


@contextmanager
def quiet() -> Iterator[None]:
    """One thread for linear algebra, so that a refit beside a server leaves a core alone; warnings kept back."""
    with _pools().limit(limits=1), warnings.catch_warnings():
        # That a fit stopped at its limit of rounds is of no interest: it is judged by what it does on later decisions.
        warnings.simplefilter("ignore")
        yield
