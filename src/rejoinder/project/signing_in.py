"""How people sign in here: settings of django-allauth."""

from __future__ import annotations

from typing import Any

from rejoinder.core import providers
from rejoinder.core.conf import Configuration

APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.openid_connect",
]
CODE_LIVES = 15 * 60  # seconds; long enough for slow mail
MINUTES_15 = 15 * 60


def django_settings(configuration: Configuration, *, on_this_machine: bool) -> dict[str, Any]:
    """`on_this_machine`: the server is asked as localhost, where browsers allow passkeys without https."""
    return {
        **_ACCOUNTS,
        **_OTHERS,
        "SOCIALACCOUNT_PROVIDERS": providers.settings_of(configuration["REJOINDER_PROVIDERS"]),
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": on_this_machine,
        "REJOINDER_STAFF_SECOND_FACTOR": configuration["REJOINDER_STAFF_SECOND_FACTOR"] == "on",
    }


_ACCOUNTS: dict[str, Any] = {
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1"],
    "ACCOUNT_SIGNUP_FORM_CLASS": "rejoinder.accounts.people.forms.NameForm",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_ADAPTER": "rejoinder.accounts.adapter.Adapter",
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT": CODE_LIVES,
    "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": CODE_LIVES,
    "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND": True,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT": CODE_LIVES,
    "ACCOUNT_CHANGE_EMAIL": True,
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_SESSION_REMEMBER": True,
    "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": MINUTES_15,
    # Tries of passwords and mails are counted by accounts.people.limits. Here: codes of an app, and the rest.
    "ACCOUNT_RATE_LIMITS": {
        "login": "60/m/ip",
        "login_failed": "10/h/key",
        "signup": "20/m/ip",
        "request_login_code": "40/h/ip",
        "reset_password": "40/h/ip",
        "confirm_email": "1/10s/key",
    },
}
_OTHERS: dict[str, Any] = {
    "SOCIALACCOUNT_ADAPTER": "rejoinder.accounts.people.oidc.Social",
    # An address that is in use here is no way into the account that uses it.
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    "SOCIALACCOUNT_LOGIN_ON_GET": False,
    "MFA_ADAPTER": "rejoinder.accounts.people.secrets.SecondFactor",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    # Clocks of phones differ: the code before and after the present one are taken too.
    "MFA_TOTP_TOLERANCE": 1,
}
