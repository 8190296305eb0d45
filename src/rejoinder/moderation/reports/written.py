"""A transparency report in other people's hands: CSV for a spreadsheet, tables to read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rejoinder.moderation.decisions import codes
from rejoinder.moderation.models import Flag, Notice
from rejoinder.moderation.reasons import past

# A cell that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_SOURCES: dict[str, Promise] = {
    "people": pgettext_lazy("who saw a reason to decide", "people of the publication"),
    "rules": pgettext_lazy("who saw a reason to decide", "rules, automatically"),
    "flags": pgettext_lazy("who saw a reason to decide", "reports of readers"),
    "notices": pgettext_lazy("who saw a reason to decide", "notices that it is against the law"),
}


def flat(figures: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Each figure with its path, such as `appeals.received`; a line of restrictions is named by what it counts."""
    if isinstance(figures, dict):
        for name, value in figures.items():
            yield from flat(value, f"{above}.{name}" if above else str(name))
    elif isinstance(figures, list):
        for line in figures:
            path = ".".join([above, line["type"], line["ground"], line["source"]])
            yield f"{path}.count", line["count"]
            yield f"{path}.reversed", line["reversed"]
    else:
        yield above, figures


def as_csv(figures: dict[str, Any]) -> str:
    """Two columns, `figure` and `value`. Nothing in it is a formula; what is not known is an empty cell."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(["figure", "value"])
    for path, value in flat(figures):
        table.writerow([_harmless(path), _harmless("" if value is None else str(value))])
    return text.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def as_page(figures: dict[str, Any], *, site_name: str, language: str) -> str:
    """A page that stands by itself, without anything from elsewhere."""
    with translation.override(language):
        context: dict[str, Any] = {"tables": tables(figures), "site_name": site_name, "language": language}
        context |= {"right_to_left": translation.get_language_bidi(), "page_title": title(figures)}
        return render_to_string("rejoinder/transparency_file.html", context)


def title(figures: dict[str, Any]) -> str:
    return _("Transparency report %(year)s") % {"year": figures["year"]}


Table = dict[str, Any]


def tables(figures: dict[str, Any]) -> list[Table]:
    """The figures as tables to read, in the language that is spoken: {title, hint, head, rows}."""
    restricted, automation = figures["restrictions"], figures["automation"]
    return [
        _table(
            _("What was restricted, why, and who saw a reason for it"),
            [_("Decision"), _("Ground"), _("Seen by"), _("Number"), _("Given back since")],
            [
                [
                    past(line["type"]),
                    codes.label(line["ground"]),
                    str(_SOURCES[line["source"]]),
                    line["count"],
                    line["reversed"],
                ]
                for line in restricted["lines"]
            ],
            hint=_("Middle of the time for which a comment was held: %(hours)s.")
            % {"hours": _hours(restricted["median_hours_held"])},
        ),
        _pairs(
            _("Decided by rules, without a person"),
            [
                (_("Decisions of rules that judge what is written"), automation["by_rules"]),
                (_("… which a person has confirmed since"), automation["confirmed"]),
                (_("… which a person has reversed since"), automation["reversed"]),
                (
                    _("Share that was wrong, of those that a person decided"),
                    _percent(automation["error_rate"]),
                ),
                (_("Restrictions in which a program had a part"), automation["with_part_of_a_program"]),
            ],
        ),
        _flags(figures["flags"]),
        # A report that was published before they were counted has none.
        *([_notices(figures["notices"])] if "notices" in figures else []),
        _pairs(_("Appeals"), _appeals(figures["appeals"])),
        _pairs(_("Decisions about people"), [(past(name), n) for name, n in figures["people"].items()]),
        _pairs(
            _("All decisions"), [(past(name), n) for name, n in figures["decisions"]["by_action"].items()]
        ),
    ]


def _flags(flags: dict[str, Any]) -> Table:
    reasons = dict(Flag.Reason.choices)
    rows = [(str(reasons.get(name, name)), count) for name, count in flags["by_reason"].items()]
    ends = [(_("upheld"), "upheld"), (_("not upheld"), "not_upheld"), (_("not decided yet"), "open")]
    rows += [(_("Together"), flags["received"])] + [(f"… {label}", flags[name]) for label, name in ends]
    return _pairs(_("Reports of readers"), rows)


def _notices(notices: dict[str, Any]) -> Table:
    kinds, actions = dict(Notice.Category.choices), notices["by_action"]
    rows: list[tuple[str, Any]] = [
        (str(kinds.get(name, name)), count) for name, count in notices["by_category"].items()
    ]
    rows += [
        (_("Together"), notices["received"]),
        (_("… acted upon"), notices["acted_upon"]),
        *((_became(name), count) for name, count in actions.items()),
        (_("… not acted upon"), notices["not_acted_upon"]),
        (_("…… plainly without a ground"), notices["unfounded"]),
        (_("… not decided yet"), notices["open"]),
        (_("Decided without a person"), notices["automated"]),
        (_("Decisions in which a program had a part"), notices["with_part_of_a_program"]),
        (_("Decisions that were contested"), notices["contested"]),
        (_("… and came out otherwise"), notices["reversed"]),
        (_("Middle of the time to a decision"), _hours(notices["median_hours"])),
    ]
    return _pairs(_("Notices that something is against the law"), rows)


def _became(action: str) -> str:
    return f"…… {past(action)}" if action != "none" else _("…… the comment was gone already")


def _appeals(appeals: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (_("Received"), appeals["received"]),
        (_("… upheld"), appeals["upheld"]),
        (_("… rejected"), appeals["rejected"]),
        (_("… withdrawn"), appeals["withdrawn"]),
        (_("… not answered yet"), appeals["open"]),
        (_("Middle of the time to an answer"), _hours(appeals["median_hours"])),
    ]


def _table(title: str, head: list[str], rows: list[list[Any]], hint: str = "") -> Table:
    return {"title": title, "head": head, "rows": rows, "hint": hint}


def _pairs(title: str, rows: list[tuple[str, Any]]) -> Table:
    return _table(title, [_("What"), _("Number")], [[*row] for row in rows])


def _hours(value: float | None) -> str:
    return _("unknown") if value is None else _("%(n)s hours") % {"n": f"{value:.1f}"}


def _percent(value: float | None) -> str:
    return _("unknown") if value is None else f"{100 * value:.1f} %"
