"""What the accounts package keeps secret of a person is stored encrypted, under the server's key."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO
from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from rejoinder.accounts.models import Commenter


def _box() -> Fernet:
    key = hashlib.sha256(b"rejoinder.accounts.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """On white: a phone reads it where the page is dark too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """As the accounts package has it, under the name that the person goes by here."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        name = Commenter.objects.filter(user=user).values_list("name", flat=True).first()
        return {**entity, "display_name": name or entity["display_name"]}
