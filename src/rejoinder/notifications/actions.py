"""Giving an address, confirming it, being told, and stopping that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from rejoinder.accounts.guests import get_or_make_guest
from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.viewer import Viewer
from rejoinder.core import clock, jobs, mail
from rejoinder.core.db import ask, writing
from rejoinder.core.errors import InvalidInput, RejoinderError, Unavailable
from rejoinder.core.limits import Limit, spend, take
from rejoinder.discussion.actions import Posted, post_comment
from rejoinder.discussion.errors import ConfirmFirst
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.ports import Writing
from rejoinder.discussion.queries import access_thread
from rejoinder.notifications.letters import ask_to_confirm
from rejoinder.notifications.models import Contact, Notice, Subscription, Waiting

TELL = "notifications.tell"
# Answers that come within this time are one letter: a lively thread is no reason for twenty.
BURST = timedelta(minutes=5)
# What one address block may make us write to addresses that nobody has confirmed: one who gives this many is no reader,
# and each may be somebody else's.
ASKED = Limit("asked addresses", most=10, window=timedelta(hours=1))


def check_email(*, viewer: Viewer, writing_: Writing) -> str:
    """The address that a guest gives by the site's rule, or "" where none is asked for or given.

    Raises InvalidInput where one is needed and missing, or is none.
    """
    policy = viewer.site.guest_email
    kinds = Site.GuestEmail
    if viewer.is_account or policy == kinds.NONE:
        return ""
    if writing_.email.strip():
        return mail.check_address(writing_.email)
    if policy == kinds.OPTIONAL:
        return ""
    message = _("Give your e-mail address; nobody else sees it.")
    raise InvalidInput(code="email-missing", message=message, field="email")


def receive(*, viewer: Viewer, thread: Thread, writing_: Writing) -> None:
    """See discussion.ports.Letters."""
    address = check_email(viewer=viewer, writing_=writing_)
    if not address or viewer.site.guest_email != Site.GuestEmail.CONFIRMED:
        return
    theirs = Contact.objects.filter(site=viewer.site, commenter=viewer.commenter, email=address)
    if viewer.commenter is None or not theirs.exclude(confirmed=None).exists():
        raise ConfirmFirst(
            keep_apart(viewer=viewer, thread=thread, writing_=writing_, address=address).contact.commenter
        )


def keep_apart(*, viewer: Viewer, thread: Thread, writing_: Writing, address: str) -> Waiting:
    """Keep a text until its writer's address is confirmed, and write to that. The same text again is the same row."""
    if not mail.works():
        message = _(
            "This site asks to confirm addresses, and cannot send mail right now. Your text is not posted; try later."
        )
        raise Unavailable(message)
    said = f"{thread.key}|{writing_.parent}|{writing_.name.strip()}|{writing_.body.strip()}"
    said += f"|{sorted(writing_.place.items())}" if writing_.place else ""
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    with writing():
        author = viewer.commenter or get_or_make_guest(writing_.guest_token)
        contact = _contact(viewer.site, author, address)
        kept = Waiting.objects.filter(contact=contact, digest=digest).first()
        if kept is not None:
            return kept
        spend(ASKED, viewer.block)
        kept, _made = Waiting.objects.get_or_create(
            contact=contact,
            digest=digest,
            defaults={
                "thread_key": thread.key,
                "url": thread.url,
                "title": thread.title or writing_.title[:300],
                "parent": writing_.parent[:20],
                "name": writing_.name.strip()[:60],
                "body": writing_.body,
                "notify": writing_.notify,
                "signals": dict(writing_.signals),
                "place": dict(writing_.place),
                "block": viewer.block[:64],
                "created": clock.now(),
            },
        )
        ask_to_confirm(contact)
    return kept


def keep(*, viewer: Viewer, comment: Comment, writing_: Writing) -> None:
    """See discussion.ports.Letters: who posted is told of answers if they asked for it, others of this one."""
    author = comment.author
    if author is not None:
        _keep_address(viewer, author, comment, writing_)
    if comment.parent_id is not None and comment.state == Comment.State.PUBLIC:
        note(comment=comment)


def wants_to_know(viewer: Viewer, writing_: Writing) -> bool:
    """Where an address may be given and need not be, giving it is asking to be told."""
    return writing_.notify or (not viewer.is_account and viewer.site.guest_email == Site.GuestEmail.OPTIONAL)


def _address_of(viewer: Viewer, author: Commenter, writing_: Writing) -> tuple[str, bool]:
    """The address to be kept with a comment, and whether it is known to be the writer's; a guest's never is."""
    if not viewer.is_account:
        return check_email(viewer=viewer, writing_=writing_), False
    user = author.user if writing_.notify else None
    if user is None:
        return "", False
    return str(getattr(user, user.get_email_field_name(), "") or ""), _is_verified(user.pk)


def _is_verified(user: object) -> bool:
    from django.apps import apps

    if not apps.is_installed("allauth.account"):
        return False
    from allauth.account.models import EmailAddress

    return bool(EmailAddress.objects.filter(user=user, primary=True, verified=True).exists())


def verified_address(commenter: Commenter) -> str:
    """The address that somebody signs in with here and has proved to be theirs, or an empty string."""
    user = commenter.user if commenter.user_id is not None else None
    if user is None or not _is_verified(user.pk):
        return ""
    return str(getattr(user, user.get_email_field_name(), "") or "")


def _contact(site: Site, commenter: Commenter, address: str) -> Contact:
    contact, _made = Contact.objects.get_or_create(
        site=site, commenter=commenter, email=address, defaults={"created": clock.now()}
    )
    return contact


def _keep_address(viewer: Viewer, author: Commenter, comment: Comment, writing_: Writing) -> None:
    address, is_confirmed = _address_of(viewer, author, writing_)
    if not address:
        return
    contact = _contact(viewer.site, author, address)
    if wants_to_know(viewer, writing_):
        _subscribe(viewer, contact, comment, is_confirmed)


def _subscribe(viewer: Viewer, contact: Contact, comment: Comment, is_confirmed: bool) -> None:
    if is_confirmed and contact.confirmed is None:
        contact.confirmed = clock.now()
    # Asking anew ends an earlier "no more".
    contact.stopped = None
    contact.save(update_fields=["confirmed", "stopped"])
    Subscription.objects.get_or_create(contact=contact, comment=comment, defaults={"created": clock.now()})
    if contact.confirmed is None and mail.works() and take(ASKED, viewer.block) is None:
        ask_to_confirm(contact)


# Who asked to be told of answers to a comment, but for who wrote the answer, and those who do not want to read them.
_ASKED = """
    SELECT c.id FROM rejoinder_subscription s JOIN rejoinder_contact c ON c.id = s.contact_id
    WHERE s.comment_id = %(parent)s AND c.stopped IS NULL AND c.confirmed IS NOT NULL AND c.commenter_id <> %(author)s
      AND NOT EXISTS (SELECT 1 FROM rejoinder_mute m WHERE m.commenter_id = c.commenter_id AND m.muted_id = %(author)s)
    ORDER BY c.id"""


def note(*, comment: Comment) -> None:
    """A public reply: note it for those who asked to be told of answers to what it answers. Twice is once."""
    asked = [
        number for (number,) in ask(_ASKED, {"parent": comment.parent_id, "author": comment.author_id or 0})
    ]
    moment = clock.now()
    for number in asked:
        row = Notice(contact_id=number, comment=comment, created=moment)
        Notice.objects.bulk_create([row], ignore_conflicts=True)
        jobs.enqueue(TELL, key=f"tell:{number}", due=moment + BURST, contact=number)


def waiting_for(*, contact: Contact) -> list[Waiting]:
    """What waits for an address on a site, whoever wrote it: one letter a day is all that it gets."""
    same = Contact.objects.filter(site=contact.site, email__iexact=contact.email)
    found = Waiting.objects.filter(contact__in=same, comment=None).order_by("pk")
    return list(found.select_related("contact__site", "contact__commenter")[:20])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a text that waited: posted, or the sentence why not yet. Its words are never lost."""

    waiting: Waiting
    posted: Posted | None
    problem: str = ""


def confirm(*, contact: Contact, chosen: Iterable[int]) -> list[Outcome]:
    """The button was pressed: the address is this person's, and these of the waiting texts are. Twice does it once."""
    texts = [kept for kept in waiting_for(contact=contact) if kept.pk in set(chosen)]
    numbers = {contact.pk, *(kept.contact_id for kept in texts)}
    with writing():
        Contact.objects.filter(pk__in=numbers, confirmed=None).update(confirmed=clock.now())
    return [post_kept(waiting=kept) for kept in texts]


def post_kept(*, waiting: Waiting) -> Outcome:
    """Post a text whose writer's address is confirmed by now, by the same way as any other."""
    contact = waiting.contact
    typed = Writing(
        body=waiting.body,
        name=waiting.name,
        parent=waiting.parent,
        # A row is posted once, however often and from however many windows the button is pressed.
        idempotency_key=f"waiting-{waiting.pk}-{waiting.digest[:32]}",
        title=waiting.title,
        email=contact.email,
        notify=waiting.notify,
        place=waiting.place,
        signals={
            **waiting.signals,
            "kept": True,
        },  # whoever presses the button cannot be asked about the text
    )
    viewer = Viewer(site=contact.site, commenter=contact.commenter, block=waiting.block)
    try:
        thread = access_thread(contact.site, waiting.thread_key, waiting.url or None)
        posted = post_comment(viewer=viewer, thread=thread, writing_=typed)
    except RejoinderError as error:
        return Outcome(waiting, None, str(error))
    with writing():
        Waiting.objects.filter(pk=waiting.pk).update(comment=posted.comment)
    return Outcome(waiting, posted)


def deny(*, contact: Contact) -> None:
    """It was somebody else who gave this address: what waits for it goes, and nothing more is sent."""
    with writing():
        same = Contact.objects.filter(site=contact.site, email__iexact=contact.email)
        same.filter(confirmed=None).delete()
        same.update(stopped=clock.now())


def stop(*, contact: Contact) -> None:
    """No more letters about answers on this site to this address, whoever asked for them."""
    with writing():
        same = Contact.objects.filter(site=contact.site, email__iexact=contact.email, stopped=None)
        same.update(stopped=clock.now())
