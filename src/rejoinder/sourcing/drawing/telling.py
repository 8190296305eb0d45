"""A claim in the words in which readers are told of it; in the language that is active."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from rejoinder.core import ids
from rejoinder.sourcing.figures import Figure
from rejoinder.sourcing.models import ClaimStatus, Source
from rejoinder.sourcing.queries import Shown

# The address of a source's page; "" where it has none.
Links = Callable[[Source], str]

_MANY: Final = {
    "says": pgettext_lazy("of several sources", "say"),
    "claims": pgettext_lazy("of several sources", "claim"),
    "denies": pgettext_lazy("of several sources", "deny"),
    "estimates": pgettext_lazy("of several sources", "estimate"),
    "documents": pgettext_lazy("of several sources", "document"),
}
# What is drawn with the red pencil.
CONTESTED: Final = frozenset({"disputed", "false", "retracted"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A source as it is shown. `about`: its kind, and its side where that is told. `url`: its page here."""

    name: str
    about: str
    reason: str
    link: str
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """`steps`: what is known of it, oldest first, without the first one that says only that it was reported."""

    shown: Shown
    voices: tuple[Voice, ...]
    verb: str
    figure: str
    steps: tuple[ClaimStatus, ...]

    @property
    def passage(self) -> str:
        """The public id of the passage, whose address is #p-..."""
        return ids.encode(self.shown.passage.pk)

    @property
    def names(self) -> str:
        return pgettext("between two of a list", ", ").join(voice.name for voice in self.voices)

    @property
    def contested(self) -> bool:
        return self.shown.claim.status in CONTESTED

    @property
    def is_reported(self) -> bool:
        """Whether nothing more is known of it than that it was said."""
        return self.shown.claim.status == "reported"


def voice(source: Source, links: Links) -> Voice:
    kind = source.get_kind_display()
    about = pgettext("between two of a list", ", ").join(part for part in (kind, source.side) if part)
    return Voice(source.name, about, source.reason, source.link, links(source))


def told(shown: Shown, links: Links) -> Told:
    claim = shown.claim
    verb = _MANY[claim.manner] if len(shown.sources) > 1 else claim.get_manner_display()
    steps = shown.history
    if steps and steps[0].status == "reported" and not steps[0].reason:
        steps = steps[1:]
    return Told(
        shown,
        tuple(voice(source, links) for source in shown.sources),
        str(verb),
        figure_words(shown.figure),
        steps,
    )


def figure_words(figure: Figure | None) -> str:
    """A figure as its source put it, or in our own words; "" where there is none."""
    if figure is None:
        return ""
    words = figure.written or _in_words(figure)
    unit = figure.unit if figure.unit.casefold() not in words.casefold() else ""
    return f"{words} {unit}".strip()


def _in_words(figure: Figure) -> str:
    low, high = (None if value is None else number(value) for value in (figure.low, figure.high))
    if low is None:
        return _("at most %(figure)s") % {"figure": high}
    if high is None:
        return _("at least %(figure)s") % {"figure": low}
    if low != high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("about %(figure)s") % {"figure": low} if figure.approx else low


def number(value: object) -> str:
    """Without noughts behind the point."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return number_format(text, force_grouping=True)
