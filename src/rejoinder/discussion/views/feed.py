"""The Atom feed of a thread (RFC 4287), newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.accounts.queries import access_site
from rejoinder.core.text.plain import excerpt
from rejoinder.core.text.render import plain, render
from rejoinder.discussion import pages
from rejoinder.discussion.queries import newest
from rejoinder.discussion.views.reading import asked_thread, public

__all__ = ["comments"]


@require_safe
def comments(request: HttpRequest, site: str) -> HttpResponse:
    """GET /threads/<site>/feed?key=…"""
    found = access_site(site)
    pages.speak(found)
    of = asked_thread(request, found)
    home = request.build_absolute_uri(pages.thread_url(found.key, of.key))
    title = _("Comments on “%(title)s”") % {"title": of.title or of.url or of.key}
    feed = Atom1Feed(
        title=title, link=home, description="", language=found.language, feed_url=request.build_absolute_uri()
    )
    for comment in newest(of, pages.FEED_LENGTH):
        link = request.build_absolute_uri(reverse("rejoinder:comment", args=[comment.public_id]))
        name = comment.author_name or _("Guest")
        feed.add_item(
            title=f"{name}: {excerpt(plain(comment.body), 80)}",
            link=link,
            unique_id=link,
            description=render(comment.body),
            author_name=name,
            pubdate=comment.created,
            updateddate=comment.edited or comment.created or of.created,
        )
    return public(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))
