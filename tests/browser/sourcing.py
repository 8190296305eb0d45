"""A story with everything that is shown of who says so."""

from __future__ import annotations

from typing import Any

from rejoinder.core import ids
from rejoinder.newsroom.models import FrontPage, StoryPage
from rejoinder.sourcing import actions
from rejoinder.sourcing.figures import parse
from rejoinder.sourcing.models import Document, Source
from tests.sourcing import desks

BODY = [
    (
        "text",
        "<p>The port says the quay moved by 11 centimetres, and <a href='https://example.org/'>its own log</a> "
        "has eleven too. Nobody was there.</p><h2>Who measured</h2><p>At least 40 centimetres, say people on Quay "
        "Street, who measured with a rope.</p><p>The tide came in.</p>",
    ),
    ("quote", {"text": "It never moved.", "attribution": "The mayor"}),
    ("pull_out", {"text": "Nobody was there."}),
]


def sourced(page: StoryPage, front: FrontPage) -> str:
    """Two accounts of one matter, one of them disputed, a quote, a correction. Returns the public id of a source."""
    desk = desks.desk(front.publication)
    document = Document.objects.get(site=front.publication, key=page.thread_key)
    port = desks.source(desk, "Port authority", Source.Kind.OFFICIAL, side="hired the dredger")
    street = desks.source(desk, "Quay Street", Source.Kind.UNNAMED, reason="They live there.")
    mayor = desks.source(desk, "The mayor", Source.Kind.PARTY, link="https://example.org/mayor")
    matter = actions.add_matter(viewer=desk, title="How far the quay moved")

    def figure(words: str) -> dict[str, Any]:
        return {"figure": parse(words, "en"), "matter": matter}

    desks.claim(desk, document, "the quay moved by 11 centimetres", port, **figure("11 centimetres"))
    rope = desks.claim(desk, document, "At least 40 centimetres", street, **figure("At least 40 centimetres"))
    desks.claim(desk, document, "It never moved.", mayor, manner="denies", matter=matter)
    actions.set_status(
        viewer=desk,
        claim=rope,
        status="disputed",
        reason="The rope was wet.",
        link="https://example.org/rope",
        seen=rope.revision,
    )
    actions.publish_correction(
        viewer=desk,
        document=document,
        note="The log has eleven, not twelve.",
        before="12 centimetres",
        after="11 centimetres",
        passage=rope.passage,
    )
    return ids.encode(port.pk)
