"""The demo's threads: written by hand and by the generator, with decisions, flags and votes that are real rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rejoinder.accounts.actions import add_staff
from rejoinder.accounts.models import Commenter, Role, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock
from rejoinder.core.db import writing
from rejoinder.discussion.actions import post_comment, set_comment_state
from rejoinder.discussion.actions.post import Writing
from rejoinder.discussion.models import Comment, Thread, Vote
from rejoinder.discussion.orders import rank_of, tie_of
from rejoinder.moderation import queue
from rejoinder.moderation.actions import flag_comment
from rejoinder.moderation.decisions import record
from rejoinder.moderation.models import Decision, Flag
from rejoinder.project.demo.content import Publication, Removal, Story, ThreadComment
from rejoinder.transfer.generator import bulk
from rejoinder.transfer.generator.write import Growing, fill

VOTERS = 251  # a prime, above the most votes of any comment: stepping through them meets each once
SEED = 2_000


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part besides guests: the newsroom by slug, who moderates, and who votes."""

    staff: Mapping[str, Viewer]
    moderator: Viewer
    voters: list[int]


def load(publication: Publication, *, site: Site, threads: Mapping[str, Thread], owner: Commenter) -> None:
    """Fill the threads of the stories, by slug. A thread that has comments is left alone."""
    empty = [story for story in publication.stories if not threads[story.slug].comments.exists()]
    if not empty:
        return
    cast = _cast(publication, site, owner)
    for story in empty:
        thread, published = threads[story.slug], story.published(clock.now())
        if story.thread:
            with writing():
                _write(story, thread, cast, published)
        elif story.generated_comments:
            fill(
                Growing(
                    thread, story.generated_comments, seed=SEED, theme=story.generated_theme, since=published
                )
            )


def _cast(publication: Publication, site: Site, owner: Commenter) -> Cast:
    writing_slugs = {
        comment.author for story in publication.stories for comment in story.thread if comment.staff
    }
    staff = {}
    for author in publication.authors:
        if author.slug in writing_slugs:
            # Nobody knows this password: the demo is signed into as its owner.
            person, _ = add_staff(
                email=f"{author.slug}@{site.key}.example",
                site=site,
                role=Role.Kind.EDITOR,
                name=author.name,
                password=secrets.token_urlsafe(32),
            )
            staff[author.slug] = Viewer(site, person, Role.Kind.EDITOR)
    with writing():
        voters = list(bulk.reserve(Commenter, VOTERS))
        moment = bulk.moments()(clock.now())
        bulk.insert(
            Commenter, ("id", "name", "name_key", "created"), ((row, "", "", moment) for row in voters)
        )
    return Cast(staff, Viewer(site, owner, Role.Kind.OWNER), voters)


def _write(story: Story, thread: Thread, cast: Cast, published: datetime) -> None:
    rows: dict[str, Comment] = {}
    people: dict[str, Commenter] = {}
    for number, said in enumerate(sorted(story.thread, key=lambda comment: comment.minutes)):
        viewer = cast.staff.get(said.author) or _guest(
            said.name, people, thread.site, f"{story.slug} {number}"
        )
        parent = rows[said.parent].public_id if said.parent else ""
        posted = post_comment(
            viewer=viewer, thread=thread, writing_=Writing(body=said.body, name=said.name, parent=parent)
        )
        rows[said.id] = posted.comment
        _date(posted.comment, published + timedelta(minutes=said.minutes))
        _vote(posted.comment, said, cast.voters)
    for said in story.thread:
        if said.removal is not None:
            _remove(rows[said.id], said.removal, cast, published)


def _guest(name: str, people: dict[str, Commenter], site: Site, block: str) -> Viewer:
    """The same name is the same guest. Each has an address of his own, so that no limit counts them together."""
    if name not in people:
        people[name] = Commenter.objects.create(name=name, created=clock.now())
    return Viewer(site, people[name], block=f"demo {block}")


def _date(comment: Comment, moment: datetime) -> None:
    comment.created = min(moment, clock.now())
    comment.place = clock.micros(comment.created)
    comment.tie = tie_of(comment.place, root=comment.parent_id is None)
    comment.save(update_fields=["created", "place", "tie"])


def _vote(comment: Comment, said: ThreadComment, voters: list[int]) -> None:
    step = 1 + comment.pk % (VOTERS - 1)
    chosen = (voters[(comment.pk + turn * step) % VOTERS] for turn in range(said.up + said.down))
    values: Iterable[int] = [1] * said.up + [-1] * said.down
    moment = bulk.moments()(comment.created or clock.now())
    bulk.insert(
        Vote,
        ("comment_id", "voter_id", "value", "counted", "created"),
        ((comment.pk, voter, value, True, moment) for voter, value in zip(chosen, values, strict=True)),
    )
    comment.ups, comment.downs = said.up, said.down
    comment.rank = rank_of(said.up, said.down, comment.thread.prior_up, comment.thread.prior_down)
    comment.save(update_fields=["ups", "downs", "rank"])


def _remove(comment: Comment, removal: Removal, cast: Cast, published: datetime) -> None:
    moment = min(published + timedelta(minutes=removal.minutes), clock.now())
    for reader in Commenter.objects.filter(pk__in=cast.voters[:2]):
        viewer = Viewer(cast.moderator.site, reader, block=f"demo {comment.pk} {reader.pk}")
        flag = flag_comment(viewer=viewer, comment=comment, reason=Flag.Reason.ABUSE)
        Flag.objects.filter(pk=flag.pk).update(created=moment - timedelta(minutes=reader.pk % 7 + 1))
    with writing():
        record(
            site=cast.moderator.site,
            comment=comment,
            action=Decision.Action.REMOVE,
            reason=f"{removal.reason}: {removal.explanation}",
            actor=cast.moderator.commenter,
            text_seen=comment.body,
            created=moment,
        )
        set_comment_state(comment=comment, state=Comment.State.REMOVED)
        queue.take_away(comment=comment)
