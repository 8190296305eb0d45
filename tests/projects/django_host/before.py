"""A Django project without Wagtail."""

from __future__ import annotations

import sys

for name in ("wagtail", "modelcluster", "taggit"):
    sys.modules[name] = None  # type: ignore[assignment]
