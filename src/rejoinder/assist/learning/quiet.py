"""How the arrays' libraries behave inside a server: one core, and no words on standard error."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def quiet() -> Iterator[None]:
    """One thread for linear algebra, so that a refit beside a server leaves a core alone; warnings kept back."""
    with threadpool_limits(limits=1), warnings.catch_warnings():
        # That a fit stopped at its limit of rounds is of no interest: it is judged by what it does on later decisions.
        warnings.simplefilter("ignore")
        yield
