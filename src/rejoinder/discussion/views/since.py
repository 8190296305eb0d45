"""What was written after a comment that a reader has seen. Which one that is, only the reader's browser knows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.queries import access_site
from rejoinder.core import ids
from rejoinder.core.cors import readable_everywhere
from rejoinder.core.http import BadRequest, required
from rejoinder.discussion import pages
from rejoinder.discussion.queries import check_mark, written_since
from rejoinder.discussion.views.reading import asked_thread, public

__all__ = ["new"]

COUNTED = 1000  # at most; beyond, nobody reads the number
NAMED = 50  # at most; who has gone through these asks after the last of them


@require_safe
@readable_everywhere
def new(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/new?key=…&after=<id>: how many comments are public that were written later, and where the
    next ones stand: {count, more, next: [{id, url}]}, in the order they were written. `more`: there are more than
    were counted. The same for everybody."""
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(request, found)
    mark = ids.decode(required(request.GET, "after", longest=20))
    if not mark:
        raise BadRequest(_("“%(name)s” in the address is empty or cannot be read.") % {"name": "after"})
    check_mark(of, mark)
    numbers, more = written_since(of, mark, COUNTED)
    named = [{"id": ids.encode(number), "url": _url(of.key, site, number)} for number in numbers[:NAMED]]
    return public(JsonResponse({"count": len(numbers), "more": more, "next": named}))


def _url(key: str, site: str, number: int) -> str:
    public_id = ids.encode(number)
    return pages.thread_url(site, key, at=public_id) + f"#c-{public_id}"
