"""The demo from nothing to a publication. A second start finds all of it there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rejoinder.accounts.actions import add_site, add_staff
from rejoinder.accounts.models import Origin, Role, Site
from rejoinder.discussion.models import Thread
from rejoinder.project.demo import sources, threads, waiting
from rejoinder.project.demo.content import PICTURES, Publication, load_publication
from rejoinder.project.sites import admit_to_desk, publish

PASSWORD = "demo-password"  # noqa: S105 (the name of a file in the demo's data folder)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo has to show: a label and a path each, and how to sign in."""

    places: list[tuple[str, str]]
    email: str
    password: str


def set_up(folder: Path, *, port: int, tell: Callable[[str], None]) -> Shown:
    """Make what is missing: the site, its owner, stories, threads."""
    from rejoinder.newsroom import demo as newsroom

    publication = load_publication()
    site = _site(publication, port)
    publish(site, port=port)
    email, password = f"owner@{site.key}.example", _password(folder)
    owner, _ = add_staff(
        email=email, site=site, role=Role.Kind.OWNER, name=f"{publication.name} desk", password=password
    )
    admit_to_desk(owner)
    if not Thread.objects.filter(site=site).exists():
        tell(f"Making {publication.name}: {len(publication.stories)} stories and their comments.")
    stories = newsroom.load(publication, site=site, pictures=PICTURES)
    by_slug = {
        slug: Thread.objects.select_related("site").get(site=site, key=story.thread_key)
        for slug, story in stories.items()
        if Thread.objects.filter(site=site, key=story.thread_key).exists()
    }
    threads.load(publication, site=site, threads=by_slug, owner=owner)
    waiting.load(site=site, threads=by_slug)
    sources.load(site=site, threads=by_slug, owner=owner)
    return Shown(_places(publication, site), email, password)


def _site(publication: Publication, port: int) -> Site:
    site = Site.objects.filter(key=publication.key).first()
    if site is None:
        site = add_site(key=publication.key, name=publication.name, language=publication.language)
    for host in ("localhost", "127.0.0.1"):
        Origin.objects.get_or_create(site=site, origin=f"http://{host}:{port}")
    return site


def _password(folder: Path) -> str:
    """Made once and kept, so that the second start can say it again. Of a demo only, on this machine only."""
    path = folder / PASSWORD
    if not path.is_file():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(12) + "\n")
    return path.read_text(encoding="ascii").strip()


def _places(publication: Publication, site: Site) -> list[tuple[str, str]]:
    counts = {
        thread.key: thread.comment_count
        for thread in Thread.objects.filter(site=site).order_by("comment_count")
    }
    places = [("Front page", "/")]
    for story in publication.stories:
        if story.generated_comments:
            places.append(
                (f"A story with {max(counts.values(), default=0):,} comments", f"/stories/{story.slug}/")
            )
        if story.direction == "rtl":
            places.append(("A story in Arabic", f"/stories/{story.slug}/"))
        if story.slug == sources.STORY:
            places.append(("A story that says who says so", f"/stories/{story.slug}/"))
        if story.corrections:
            places.append(("A story with a correction", f"/stories/{story.slug}/"))
    return [
        *places,
        ("The desk, for writing stories", "/desk/"),
        ("What waits for a moderator", "/console/"),
        ("Sign in", "/accounts/login/"),
    ]
