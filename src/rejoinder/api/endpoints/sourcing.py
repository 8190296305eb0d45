"""Who says what in a text."""

from __future__ import annotations

from dataclasses import replace as but
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from rejoinder.accounts.models import Role
from rejoinder.accounts.queries import access_site
from rejoinder.accounts.viewer import Viewer
from rejoinder.api.access import speaker_on
from rejoinder.api.claiming import NewClaims, NewDocument
from rejoinder.api.claims import (
    ClaimsGiven,
    ClaimsTaken,
    DocumentTaken,
    claims_given,
    claims_taken,
    document_taken,
    nothing_given,
)
from rejoinder.api.door import given, passes, tell
from rejoinder.api.endpoints.reading import asked_thread
from rejoinder.api.schema import AskedThread
from rejoinder.core.errors import Conflict
from rejoinder.core.limits import Limit, spend, standing
from rejoinder.discussion import pages
from rejoinder.discussion.delivery.stamp import share
from rejoinder.discussion.queries import thread_key
from rejoinder.sourcing import ports
from rejoinder.sourcing.access import access_document, check_may_source
from rejoinder.sourcing.actions import publish_document, replace_claims
from rejoinder.sourcing.queries import find_document, passages_to_look_at

router = Router(tags=["Who says so"])

# A newsroom that sends its archive; each text holds the writers of a SQLite file for some milliseconds.
TEXTS = Limit("texts", most=600, window=timedelta(minutes=10))


def _key(asked: AskedThread) -> str:
    return thread_key(key=asked.key or None, url=asked.url or None)


@router.get("/sites/{slug:site}/claims", response=ClaimsGiven, url_name="api-claims")
@passes(public=True)
def claims(request: HttpRequest, site: str, asked: Query[AskedThread]) -> HttpResponse:
    """The statements of a page's text with their passages, sources and what became of them; its corrections.

    Those alone whose words stand in the text that readers have.
    """
    found = access_site(site)
    pages.speak(found)
    key = _key(asked)
    read = find_document(found, key)
    if read is None:
        # Where a discussion may be, nobody has said yet who says so; anywhere else there is nothing.
        asked_thread(found, asked)
        return share(given(nothing_given(found.key, key)), site=found)
    return share(given(ClaimsGiven(**claims_given(read, key=key))), site=found)


def _sourcing(request: HttpRequest, site: str) -> Viewer:
    """Who sends what a text says, and who says it: owners and editors, and programs that may. Raises NotFound,
    SignedOut, Refused, TooMany."""
    speaker = speaker_on(request, site, "source")
    viewer = speaker.viewer
    if speaker.program is not None:
        # For this, and for nothing else, it is an editor.
        viewer = but(viewer, role=Role.Kind.EDITOR)
    check_may_source(viewer)
    spend(TEXTS, viewer.block)
    return viewer


@router.post("/sites/{slug:site}/documents", response={(200, 201): DocumentTaken}, url_name="api-documents")
@passes(limit=TEXTS)
def publish(request: HttpRequest, site: str, typed: NewDocument) -> HttpResponse:
    """Send the text of a page of yours: what statements, comments and corrections point into.

    201: readers have another text now, and all passages were carried over to it; 200: it is the one they had.
    For owners and editors, and programs with the scope `source`.
    """
    viewer = _sourcing(request, site)
    key = _key(typed)
    if any(owns(viewer.site, key) for owns in ports.own_texts):
        raise Conflict(_("This text is written here: its words come from the desk."), code="own-text")
    done = publish_document(site=viewer.site, key=key, text=typed.text, language=typed.language)
    lost = passages_to_look_at(viewer.site, done.document)
    answer = given(document_taken(done.document, lost), status=201 if done.version else 200)
    return tell(answer, standing(TEXTS, viewer.block))


@router.put("/sites/{slug:site}/claims", response=ClaimsTaken, url_name="api-claims")
@passes(limit=TEXTS)
def replace(request: HttpRequest, site: str, asked: Query[AskedThread], typed: NewClaims) -> HttpResponse:
    """Say who says what in a text: the whole set. What is not in it is withdrawn; the same set again changes nothing.

    Words that are not in the text are kept, and listed as `unplaced`. Where there are claims already, send the
    `revision` that you had before you: if it is not the present one, the answer is 409 `changed-meanwhile`.
    For owners and editors, and programs with the scope `source`.
    """
    viewer = _sourcing(request, site)
    key = _key(asked)
    done = replace_claims(
        viewer=viewer,
        document=access_document(viewer, key),
        statements=typed.statements(),
        seen=typed.revision,
        change_register=typed.known_sources == "change",
    )
    read = find_document(viewer.site, key)
    assert read is not None  # documents are never dropped
    return tell(given(claims_taken(read, done, key=key)), standing(TEXTS, viewer.block))
