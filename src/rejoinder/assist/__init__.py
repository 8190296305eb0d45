"""The newsroom's own model: it learns from a site's decisions, says how probable a rejection is, and never rejects.

What it needs beyond the server comes with the extra `assist`. Without that all of Rejoinder works, and this app keeps
nothing and says nothing. Importing it, and its models, needs none of that.
"""

from __future__ import annotations

from functools import cache

from rejoinder.assist import learning

# For commands that need no settings, so no language; judging.missing says it in the reader's.
MISSING = "Assist is not installed on this server. Add it: pip install 'rejoinder[assist]'"


@cache
def available() -> bool:
    """Whether the extra is installed. Looks for the packages and loads none of them."""
    return learning.available()
