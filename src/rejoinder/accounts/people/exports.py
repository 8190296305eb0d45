"""All that is held of a person, as JSON objects: theirs to take along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from rejoinder.accounts import ports
from rejoinder.accounts.models import Authorship, Commenter
from rejoinder.core import ids

Line = dict[str, Any]


def lines_of(commenter: Commenter) -> Iterator[Line]:
    """Everything, one object a line, each with a "type". Moments are ISO 8601; secrets and digests are left out."""
    yield {
        "type": "person",
        "id": ids.encode(commenter.pk),
        "name": commenter.name,
        "guest": commenter.is_guest,
        "created": commenter.created.isoformat(),
    }
    yield from _signing_in(commenter)
    yield from _own(commenter)
    for export in ports.exportables.values():
        yield from export(commenter)


def _own(commenter: Commenter) -> Iterator[Line]:
    for change in commenter.name_changes.order_by("id"):
        moment = change.created.isoformat()
        yield {"type": "name", "before": change.before, "after": change.after, "created": moment}
    for role in commenter.roles.select_related("site").order_by("id"):
        yield {"type": "role", "site": role.site.key, "role": role.kind, "created": role.created.isoformat()}
    for mute in commenter.mutes.select_related("muted").order_by("id"):
        whom = ids.encode(mute.muted_id)
        yield {"type": "mute", "whom": whom, "name": mute.muted.name, "created": mute.created.isoformat()}
    for session in commenter.sessions.select_related("site").order_by("id"):
        yield {
            "type": "session",
            "site": session.site.key,
            "origin": session.origin,
            "created": session.created.isoformat(),
            "seen": session.seen.isoformat(),
        }
    for known in commenter.identities.select_related("site").order_by("id"):
        yield {
            "type": "identity",
            "site": known.site.key,
            "issuer": known.issuer,
            "subject": known.subject,
            "avatar": known.avatar,
            "badges": known.badges.split(),
            "created": known.created.isoformat(),
        }
    for wrote in Authorship.objects.filter(commenter=commenter).select_related("site").order_by("id"):
        yield {"type": "author", "site": wrote.site.key, "thread": wrote.key}


def _signing_in(commenter: Commenter) -> Iterator[Line]:
    user: Any = commenter.user
    if user is None:
        return
    yield {"type": "account", "email": getattr(user, user.get_email_field_name(), "")}
    if not apps.is_installed("allauth.mfa"):
        return
    for address in user.emailaddress_set.order_by("id"):
        yield {"type": "address", "email": address.email, "confirmed": address.verified}
    for factor in user.authenticator_set.order_by("id"):
        yield {"type": "sign-in", "by": factor.type, "created": factor.created_at.isoformat()}
    for social in user.socialaccount_set.order_by("id"):
        joined = social.date_joined.isoformat()
        yield {"type": "sign-in", "by": social.provider, "created": joined, "known": social.extra_data}
