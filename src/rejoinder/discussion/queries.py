"""Finding threads and comments, always through the one who looks."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Commenter, Mute, Site
from rejoinder.accounts.people.mutes import MOST as MOST_MUTED
from rejoinder.accounts.people.mutes import muted_by
from rejoinder.accounts.queries import is_registered
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import ids, rows
from rejoinder.core.errors import NotFound
from rejoinder.discussion import standings
from rejoinder.discussion.address import normalise_url
from rejoinder.discussion.errors import no_comment, no_thread
from rejoinder.discussion.models import Alias, Answerer, Comment, Thread, Vote
from rejoinder.discussion.models.thread import MAX_KEY

PUBLIC = Q(state=Comment.State.PUBLIC)
_IS_PUBLIC = ExpressionWrapper(PUBLIC, output_field=BooleanField())


def visible_to(viewer: Viewer) -> Q:
    """The one rule of visibility: what is public, what is mine, and for those who moderate everything."""
    if viewer.moderates:
        return Q()
    return PUBLIC | Q(author=viewer.number) if viewer.number else PUBLIC


def thread_key(*, key: str | None, url: str | None) -> str:
    """The key that a request names: given, or the page's normalised URL. Raises NotFound."""
    found = (normalise_url(key) or key) if key else normalise_url(url or "")
    # Cut to fit, two pages would share a thread.
    if found is None or len(found) > MAX_KEY:
        raise no_thread()
    return found


def find_thread(site: Site, key: str) -> Thread | None:
    """The thread of a key, or the one that it leads to since a thread was moved or merged; or None."""
    thread = rows.one(Thread, "site_id = %s AND key = %s", [site.pk, key])
    if thread is None:
        leads = "id = (SELECT thread_id FROM rejoinder_alias WHERE site_id = %s AND key = %s)"
        thread = rows.one(Thread, leads, [site.pk, key])
    if thread is not None:
        thread.site, thread.asked_as = site, key
    return thread


def access_thread(site: Site, key: str, url: str | None = None) -> Thread:
    """The thread of a key. One that nobody has written in yet may be read where a thread may be born: an unsaved,
    empty one. Raises NotFound.

    It may be born where its key is a page on an origin of the site, or where it has a name of its own and `url` is.
    """
    thread = find_thread(site, key)
    if thread is not None:
        return thread
    page = normalise_url(url or "") or key
    # A key that is an address means that page and no other.
    if normalise_url(key) in {page, None} and normalise_url(page) == page and is_registered(site, page):
        return Thread(site=site, key=key, url=page)
    raise no_thread()


def counts_by_key(site: int, keys: Collection[str]) -> dict[str, int]:
    """Public comments by the keys asked for, of threads moved since too. Without a thread: absent."""
    found = dict(Thread.objects.filter(site=site, key__in=keys).values_list("key", "comment_count"))
    led = Alias.objects.filter(site=site, key__in=set(keys) - set(found))
    return found | dict(led.values_list("key", "thread__comment_count"))


def site_of_comment(public_id: str) -> Site:
    """The site that a comment is on, whoever may see the comment. Raises NotFound."""
    number = ids.decode(public_id)
    site = Site.objects.filter(threads__comments=number).first()
    if site is None:
        raise no_comment()
    return site


def access_comment(viewer: Viewer, public_id: str) -> Comment:
    """A comment that the viewer may see, of the viewer's site. Raises NotFound."""
    found = Comment.objects.filter(visible_to(viewer), pk=ids.decode(public_id), thread__site=viewer.site)
    comment = found.select_related("thread__site").first()
    if comment is None:
        raise no_comment()
    return comment


def access_listed(public_id: str) -> Comment:
    """A comment that stands in its thread for everybody, if only as a gap. Raises NotFound."""
    found = Comment.objects.filter(pk=ids.decode(public_id), listed=True)
    comment = found.select_related("thread__site").first()
    if comment is None:
        raise no_comment()
    return comment


def public_comment(thread: Thread, public_id: str) -> Comment | None:
    """A public comment of a thread, or None."""
    found = Comment.objects.filter(PUBLIC, pk=ids.decode(public_id), thread=thread.pk)
    return found.select_related("thread__site").first()


def fresh(comment: Comment) -> Comment:
    """The same comment as it is stored now."""
    return Comment.objects.select_related("thread__site").get(pk=comment.pk)


def votes_of(viewer: Viewer, thread: Thread) -> dict[str, int]:
    """The viewer's own votes in a thread: {public id: 1 or -1}. The newest thousand."""
    if viewer.number is None or not thread.is_born:
        return {}
    mine = Vote.objects.filter(voter=viewer.number, comment__thread=thread).order_by("-id")[:1000]
    return {ids.encode(number): value for number, value in mine.values_list("comment_id", "value")}


def may_answer(viewer: Viewer, thread: Thread) -> bool:
    """Whether somebody may answer others in a thread: everybody, or where that is not so, who is invited, and staff."""
    if thread.closed is not None:
        return False
    if not thread.is_by_invitation or viewer.is_staff:
        return True
    if viewer.number is None or not thread.is_born:
        return False
    return Answerer.objects.filter(thread=thread, commenter=viewer.number).exists()


def is_newcomer(viewer: Viewer) -> bool:
    """Whether somebody has written nothing on the site yet."""
    written = Comment.objects.filter(author=viewer.number, thread__site=viewer.site)
    return viewer.number is None or not written.exists()


def own_comments(viewer: Viewer, thread: Thread) -> list[Comment]:
    """The viewer's own comments in a thread, newest first. The newest two hundred."""
    if viewer.number is None or not thread.is_born:
        return []
    return list(thread.comments.filter(author=viewer.number).order_by("-id")[:200])


def muted_in(viewer: Viewer, thread: Thread) -> list[str]:
    """The ids of comments in a thread by those whom the viewer mutes. The newest thousand."""
    muted = muted_by(viewer.commenter) if thread.is_born else []
    if not muted:
        return []
    found = Comment.objects.filter(author__in=muted, thread=thread.pk).order_by("-id")
    return [ids.encode(number) for number in found.values_list("pk", flat=True)[:1000]]


def mutes_on(viewer: Viewer) -> list[Commenter]:
    """Those whom the viewer mutes and who wrote on the viewer's site: the others are not this site's to know."""
    wrote = Comment.objects.filter(author=OuterRef("pk"), thread__site=viewer.site)
    muted = Mute.objects.filter(commenter=viewer.number).values("muted")
    found = Commenter.objects.filter(Exists(wrote), pk__in=muted)
    return list(found.order_by("name_key", "pk")[:MOST_MUTED])


def access_person(site: Site, public_id: str) -> Commenter:
    """Somebody with an account, on a site that shows profiles. Guests have none. Raises NotFound."""
    person = Commenter.objects.filter(pk=ids.decode(public_id)).exclude(name="").first()
    if person is None or person.is_guest or not site.profiles:
        raise NotFound(_("There is no such person here."))
    return person


def written_by(viewer: Viewer, person: Commenter, *, before: int, limit: int) -> list[Comment]:
    """What a person wrote on the viewer's site, as far as the viewer may see it, newest first, older than `before`."""
    found = Comment.objects.filter(visible_to(viewer), author=person.pk, thread__site=viewer.site)
    if before:
        found = found.filter(pk__lt=before)
    shown = found.exclude(state=Comment.State.DELETED).select_related("thread__site").order_by("-pk")
    return list(shown[:limit])


def newest(thread: Thread, limit: int) -> list[Comment]:
    """The newest public comments, for the feed."""
    if not thread.is_born:
        return []
    return list(thread.comments.filter(PUBLIC).order_by("-id").select_related("parent")[:limit])


# Comments that may be looked through to find the newest public one, or to count those since: a wave of what is held or
# removed costs no more than this.
NEAR, FAR = 200, 2000


def newest_id(thread: Thread, revision: int) -> str:
    """The public id of the newest public comment, where the thread still has this revision; else an empty string."""
    if not thread.is_born:
        return ""
    near = Comment.objects.filter(thread=thread, thread__revision=revision).order_by("-pk")[:NEAR]
    found = Comment.objects.filter(PUBLIC, pk__in=near.values("pk")).order_by("-pk")
    return ids.encode(found.values_list("pk", flat=True).first() or 0)


def check_mark(thread: Thread, number: int) -> None:
    """Whether a reader of this thread can have seen the comment of this number. Raises NotFound.

    It may have been removed since, so it need not be public; which of those that are not are of this thread is not
    told. One that is public elsewhere, or that nobody has written yet, it cannot be.
    """
    later = Comment.objects.filter(pk__gte=number).order_by("pk").annotate(shown=_IS_PUBLIC)
    first = later.values_list("pk", "thread", "shown").first()
    if first is None or (first[0] == number and first[2] and first[1] != thread.pk):
        raise no_comment()


def written_since(thread: Thread, number: int, most: int) -> tuple[list[int], bool]:
    """The numbers of public comments written after one, in order, at most so many; and whether there may be more."""
    if not thread.is_born:
        return [], False
    later = thread.comments.filter(pk__gt=number).order_by("pk").annotate(shown=_IS_PUBLIC)
    rows = list(later.values_list("pk", "shown")[:FAR])
    found = [pk for pk, shown in rows if shown]
    return found[:most], len(found) > most or len(rows) == FAR


def find_drift(limit: int = 1000) -> list[str]:
    """Sentences about counters that do not equal the rows they count, among the newest `limit` comments."""
    drift = []
    newest_comments = list(Comment.objects.order_by("-id")[:limit])
    for comment in newest_comments:
        cast = Vote.objects.filter(comment=comment, counted=True)
        ups, downs = cast.filter(value=1).count(), cast.filter(value=-1).count()
        replies = Comment.objects.filter(parent=comment, listed=True).count()
        if (ups, downs, replies) != (comment.ups, comment.downs, comment.reply_count):
            counts = (comment.ups, comment.downs, comment.reply_count)
            drift.append(f"comment {comment.public_id}: counts {counts}, rows {(ups, downs, replies)}")
        flat = Comment.objects.filter(branch=comment, listed=True).count()
        if flat != comment.branch_count:
            drift.append(f"comment {comment.public_id}: branch_count {comment.branch_count}, rows {flat}")
        if comment.listed != (comment.state == Comment.State.PUBLIC or comment.reply_count > 0):
            drift.append(f"comment {comment.public_id}: listed is {comment.listed}")
    for thread in Thread.objects.filter(comments__in=[c.pk for c in newest_comments]).distinct()[:50]:
        public = thread.comments.filter(PUBLIC).count()
        if public != thread.comment_count:
            drift.append(f"thread {thread.key}: comment_count {thread.comment_count}, rows {public}")
    return drift + standings.find_drift(newest_comments)
