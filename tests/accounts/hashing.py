"""A hasher of passwords that counts."""

from __future__ import annotations

from django.contrib.auth.hashers import MD5PasswordHasher

made: list[str] = []


class Counting(MD5PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        made.append(salt)
        return super().encode(password, salt)
