"""What a site's token says of somebody (RFC 7519, section 4.1), read strictly: a claim of another type is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from rejoinder.accounts.models import Role, Site
from rejoinder.accounts.sso.refusals import expired, of_the_future, refused
from rejoinder.core import clock

LEEWAY = 60  # seconds by which clocks may differ
LONGEST = 24 * 3600  # seconds from `iat` to `exp`
# A claim gives these and no others: who is staff follows from a role, who wrote the story from `author_of`.
BADGES = ("subscriber", "expert")
MOST_STORIES = 50
# As the columns.
_LONGEST_SUBJECT, _LONGEST_AVATAR, _LONGEST_KEY, _LONGEST_ID = 255, 500, 500, 200
_LONGEST_NAME = 600  # a longer one than may be shown is cut down later, by a sentence that helps


@dataclass(frozen=True, slots=True)
class Claims:
    """Who it is, and what the site says of them. `expires`: seconds since 1970."""

    issuer: str
    subject: str
    id: str
    expires: int
    name: str = ""
    avatar: str = ""
    badges: tuple[str, ...] = ()
    role: str = ""
    author_of: tuple[str, ...] = ()


def parse(raw: bytes) -> dict[str, Any]:
    """A JSON object in which no name stands twice. Raises TokenRefused."""
    try:
        found = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise refused("A part of the token is not a JSON object in which each name stands once.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number in JSON")


def check_claims(site: Site, said: dict[str, Any]) -> Claims:
    """The claims of a token whose signature holds. Raises TokenRefused."""
    if _text(said, "iss", longest=300) != site.sso_issuer:
        raise refused(f"The token's “iss” is not “{site.sso_issuer}”, the issuer that this site names.")
    _check_audience(site, said.get("aud"))
    return Claims(
        issuer=site.sso_issuer,
        subject=_text(said, "sub", longest=_LONGEST_SUBJECT),
        id=_text(said, "jti", longest=_LONGEST_ID),
        expires=_check_times(said),
        name=_text(said, "name", longest=_LONGEST_NAME, needed=False),
        avatar=_avatar(said),
        badges=_badges(said),
        role=_role(site, said),
        author_of=_author_of(said),
    )


def _text(said: dict[str, Any], claim: str, *, longest: int, needed: bool = True) -> str:
    value = said.get(claim, None if needed else "")
    if value is None and claim not in said:
        raise refused(f"The token has no “{claim}”.")
    if not isinstance(value, str) or (needed and not value) or len(value) > longest:
        raise refused(f"The token's “{claim}” must be a text of 1 to {longest} characters.")
    if needed and not value.isprintable():
        raise refused(f"The token's “{claim}” has characters that cannot be printed.")
    return value


def _check_audience(site: Site, said: Any) -> None:
    named = [said] if isinstance(said, str) else said
    fits = isinstance(named, list) and all(isinstance(one, str) for one in named)
    if not fits or not site.sso_audience or site.sso_audience not in named:
        raise refused(f"The token's “aud” does not name “{site.sso_audience}”, the audience of this site.")


def _time(said: dict[str, Any], claim: str) -> int:
    if claim not in said:
        raise refused(f"The token has no “{claim}”.")
    value = said[claim]
    # bool is an int to Python. Up to the year 9999: what comes later is a mistake, and no moment.
    if type(value) is not int or not 0 < value < 253_402_300_800:
        raise refused(f"The token's “{claim}” must be a whole number of seconds since 1970.")
    return value


def _check_times(said: dict[str, Any]) -> int:
    """When it expires. All three moments must be there."""
    issued, before, expires = (_time(said, claim) for claim in ("iat", "nbf", "exp"))
    now = int(clock.now().timestamp())
    for claim, moment in (("iat", issued), ("nbf", before)):
        if moment > now + LEEWAY:
            raise of_the_future(claim, moment, now)
    if expires <= now - LEEWAY:
        raise expired(expires, now)
    if not issued < expires <= issued + LONGEST or expires <= before:
        raise refused("The token's “exp” must come after “nbf” and “iat”, and at most 24 hours after “iat”.")
    return expires


def _avatar(said: dict[str, Any]) -> str:
    value = _text(said, "avatar", longest=_LONGEST_AVATAR, needed=False)
    if value and not (value.startswith("https://") and value.isascii() and value.isprintable()):
        raise refused("The token's “avatar” must be an https URL.")
    return value


def _texts(said: dict[str, Any], claim: str, *, most: int, longest: int) -> tuple[str, ...]:
    value = said.get(claim, [])
    right = isinstance(value, list) and all(isinstance(one, str) and 0 < len(one) <= longest for one in value)
    if not right or len(value) > most:
        raise refused(f"The token's “{claim}” must be a list of at most {most} texts.")
    return tuple(dict.fromkeys(value))


def _badges(said: dict[str, Any]) -> tuple[str, ...]:
    named = _texts(said, "badges", most=len(BADGES), longest=40)
    if unknown := [badge for badge in named if badge not in BADGES]:
        raise refused(f"The token's “badges” names “{unknown[0]}”. There are: {', '.join(BADGES)}.")
    return named


def _role(site: Site, said: dict[str, Any]) -> str:
    """What the site lets its tokens give. Where it lets them give none, the claim says nothing to us."""
    if not site.sso_roles or "role" not in said:
        return ""
    role = said["role"]
    if not isinstance(role, str) or role not in ("", *Role.Kind.values):
        raise refused(f"The token's “role” must be one of: {', '.join(Role.Kind.values)}.")
    return role


def _author_of(said: dict[str, Any]) -> tuple[str, ...]:
    keys = _texts(said, "author_of", most=MOST_STORIES, longest=_LONGEST_KEY)
    if any(not key.isprintable() for key in keys):
        raise refused("The token's “author_of” has characters that cannot be printed.")
    return keys
