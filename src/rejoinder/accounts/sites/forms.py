"""The forms of a site's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rejoinder.accounts.models import Site
from rejoinder.accounts.sites.policies import LONGEST_EDIT_WINDOW, Changes
from rejoinder.accounts.sso.verify import BY_KEY_SET, BY_SECRET
from rejoinder.core.errors import InvalidInput


class _SiteForm(forms.Form):
    """Shows a site's fields and gives what they become. What is wrong with a value, the action says."""

    use_required_attribute = False

    def refuse(self, error: InvalidInput) -> None:
        """Show what the action objected to, at its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error))

    @property
    def changes(self) -> Changes:
        return Changes(**self.cleaned_data)


class PoliciesForm(_SiteForm):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.CharField(
        label=_("Language"),
        max_length=12,
        help_text=_("Of the publication, as the lang attribute names it: en, de, ar …"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )
    guests = forms.BooleanField(label=_("Guests may write, without an account"), required=False)
    guest_email = forms.ChoiceField(label=_("A guest's e-mail address"), choices=Site.GuestEmail.choices)
    hold_all = forms.BooleanField(label=_("Hold every comment until a moderator has read it"), required=False)
    edit_window = forms.IntegerField(
        label=_("How long one's own comment can be changed, in seconds"),
        min_value=0,
        max_value=LONGEST_EDIT_WINDOW,
    )
    profiles = forms.BooleanField(
        label=_("Show on a page of its own what a person has written here"), required=False
    )


class SignOnForm(_SiteForm):
    sso_issuer = forms.CharField(
        label=_("Issuer"),
        max_length=300,
        required=False,
        help_text=_("What “iss” says in each token, such as https://www.example.org."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    sso_audience = forms.CharField(
        label=_("Audience"),
        max_length=300,
        required=False,
        help_text=_("What “aud” says in each token."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    sso_jwks_url = forms.CharField(
        label=_("Address of the key set"),
        max_length=500,
        required=False,
        help_text=_("For RS256, ES256 and EdDSA; begins with https://."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )
    sso_algorithms = forms.MultipleChoiceField(
        label=_("Algorithms"),
        required=False,
        help_text=_("None chosen: all that there is a secret or a key set for."),
        choices=[(name, name) for name in (*BY_SECRET, *BY_KEY_SET)],
        widget=forms.SelectMultiple(attrs={"size": 4, "dir": "ltr"}),
    )
    sso_roles = forms.BooleanField(label=_("Tokens may give roles to staff"), required=False)
    sso_required = forms.BooleanField(
        label=_("One takes part with an account of the publication only"), required=False
    )

    def clean_sso_algorithms(self) -> str:
        return " ".join(self.cleaned_data["sso_algorithms"])


def initial(site: Site, form: type[_SiteForm]) -> dict[str, Any]:
    """What a form shows: the site as it is."""
    shown = {name: getattr(site, name) for name in form.base_fields}
    return shown | ({"sso_algorithms": site.sso_algorithms.split()} if form is SignOnForm else {})
