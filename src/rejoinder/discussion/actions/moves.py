"""Threads move: to another key, or into another thread. Nothing that belongs to them is lost, and old keys lead on."""

from __future__ import annotations

from django.db.models import (
    Exists,
    ForeignKey,
    ForeignObjectRel,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UniqueConstraint,
)
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Authorship
from rejoinder.core import clock, events
from rejoinder.core.db import locked, writing
from rejoinder.core.errors import Conflict, InvalidInput
from rejoinder.discussion.actions.vote import count_waiting
from rejoinder.discussion.address import normalise_url
from rejoinder.discussion.errors import no_thread
from rejoinder.discussion.events import ThreadMoved, ThreadsMerged
from rejoinder.discussion.models import Admission, Alias, Comment, Standing, Thread
from rejoinder.discussion.moving import check_key
from rejoinder.discussion.orders import SCALE, rank_of

__all__ = ["merge_threads", "move_thread"]


def move_thread(*, thread: Thread, key: str) -> Thread:
    """Give a thread another key; the one before leads to it. Where that was its page's address, so is the new one.

    Raises InvalidInput for a key that is none, Conflict where another thread has it.
    """
    key = check_key(key)
    with writing():
        row = _locked([thread])[thread.pk]
        if row.key == key:
            return row
        if Thread.objects.filter(site=row.site_id, key=key).exists():
            raise Conflict(_("There is a thread with this key already; the two can be merged."), code="taken")
        # What led there leads there no more: the thread itself is there now.
        Alias.objects.filter(site=row.site_id, key=key).delete()
        Alias.objects.create(site=row.site, key=row.key, thread=row, created=clock.now())
        _bring_authors(row, key)
        was_address = not row.url or normalise_url(row.url) == row.key
        row.url = (normalise_url(key) or row.url) if was_address else row.url
        row.key, row.revision = key, row.revision + 1
        row.save(update_fields=["key", "url", "revision"])
        events.publish(ThreadMoved(site=row.site_id, thread=row.pk))
    return row


def merge_threads(*, source: Thread, into: Thread) -> Thread:
    """Bring all that belongs to `source` into another thread of its site; its key leads there, and it is no more.

    Comments keep their number, their time, their votes and what they answer. Whoever is reading either in an order
    that changes begins anew. Raises InvalidInput where they are the same or of two sites.
    """
    if source.pk == into.pk or source.site_id != into.site_id:
        message = _("Two different threads of one site can be merged.")
        raise InvalidInput(code="merge", message=message, field="into")
    with writing():
        # As everywhere: who votes, then comments from the leaf to the root, then threads.
        list(locked(Admission.objects.filter(thread__in=[source.pk, into.pk]).order_by("pk")))
        list(locked(Comment.objects.filter(thread=source.pk).order_by("-pk")).values_list("pk", flat=True))
        rows = _locked([source, into])
        old, new = rows[source.pk], rows[into.pk]
        _bring_comments(old, new)
        _bring_voters(old, new)
        Alias.objects.filter(thread=old).update(thread=new)
        _bring_authors(old, new.key)
        _bring_rest(old, new)
        # Where comments stood among others is known from now on.
        Standing.objects.filter(thread=old).delete()
        key, site = old.key, old.site
        old.delete()
        Alias.objects.create(site=site, key=key, thread=new, created=clock.now())
        new.revision += 1
        new.settled, new.comment_count = new.revision, new.comment_count + old.comment_count
        new.highlights += old.highlights
        new.corrected = new.corrected or old.corrected
        new.save(update_fields=["revision", "settled", "comment_count", "highlights", "corrected"])
        events.publish(ThreadsMerged(site=site.pk, source=source.pk, thread=new.pk))
    return new


def _locked(threads: list[Thread]) -> dict[int, Thread]:
    """The rows as they are now, locked. Raises NotFound where one is no more."""
    numbers = [thread.pk for thread in threads]
    found = locked(Thread.objects.select_related("site").filter(pk__in=numbers).order_by("pk"), of=("self",))
    rows = {row.pk: row for row in found}
    if len(rows) != len(set(numbers)):
        raise no_thread()
    return rows


def _bring_comments(old: Thread, new: Thread) -> None:
    comments = Comment.objects.filter(thread=old)
    # The same page was imported into both: it is known by the comment that was there before.
    known = Comment.objects.filter(thread=new).exclude(import_key=None).values("import_key")
    comments.filter(import_key__in=known).update(import_key=None)
    priors = (new.prior_up, new.prior_down)
    if priors != (old.prior_up, old.prior_down):
        for ups, downs in comments.values_list("ups", "downs").distinct():
            # What is pinned stands apart from its votes.
            unpinned = comments.filter(ups=ups, downs=downs, rank__gte=-SCALE)
            unpinned.update(rank=rank_of(ups, downs, *priors))
    comments.update(thread=new)


def _bring_voters(old: Thread, new: Thread) -> None:
    """Who was let in to one of the two is let in; what waited in the other counts now."""
    theirs, here = Admission.objects.filter(thread=old), Admission.objects.filter(thread=new)
    let_in = theirs.exclude(admitted=None)
    here.filter(admitted=None, voter__in=let_in.values("voter")).update(admitted=clock.now())
    theirs.filter(voter__in=here.values("voter")).delete()
    theirs.update(thread=new)
    count_waiting(thread=new, voters=here.exclude(admitted=None).values("voter"))


def _bring_authors(thread: Thread, key: str) -> None:
    """Who wrote the story beneath which it stands has written it under the other key too."""
    wrote = Authorship.objects.filter(site=thread.site, key=thread.key).values_list("commenter", flat=True)
    rows = [Authorship(site=thread.site, commenter_id=number, key=key) for number in wrote]
    Authorship.objects.bulk_create(rows, ignore_conflicts=True)


def _bring_rest(old: Thread, new: Thread) -> None:
    """What further apps keep about a thread, whichever they are: a row whose twin is there already goes."""
    # Those without a name on this side too: what is left behind here would go with the row.
    relations = [
        found for found in Thread._meta.get_fields(include_hidden=True) if isinstance(found, ForeignObjectRel)
    ]
    for relation in relations:
        model, field = relation.related_model, relation.field
        if model in {Comment, Admission, Alias, Standing} or not isinstance(field, ForeignKey):
            continue
        assert not isinstance(model, str)
        theirs = model._base_manager.filter(**{field.name: old})
        for others in _unique_beside(model, field.name):
            _twins(theirs, model, field.name, others, new).delete()
        model._base_manager.filter(**{field.name: old}).update(**{field.name: new})


def _unique_beside(model: type[Model], name: str) -> list[list[str]]:
    """What else must be the same for two rows to be one, for each rule that this field is a part of."""
    fields = model._meta.get_field(name)
    rules = [tuple(rule.fields) for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    rules += [tuple(rule) for rule in model._meta.unique_together]
    rules += [(name,)] if getattr(fields, "unique", False) else []
    return [[other for other in rule if other != name] for rule in rules if name in rule]


def _twins(
    theirs: QuerySet[Model], model: type[Model], name: str, others: list[str], new: Thread
) -> QuerySet[Model]:
    same = Q(**{other: OuterRef(other) for other in others})
    return theirs.filter(Exists(model._base_manager.filter(same, **{name: new})))
