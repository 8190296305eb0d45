"""What is asked of somebody who makes an account, besides what the accounts package asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import MAX_NAME
from rejoinder.accounts.people.names import check_account_name, commenter_for
from rejoinder.core.errors import InvalidInput


class NameForm(forms.Form):
    """The name that readers see."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=MAX_NAME,
        help_text=_("Readers see it beside your comments."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    field_order = ("name", "email", "password1")

    def clean_name(self) -> str:
        try:
            return check_account_name(self.cleaned_data["name"])
        except InvalidInput as error:
            raise forms.ValidationError(str(error), code=error.code) from error

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called once the user is stored."""
        commenter_for(user, name=self.cleaned_data["name"])
