"""Keys of programs that ask in Perspective's format: giving them out, knowing them again, taking them back."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.assist.actions import ask_for_refit
from rejoinder.assist.models import Client, Example
from rejoinder.assist.models.clients import QUOTA
from rejoinder.core import clock, ids, rows
from rejoinder.core.db import writing
from rejoinder.core.errors import InvalidInput, NotFound
from rejoinder.core.text.names import check_name
from rejoinder.core.text.numbers import whole

PREFIX = "rjp_"
LARGEST_QUOTA = 600_000
_LONGEST = 100


def add_client(*, site: Site, name: str, quota: int = QUOTA) -> tuple[Client, str]:
    """A key for a program. `quota`: requests a minute. Returns its row and the key, which is kept nowhere.

    Raises InvalidInput.
    """
    _check_quota(quota)
    key = PREFIX + secrets.token_urlsafe(32)
    row = Client(site=site, name=check_name(name), digest=ids.digest(key), quota=quota, created=clock.now())
    with writing():
        row.save()
    return row, key


def find_client(key: str) -> Client | None:
    """The row of a key with its site, where it has not been taken back. Two statements, on the way of every request."""
    if not key.startswith(PREFIX) or len(key) > _LONGEST or not key.isascii():
        return None
    client = rows.one(Client, "digest = %s AND ended IS NULL", [ids.digest(key)])
    site = rows.one(Site, "id = %s", [client.site_id]) if client is not None else None
    if client is None or site is None:
        return None
    client.site = site
    return client


def access_client(number: int) -> Client:
    """A client by the number that lists show. Raises NotFound."""
    found = Client.objects.filter(pk=number).select_related("site").first()
    if found is None:
        raise NotFound(f"There is no key {number}.", code="no-key")
    return found


def access_client_of(site: Site, number: str) -> Client:
    """A client of the site's by its number, as a form says it. Raises NotFound."""
    found = Client.objects.filter(site=site, pk=whole(number) or 0).first()
    if found is None:
        raise NotFound(_("There is no such key."))
    return found


def clients_of(site: Site | None) -> list[Client]:
    """All clients, or those of one site, oldest first."""
    found = Client.objects.select_related("site").order_by("site__key", "pk")
    return list(found if site is None else found.filter(site=site))


def change_quota(*, client: Client, quota: int) -> None:
    """How many requests a minute a program may make from now on. Raises InvalidInput."""
    _check_quota(quota)
    client.quota = quota
    with writing():
        client.save(update_fields=["quota"])


def _check_quota(quota: int) -> None:
    if not 1 <= quota <= LARGEST_QUOTA:
        raise InvalidInput(code="quota", message=f"A quota is between 1 and {LARGEST_QUOTA:,} a minute.")


def forget_client(*, client: Client) -> int:
    """Take a key back, and unlearn all that the client told. Returns how many decisions those were."""
    client.end()
    with writing():
        # The model has learned from them: it is made anew without them.
        told = Example.objects.filter(site=client.site, key__startswith=f"client:{client.pk}:")
        number, _rows = told.delete()
        if number:
            ask_for_refit(client.site, forced=True)
    return number


def token_of(client: Client, *, community: str, token: str, text: str) -> str:
    """How an example is called that a client told of: by its own token, else by the words themselves.

    A second suggestion about the same takes the place of the first. Communities that share a key are kept apart.
    """
    told = f"{community}\n{token}" if token else f"{community}\n\n{text}"
    return f"{client.pk}:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:48]}"
