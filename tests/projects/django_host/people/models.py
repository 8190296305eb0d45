"""Users as an older project has them: numbered by UUID, named by a handle, without an e-mail address."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Person(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    handle = models.CharField(max_length=40, unique=True)

    objects = BaseUserManager["Person"]()

    USERNAME_FIELD = "handle"
