"""What most of these commands cannot do without."""

from __future__ import annotations

from rejoinder import assist
from rejoinder.core.conf import ConfigurationError


def check_installed() -> None:
    """Raises ConfigurationError, which is said in one line, where the extra is not installed."""
    if not assist.available():
        raise ConfigurationError(assist.MISSING)
