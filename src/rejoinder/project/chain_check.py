"""Doctor's look at the chains of decisions: does each row still say what it said when it was sealed."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.core.conf import Configuration
from rejoinder.project.findings import FAILURE, OK, Finding

WHY = {
    "missing": "the one before it is missing",
    "changed": "it was changed, or the one before it was",
    "words": "the words it was made on were changed",
    "head": "the newest are missing",
}


def decisions(configuration: Configuration) -> Iterator[Finding]:
    """Seals what waits, then reads every decision."""
    from rejoinder.accounts.models import Site
    from rejoinder.moderation.decisions.chain import head_of, seal, verify

    count, broken = 0, False
    for site in Site.objects.order_by("key"):
        seal(site.pk)
        found = verify(site)
        count += head_of(site)[0]
        if found is not None:
            broken = True
            which = f"decision {found.decision}" if found.decision else "the end"
            cause = (
                f"The chain of {site.key} does not fit at {which} (place {found.position}): {WHY[found.why]}."
            )
            yield Finding(
                "decisions", FAILURE, cause, "Compare with a backup: somebody changed the database."
            )
    if not broken:
        yield Finding("decisions", OK, f"{count} are chained, each fits.")
