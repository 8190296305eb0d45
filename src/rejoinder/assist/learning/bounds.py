"""What a count allows to say of a share: exact one-sided bounds (Clopper and Pearson, 1934)."""

from __future__ import annotations

from scipy.special import betaincinv


def at_most(found: int, of: int, sure: float = 0.95) -> float:
    """The share that is not exceeded, with this confidence; 1 where nothing was seen."""
    return 1.0 if found >= of else float(betaincinv(found + 1, of - found, sure))


def at_least(found: int, of: int, sure: float = 0.95) -> float:
    """The share that is reached, with this confidence; 0 where nothing was seen."""
    return 0.0 if found <= 0 or of <= 0 else float(betaincinv(found, of - found + 1, 1 - sure))
