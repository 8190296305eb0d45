"""Reading the newsroom's tree. Everything here is what every reader may see: live pages of one site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.models import Site as Host

from rejoinder.accounts.editions import once_an_edition
from rejoinder.accounts.models import Site
from rejoinder.core.errors import nothing_here
from rejoinder.discussion.ports import Section
from rejoinder.discussion.queries import counts_by_key
from rejoinder.newsroom import pictures
from rejoinder.newsroom.models import AuthorPage, Byline, FrontPage, SectionPage, StoryPage

_FRONT_DEPTH = 2  # front pages are children of the tree's root
PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """A story in a list, with all that a list shows of it."""

    story: StoryPage
    bylines: list[Byline]
    comment_count: int


def host_of(request: HttpRequest) -> Host:
    """The host name a request came by, or the default one. Raises NotFound where no newsroom answers."""
    host = Host.find_for_request(request)
    if host is None:
        raise nothing_here()
    return host


def front_of(page: Page) -> FrontPage:
    """The front page that a page belongs to, itself included; drafts and previews too."""
    path = page.path[: Page.steplen * _FRONT_DEPTH]
    front: FrontPage | None = FrontPage.objects.select_related("publication").filter(path=path).first()
    if front is None:
        raise nothing_here()
    return front


def access_front(request: HttpRequest) -> FrontPage:
    """The front page of the host asked. Raises NotFound where its site is not a newsroom of ours."""
    root = host_of(request).root_page_id
    front: FrontPage | None = FrontPage.objects.live().select_related("publication").filter(pk=root).first()
    if front is None:
        raise nothing_here()
    return front


def has_front(site: Site) -> bool:
    """Whether a site is a newsroom of ours, with a desk."""
    return bool(FrontPage.objects.filter(publication=site).exists())


def published(front: FrontPage) -> QuerySet[StoryPage]:
    """The stories that readers may see, newest first."""
    stories: QuerySet[StoryPage] = (
        StoryPage.objects.live()
        .filter(path__startswith=front.path, first_published_at__isnull=False)
        .select_related("section", "lead_image")
        .order_by("-first_published_at", "-pk")
    )
    return stories


def access_story(*, front: FrontPage, slug: str) -> StoryPage:
    """One published story. Raises NotFound."""
    story = published(front).filter(slug=slug).first()
    if story is None:
        raise nothing_here()
    return story


def sections(front: FrontPage) -> list[SectionPage]:
    """The sections in the order of the masthead."""
    return list(SectionPage.objects.live().filter(path__startswith=front.path).order_by("path"))


@once_an_edition
def sections_of_site(site: Site) -> list[Section]:
    """The same of a site, for pages that the newsroom does not draw. It takes 3 ms of 7."""
    front = FrontPage.objects.live().filter(publication=site).first()
    return [Section(section.title, section.address) for section in sections(front)] if front else []


def access_section(*, front: FrontPage, slug: str) -> SectionPage:
    """One section. Raises NotFound."""
    section: SectionPage | None = (
        SectionPage.objects.live().filter(path__startswith=front.path, slug=slug).first()
    )
    if section is None:
        raise nothing_here()
    return section


def authors(front: FrontPage) -> list[AuthorPage]:
    """Those who write here, by name."""
    return list(AuthorPage.objects.live().filter(path__startswith=front.path).order_by("title"))


def page_of_stories(stories: QuerySet[StoryPage], *, before: str | None) -> tuple[list[StoryPage], bool]:
    """Up to PER_PAGE stories, those before a story's number where one is given, and whether there are more.

    Raises NotFound when `before` is no story of these: a keyset, so that page 300 costs what page 1 does.
    """
    if before is not None:
        try:
            last = stories.get(pk=int(before))
        except (ValueError, OverflowError, ObjectDoesNotExist):
            raise nothing_here() from None
        moment = last.first_published_at
        stories = stories.filter(
            Q(first_published_at__lt=moment) | Q(first_published_at=moment, pk__lt=last.pk)
        )
    found = list(stories.defer_streamfields()[: PER_PAGE + 1])  # type: ignore[attr-defined]
    return found[:PER_PAGE], len(found) > PER_PAGE


def listed(front: FrontPage, stories: Sequence[StoryPage]) -> list[Listed]:
    """Stories with who wrote them, how many comments they have and their pictures: three queries."""
    bylines = bylines_of(stories)
    counts = comment_counts(front, stories)
    pictures.prefetch(story.lead_image for story in stories)
    return [Listed(story, bylines[story.pk], counts.get(story.thread_key, 0)) for story in stories]


def bylines_of(stories: Iterable[StoryPage]) -> dict[int, list[Byline]]:
    """The bylines of saved stories, by the story's number: one query."""
    found: dict[int, list[Byline]] = defaultdict(list)
    for byline in (
        Byline.objects.filter(story__in=[story.pk for story in stories])
        .select_related("author")
        .order_by("sort_order", "pk")
    ):
        found[byline.story_id].append(byline)
    return found


def comment_counts(front: FrontPage, stories: Iterable[StoryPage]) -> dict[str, int]:
    """Public comments by the thread's key: one query."""
    keys = [story.thread_key for story in stories]
    return counts_by_key(front.publication_id, keys)
