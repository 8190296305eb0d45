"""What a shared page was made of: as long as its stamp is the present one, the page is the present one."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from django.http import HttpResponse

from rejoinder.accounts.models import Site
from rejoinder.core import ids
from rejoinder.discussion.models import Thread

R = TypeVar("R", bound=HttpResponse)

# What is removed must be gone within seconds everywhere, so shared caches keep a page for two and ask again; a
# browser asks each time.
SHARED = "public, max-age=0, s-maxage=2"


# However right a stamp looks, a page is drawn anew after this long (s): what no counter tells, like a picture that
# the desk replaces, changes that soon.
LONGEST = 60.0


class Stamp(NamedTuple):
    """Rows and the counters they had. `thread` is 0 for a page without a discussion."""

    thread: int
    site: int
    revision: int
    edition: int


def share(
    response: R,
    *,
    site: Site,
    thread: Thread | None = None,
    revision: int = 0,
    seconds: float = LONGEST,
) -> R:
    """Mark a page as the same for all readers, until the thread's revision or the site's edition changes.

    And for so many seconds at most. `thread` is stored, `revision` is the one that the page shows; `site` must have
    been read before what the page is made of. In front of Django the page is kept under its address; where nothing
    stands there, the headers set here serve caches elsewhere.
    """
    response["Cache-Control"] = SHARED
    tags = [f"site-{site.key}"]
    if thread is not None:
        tags.append(f"thread-{ids.encode(thread.pk)}")
    # For those who purge: Fastly's and Varnish's name, and Cloudflare's.
    response["Surrogate-Key"] = " ".join(tags)
    response["Cache-Tag"] = ",".join(tags)
    number = thread.pk if thread is not None else 0
    response.stamp = Stamp(number, site.pk, revision, site.edition)  # type: ignore[attr-defined]
    response.seconds = seconds  # type: ignore[attr-defined]
    return response
