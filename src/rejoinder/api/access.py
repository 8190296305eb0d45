"""Who speaks: by the bearer of the request alone. Nothing here looks at a cookie."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from rejoinder.accounts.models import Commenter, Site
from rejoinder.accounts.queries import access_site
from rejoinder.accounts.sessions import tokens
from rejoinder.accounts.sessions.bearer import signed_out, viewer_of_bearer
from rejoinder.accounts.viewer import Viewer
from rejoinder.api.models import ApiToken
from rejoinder.api.queries import PREFIX, find_token, site_numbered
from rejoinder.core.errors import Refused, SignedOut
from rejoinder.discussion.models import Comment
from rejoinder.discussion.queries import access_comment, site_of_comment


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asks. `program`: the token of a program, None for people."""

    viewer: Viewer
    program: ApiToken | None = None

    def become(self, author: Commenter) -> Speaker:
        """The same, known by what they have just written."""
        return replace(self, viewer=replace(self.viewer, commenter=author))

    @property
    def kind(self) -> Literal["nobody", "guest", "account", "program"]:
        if self.program is not None:
            return "program"
        if self.viewer.commenter is None:
            return "nobody"
        return "account" if self.viewer.is_account else "guest"


def speaker_on(request: HttpRequest, site: str, scope: str) -> Speaker:
    """Who asks something of a site. `scope`: what a program's token must allow. Raises NotFound, SignedOut, Refused."""
    found = access_site(site)
    speak(request, found)
    return _speaker(request, found, scope)


def speaker_about(request: HttpRequest, public_id: str, scope: str) -> tuple[Speaker, Comment]:
    """Who asks about a comment, and the comment, if they may see it. Raises NotFound, SignedOut, Refused.

    Who brings a token is made sure of before the comment is looked for: whether it is there is not told by the way
    in which a bad token is refused.
    """
    site = _site_of_bearer(request) or site_of_comment(public_id)
    speaker = _speaker(request, site, scope)
    comment = access_comment(speaker.viewer, public_id)
    # Only now: in the site's language, a refusal would tell that there is something to refuse.
    speak(request, site)
    return speaker, comment


def speak(request: HttpRequest, site: Site) -> None:
    """Answer one reader in the language that they ask for, where we speak it, else in the site's."""
    known = {language for language, _name in settings.LANGUAGES}
    said = request.headers.get("Accept-Language", "").lower()
    asked = (code for code, weight in parse_accept_lang_header(said) if weight)
    spoken = (found for code in asked for found in (code, code.partition("-")[0]) if found in known)
    translation.activate(next(spoken, site.language))


def _token(request: HttpRequest) -> str | None:
    """The bearer's token, or None where the request names none. Raises SignedOut for another kind of credential."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise signed_out()
    return token.strip()


def _site_of_bearer(request: HttpRequest) -> Site | None:
    token = _token(request)
    if token is None:
        return None
    if token.startswith(PREFIX):
        return _program(token).site
    access = tokens.read(token)
    if access is None:
        raise signed_out()
    return site_numbered(access.site)


def _speaker(request: HttpRequest, site: Site, scope: str) -> Speaker:
    token = _token(request)
    if token is None or not token.startswith(PREFIX):
        return Speaker(viewer_of_bearer(request, site))
    program = _program(token)
    if program.site_id != site.pk:
        raise _no_token()
    if not program.allows(scope):
        raise Refused(_("This token does not allow that."), code="scope")
    program.remember_use()
    return Speaker(Viewer(site=site, commenter=program.commenter, block=_block(program)), program)


def _program(token: str) -> ApiToken:
    found = find_token(token)
    if found is None:
        raise _no_token()
    return found


def _no_token() -> SignedOut:
    return SignedOut(_("This token is not valid here, or not any more."), code="token")


def _block(program: ApiToken) -> str:
    """What a program's limits count by: itself, wherever it runs. A keyed digest like those of addresses."""
    message = f"program:{program.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
