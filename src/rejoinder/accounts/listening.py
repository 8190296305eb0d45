"""What follows when a site or its staff change, whoever changes them: its pages are drawn anew."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from rejoinder.accounts.actions import raise_edition
from rejoinder.accounts.models import Role, Site
from rejoinder.accounts.sessions import rows  # noqa: F401  (its periodic job)


@receiver([post_save, post_delete], sender=Role, dispatch_uid="rejoinder_accounts.staff")
def staff_changed(sender: type[Role], instance: Role, **kwargs: Any) -> None:
    """A badge appears or goes."""
    if not kwargs.get("raw"):
        raise_edition(site=instance.site_id)


@receiver(post_save, sender=Site, dispatch_uid="rejoinder_accounts.site")
def site_changed(sender: type[Site], instance: Site, *, created: bool, **kwargs: Any) -> None:
    """Its name, its language or a rule."""
    if not created and not kwargs.get("raw"):
        raise_edition(site=instance.pk)
