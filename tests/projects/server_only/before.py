"""A machine on which the extra `newsroom` was not installed: its packages cannot be imported."""

from __future__ import annotations

import sys

for name in ("wagtail", "modelcluster", "taggit", "treebeard", "modelsearch", "willow", "PIL"):
    sys.modules[name] = None  # type: ignore[assignment]
