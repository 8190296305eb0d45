"""From what is shown to HTML: the three templates that are drawn once a comment, by Jinja.

Compiled templates, in which all that is the same for every comment is made once a window, take a tenth of the time
that Django's took. Text is escaped by Jinja; only `Shown.html` is trusted, which core.text made.

The engine is Django's own backend, made here: a project need not name it in TEMPLATES. A template of the same name
in the folder `jinja2` of an app that stands earlier in INSTALLED_APPS takes the place of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as formatted
from django.utils.formats import number_format
from jinja2 import StrictUndefined, Template
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from rejoinder.discussion.windows.shape import Shown, Window

# Stands in a piece of markup where each comment puts what is its own. A piece is made of a template, its sentences and
# addresses; nothing that people typed is in it.
GAP = "\0"


class Around(NamedTuple):
    """What a template knows of the window that a comment stands in."""

    site: str
    key: str
    order: str
    closed: bool
    invited: bool


def window(shown: Window) -> Markup:
    """The markup of a window, in the language that is active."""
    return _drawn("window", shown, within=shown)


def comment(shown: Shown, within: Window) -> Markup:
    """The markup of one comment and of what stands beneath it, as in the window given."""
    return _drawn("comment", shown, within=within)


def short(shown: Shown) -> Markup:
    """The markup of a comment drawn short."""
    return _drawn("short", shown, within=None)


def _drawn(name: str, what: Window | Shown, *, within: Window | None) -> Markup:
    around = Around(within.site, within.key, within.order, within.closed, within.invited) if within else None
    module = _begun(name, translation.get_language() or "", around)
    drawn: Markup = getattr(module, name)(what)
    return drawn


@lru_cache(maxsize=512)
def _begun(name: str, language: str, around: Around | None) -> TemplateModule:
    """A template whose part before its macro has run: sentences and addresses, in `language`, which is active."""
    template: Template = engine().env.get_template(f"rejoinder/{name}.html")
    return template.make_module({"within": around})


@cache
def engine() -> Jinja2:
    """The engine of the three templates, and of what a host puts in their place."""
    options = {"extensions": ["jinja2.ext.i18n"], "undefined": StrictUndefined}
    made = Jinja2({"NAME": "rejoinder", "DIRS": [], "APP_DIRS": True, "OPTIONS": options})
    texts = {name: getattr(translation, name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}
    made.env.install_gettext_callables(**texts, newstyle=True)  # type: ignore[attr-defined]
    made.env.globals.update(_GIVEN)
    made.env.filters.update(_FILTERS)
    return made


# What the templates call


def _parts(piece: str) -> Sequence[str]:
    """A piece of markup, parted at its gaps."""
    return escape(piece).split(GAP)


def _filled(parts: Sequence[str], *values: object) -> Markup:
    """A piece of markup with values, escaped, in its gaps."""
    pieces: list[str] = [parts[0]]
    for part, value in zip(parts[1:], values, strict=True):
        pieces += (escape(value), part)
    # Safe: each is a part of a template, or escaped.
    return Markup("".join(pieces))  # noqa: S704


def _remembered(said: Callable[[int], Markup]) -> Callable[[int], Sequence[str]]:
    """What is said of a number, parted at its gaps: translated once a number, however many comments say it."""
    return cache(lambda number: _parts(said(number)))


def _url_of(name: str) -> str:
    """The address of something of a comment, with a gap where the comment's id goes."""
    any_id = "0-id-0"
    before, _id, after = reverse(f"rejoinder:{name}", args=[any_id]).rpartition(any_id)
    return before + GAP + after


def _more_url(within: Around) -> str:
    """The address of more of a window, with a gap where the cursor goes."""
    asked = urlencode({"key": within.key, "sort": within.order})
    return f"{reverse('rejoinder:thread', args=[within.site])}?{asked}&cursor={GAP}#discussion"


def _votes_url(within: Around) -> str:
    return reverse("rejoinder:votes", args=[within.site])


def _grouped(number: int) -> str:
    """A number as one reads it. No language parts fewer than four digits."""
    return str(number) if -1000 < number < 1000 else number_format(number, force_grouping=True)


# Of Django's date format: what is put in for each comment, and the letters that differ within a month besides.
_MARKS = {"H": "\1", "i": "\2", "j": "\3", "d": "\4"}
_DIFFERS = re.compile(r"(?<!\\)[aABcDefgGhIlNoOPrsSTuUwWzZ]")


class Form(NamedTuple):
    """How moments are written: a form of Django's filter `date`, a language, a time zone (None: as they are)."""

    form: str
    language: str
    zone: tzinfo | None
    by_month: bool


def _form_of(form: str) -> Form:
    zone = timezone.get_current_timezone() if settings.USE_TZ else None
    return Form(str(form), translation.get_language() or "", zone, not _DIFFERS.search(form))


def _written(moment: datetime, form: Form) -> tuple[str, str]:
    """A moment as ISO 8601 and in its form. Its month is put in words once for all comments of that month."""
    here = moment.astimezone(form.zone) if form.zone and moment.tzinfo else moment
    if not form.by_month:
        return here.isoformat(), formatted(here, form.form)
    month = _month(here.year, here.month, form.form, form.language)
    day = month.replace("\3", str(here.day)).replace("\4", f"{here.day:02}")
    return here.isoformat(), day.replace("\1", f"{here.hour:02}").replace("\2", f"{here.minute:02}")


@lru_cache(maxsize=1024)
def _month(year: int, month: int, form: str, language: str) -> str:
    """A month in a form, with marks where day, hour and minute go. `language` is the one that is active."""
    marked = re.sub(r"(?<!\\)[Hijd]", lambda letter: _MARKS[letter[0]], form)
    return formatted(date(year, month, 1), marked)


_GIVEN: dict[str, Any] = {
    "form_of": _form_of,
    "gap": GAP,
    "more_url": _more_url,
    "remembered": _remembered,
    "url_of": _url_of,
    "votes_url": _votes_url,
}
# Filters where they are called for every comment: Jinja calls one directly, a function by way of its context.
_FILTERS: dict[str, Any] = {"filled": _filled, "grouped": _grouped, "parts": _parts, "written": _written}
