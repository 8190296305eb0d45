"""Who says what in a text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from rejoinder.accounts.queries import access_site
from rejoinder.api.claims import ClaimsGiven, claims_given
from rejoinder.api.door import given, passes
from rejoinder.api.endpoints.reading import asked_thread
from rejoinder.api.schema import AskedThread
from rejoinder.discussion import pages
from rejoinder.discussion.delivery.stamp import share
from rejoinder.discussion.queries import thread_key
from rejoinder.sourcing.queries import claims_of, corrections_of, find_document

router = Router(tags=["Who says so"])


@router.get("/sites/{slug:site}/claims", response=ClaimsGiven, url_name="api-claims")
@passes(public=True)
def claims(request: HttpRequest, site: str, asked: Query[AskedThread]) -> HttpResponse:
    """The statements of a page's text with their passages, sources and what became of them; its corrections.

    Those alone whose words stand in the text that readers have.
    """
    found = access_site(site)
    pages.speak(found)
    key = thread_key(key=asked.key or None, url=asked.url or None)
    read = find_document(found, key)
    if read is None:
        # Where a discussion may be, nobody has said yet who says so; anywhere else there is nothing.
        asked_thread(found, asked)
        return share(given(claims_given(found.key, key, None, [], [])), site=found)
    shown = claims_of(read.document) if read.document.version else []
    corrections = corrections_of(read.document) if read.digest else []
    return share(given(claims_given(found.key, key, read.document, shown, corrections)), site=found)
