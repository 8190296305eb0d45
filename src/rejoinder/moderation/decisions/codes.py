"""Grounds of decisions: stable names, by which reports count, and a sentence for each that its author reads."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rejoinder.accounts.models import Site
from rejoinder.core import rows
from rejoinder.core.errors import InvalidInput
from rejoinder.moderation.models import Terms

# Name -> (label, sentence). Rows keep the names: one is never taken away or given another meaning.
CODES: dict[str, tuple[Promise, Promise]] = {
    "abuse": (
        pgettext_lazy("ground of a decision", "Attack on a person"),
        gettext_lazy("It attacks a person instead of what they say."),
    ),
    "hate": (
        pgettext_lazy("ground of a decision", "Hatred against a group"),
        gettext_lazy("It shows hatred against a group of people."),
    ),
    "off-topic": (
        pgettext_lazy("ground of a decision", "Off topic"),
        gettext_lazy("It is about something other than the story."),
    ),
    "spam": (
        pgettext_lazy("ground of a decision", "Advertising"),
        gettext_lazy("It advertises something."),
    ),
    "privacy": (
        pgettext_lazy("ground of a decision", "Private information"),
        gettext_lazy("It shows private information about somebody."),
    ),
    "false": (
        pgettext_lazy("ground of a decision", "False statement"),
        gettext_lazy("It states as a fact what is known to be false, without a source."),
    ),
    "repeats": (
        pgettext_lazy("ground of a decision", "Repetition"),
        gettext_lazy("It repeats what the same person has already posted."),
    ),
    "illegal": (
        pgettext_lazy("ground of a decision", "Against the law"),
        gettext_lazy("It is against the law."),
    ),
    "guidelines": (
        pgettext_lazy("ground of a decision", "Against the guidelines"),
        gettext_lazy("It is against the guidelines of this site."),
    ),
    "misuse": (
        pgettext_lazy("ground of a decision", "Misuse of reports or appeals"),
        gettext_lazy("Reports or appeals were sent again and again without a ground."),
    ),
    "first": (
        pgettext_lazy("ground of a decision", "Read before it is public"),
        gettext_lazy("A moderator reads it before it appears."),
    ),
    "other": (
        pgettext_lazy("ground of a decision", "Something else"),
        gettext_lazy("It has another ground, named in the reason."),
    ),
}
# Those that say nothing about what was written.
NEUTRAL = {"first", "misuse"}
LONGEST_SENTENCE = 500


def check(code: str) -> str:
    """The code, if there is one of this name; empty stays empty. Raises InvalidInput."""
    if code and code not in CODES:
        raise InvalidInput(code="code", message=_("There is no such ground."), field="code")
    return code


def label(code: str) -> str:
    """What a ground is called; one that this version does not know is called by its name."""
    return str(CODES[code][0]) if code in CODES else code


def sentences(site: Site) -> dict[str, str]:
    """The sentence for each ground on a site: its own where it has one."""
    terms = rows.one(Terms, "site_id = %s", [site.pk])
    own = terms.sentences if terms else {}
    return {code: str(own.get(code) or sentence) for code, (_label, sentence) in CODES.items()}


def offered(site: Site) -> list[tuple[str, str, str]]:
    """What staff choose from when they decide about a comment: (code, label, sentence)."""
    found = sentences(site)
    return [(code, label(code), found[code]) for code in CODES if code not in NEUTRAL]
