"""Whether a rule can be what somebody wants it to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.accounts.models import Site
from rejoinder.core.errors import InvalidInput
from rejoinder.core.outbound import NoAnswer
from rejoinder.core.outbound.addresses import target_of
from rejoinder.core.text.check import check_short
from rejoinder.core.text.numbers import whole
from rejoinder.core.text.refusals import grouped
from rejoinder.discussion.models import Thread
from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Rule
from rejoinder.moderation.screening import patterns
from rejoinder.moderation.screening.folding import folded
from rejoinder.moderation.screening.kinds import KINDS, SERVICES
from rejoinder.moderation.screening.phrases import LONGEST, MOST
from rejoinder.moderation.screening.signs import bare

_HOSTS: Final = 500
# A service signs with it: as long as a digest, see RFC 2104, section 3.
_SHORTEST_SECRET: Final = 32


@dataclass(frozen=True, slots=True)
class Wish:
    """What a rule is to be, as typed. `thread`: the key of one; `secret`: empty leaves what there is."""

    name: str
    kind: str
    words: str = ""
    figures: Mapping[str, str | int] = field(default_factory=dict)
    verdict: str = Rule.Verdict.HOLD
    mode: str = Rule.Mode.LOG
    severity: str | int = 2
    code: str = ""
    sentence: str = ""
    section: str = ""
    thread: str = ""
    secret: str = ""


def check(site: Site, wish: Wish, rule: Rule | None) -> dict[str, Any]:
    """The columns of the rule. Raises InvalidInput, which names the field."""
    if wish.kind not in KINDS:
        raise _bad("kind", _("Choose what it looks for from the list."))
    secret = wish.secret.strip() or (rule.secret if rule and rule.kind == wish.kind else "")
    return {
        "name": _check_name(site, wish.name, rule),
        "kind": wish.kind,
        "words": _WORDS.get(wish.kind, _no_words)(wish.words),
        "figures": _check_figures(wish),
        "verdict": _check_verdict(wish),
        "mode": _choice("mode", wish.mode, Rule.Mode.values),
        "severity": _check_figure("severity", wish.severity, 1, 5),
        "code": codes.check(wish.code),
        "sentence": check_short(wish.sentence, 500, "sentence", required=False),
        "section": check_short(wish.section, 120, "section", required=False),
        "thread": _check_thread(site, wish.thread),
        "secret": _check_secret(wish.kind, secret),
    }


def _bad(name: str, message: str, kept: str = "") -> InvalidInput:
    return InvalidInput(code=name, message=message, field=name, kept=kept)


def _check_name(site: Site, raw: str, rule: Rule | None) -> str:
    name = check_short(raw, 80, "name")
    others = Rule.objects.filter(site=site, name=name)
    if (others.exclude(pk=rule.pk) if rule else others).exists():
        raise _bad("name", _("There is a rule of this name already."), name)
    return name


def _choice(name: str, value: str, values: list[str]) -> str:
    if value not in values:
        raise _bad(name, _("Choose from the list."))
    return value


def _check_verdict(wish: Wish) -> str:
    verdict = _choice("verdict", wish.verdict, Rule.Verdict.values)
    if verdict == Rule.Verdict.REFUSE and wish.kind in {*SERVICES, Rule.Kind.EVERYTHING, Rule.Kind.NEWCOMER}:
        raise _bad("verdict", _("A rule of this kind cannot refuse; it can hold, or place a card."))
    return verdict


def _check_figure(name: str, raw: str | int, least: int, most: int) -> int:
    text = str(raw).strip()
    number = whole(text, 6)
    if number is None or not least <= number <= most:
        message = _("Give a whole number from %(least)s to %(most)s.")
        raise _bad(name, message % {"least": grouped(least), "most": grouped(most)}, text[:20])
    return number


def _check_figures(wish: Wish) -> dict[str, int]:
    return {
        name: _check_figure(name, wish.figures.get(name, figure.usual), figure.least, figure.most)
        for name, figure in KINDS[wish.kind].figures.items()
    }


def _check_thread(site: Site, key: str) -> Thread | None:
    key = key.strip()
    if not key:
        return None
    found = Thread.objects.filter(site=site, key=key).first()
    if found is None:
        raise _bad("thread", _("There is no discussion with this key."), key[:500])
    return found


def _lines(raw: str, most: int, longest: int) -> list[str]:
    lines = list(dict.fromkeys(line.strip() for line in raw.splitlines() if line.strip()))
    if len(lines) > most:
        sentence = ngettext("At most %(n)s line is taken.", "At most %(n)s lines are taken.", most)
        raise _bad("words", sentence % {"n": grouped(most)})
    long = next((line for line in lines if len(line) > longest), None)
    if long is not None:
        raise _bad("words", _("This line is too long: “%(line)s”") % {"line": long[:60] + "…"}, raw)
    return lines


def _check_phrases(raw: str) -> str:
    lines = _lines(raw, MOST, LONGEST)
    if not lines:
        raise _bad("words", _("Give at least one word or phrase."))
    for line in lines:
        if not folded(line).strip("- *") and not bare(line.strip("*")).strip():
            raise _bad("words", _("There is nothing to look for in “%(line)s”.") % {"line": line[:60]}, raw)
    return "\n".join(lines)


def _check_pattern(raw: str) -> str:
    if not raw.strip():
        raise _bad("words", _("Give a regular expression."))
    return patterns.check(raw.strip("\r\n"))


def _check_hosts(raw: str) -> str:
    return "\n".join(line.lower() for line in _lines(raw, _HOSTS, 253))


def _check_address(raw: str) -> str:
    address = raw.strip()
    try:
        target_of(address)
    except NoAnswer as error:
        raise _bad("words", str(error), address[:2000]) from None
    return address


def _no_words(raw: str) -> str:
    return ""


_WORDS: Final = {
    Rule.Kind.PHRASES.value: _check_phrases,
    Rule.Kind.PATTERN.value: _check_pattern,
    Rule.Kind.LINKS.value: _check_hosts,
    Rule.Kind.SERVICE.value: _check_address,
}


def _check_secret(kind: str, secret: str) -> str:
    if kind not in SERVICES:
        return ""
    if kind == Rule.Kind.SERVICE and len(secret) < _SHORTEST_SECRET:
        raise _bad("secret", _("Give a secret of at least 32 characters, which signs what is sent."))
    if not secret or len(secret) > 120:
        raise _bad("secret", _("Give the key that the service knows you by, of at most 120 characters."))
    return secret
