"""What the templates of sign-in ask."""

from __future__ import annotations

from django import template

from rejoinder.core import mail

register = template.Library()


@register.simple_tag
def mail_works() -> bool:
    """Whether mail leaves this server."""
    return mail.works()
