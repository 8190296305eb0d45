"""The project's people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class Member(AbstractUser):
    """A user by name and password."""
