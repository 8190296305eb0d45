"""What our letters say."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.core import mail
from rejoinder.core.text.plain import excerpt
from rejoinder.core.text.render import plain
from rejoinder.discussion.models import Comment
from rejoinder.notifications.links import CONFIRM, STOP, comment_link, link
from rejoinder.notifications.models import Contact

SHOWN = 10  # answers in one letter; of more it says how many
LONGEST_WORDS = 400


def ask_to_confirm(contact: Contact) -> bool:
    """Enqueue the one letter that an address gets before it is confirmed. Holds nothing that a visitor typed.

    Returns False where that address had its letter today.
    """
    site = contact.site
    with translation.override(site.language):
        text = _(
            "Somebody gave this address for a comment on %(site)s. If it was you, open this page and press the button:"
        ) % {"site": site.name}
        end = _("If it was not you, do nothing: you will get no further letters.")
        return mail.send(
            to=contact.email,
            subject=_("Is this your address?"),
            text=f"{text}\n\n{link(CONFIRM, contact)}\n\n{end}",
            kind="confirm",
            site=site.name,
        )


def answers(contact: Contact, found: Sequence[Comment]) -> mail.Letter:
    """One letter about all these answers, oldest first, as they stand now."""
    site, count = contact.site, len(found)
    with translation.override(site.language):
        head = ngettext("You were answered on %(site)s", "You were answered %(n)d times on %(site)s", count)
        parts = [_one(comment) for comment in found[:SHOWN]]
        if count > SHOWN:
            more = count - SHOWN
            parts.append(ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more})
        stop = link(STOP, contact)
        end = _("You get this because you asked to be told. To get no more of these letters, open this page:")
        return mail.Letter(
            to=contact.email,
            subject=head % {"n": count, "site": site.name},
            text="\n\n".join([*parts, f"{end}\n\n{stop}"]),
            site=site.name,
            language=site.language,
            stop_url=stop,
            # The same answers once more, after a crash, are the same letter.
            name=f"answers-{contact.pk}-{found[-1].pk}",
        )


def about_a_decision(contact: Contact, subject: str, parts: Sequence[str], *, name: str) -> None:
    """Enqueue a letter of these paragraphs, the way to get no more of them beneath."""
    stop = link(STOP, contact)
    end = _("To get no more letters of this site, open this page:")
    mail.send(
        to=contact.email,
        subject=subject,
        text="\n\n".join([*parts, end, stop]),
        kind="decision",
        site=contact.site.name,
        stop_url=stop,
        name=name,
    )


def _one(comment: Comment) -> str:
    thread = comment.thread
    title = excerpt(thread.title or thread.url or thread.key, 150)
    name = comment.author_name or _("Guest")
    head = _("%(name)s answered you on “%(title)s”:") % {"name": name, "title": title}
    return f"{head}\n\n> {excerpt(plain(comment.body), LONGEST_WORDS)}\n\n{comment_link(comment)}"
