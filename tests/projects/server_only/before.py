"""A machine on which the extras `newsroom` and `assist` were not installed: their packages cannot be imported."""

from __future__ import annotations

import sys

NEWSROOM = ("wagtail", "modelcluster", "taggit", "treebeard", "modelsearch", "willow", "PIL")
ASSIST = ("numpy", "scipy", "sklearn", "py3langid", "threadpoolctl")
for name in (*NEWSROOM, *ASSIST):
    sys.modules[name] = None  # type: ignore[assignment]
