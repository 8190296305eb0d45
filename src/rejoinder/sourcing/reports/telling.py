"""Telling who reported an error: a page that the report's address leads to, and letters where they gave an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from rejoinder.accounts.models import Site
from rejoinder.core import ids, mail
from rejoinder.core.errors import nothing_here
from rejoinder.core.signed import number_of, sign
from rejoinder.discussion import pages
from rejoinder.sourcing.models import ErrorReport
from rejoinder.sourcing.reports.finding import passages_told

_PAGE: Final = "rejoinder.sourcing.report"
_S = ErrorReport.State


def page_of(report: ErrorReport, site: Site) -> str:
    """The path of the page on which one finds how far a report is."""
    return pages.address("error-report-status", site.key, t=sign(_PAGE, report.pk))


def access_report_by(site: Site, token: str) -> ErrorReport:
    """The report that the address of its page names. Raises NotFound."""
    of_site = ErrorReport.objects.filter(pk=number_of(_PAGE, token), passage__document__site=site)
    report = of_site.select_related("correction").first()
    if report is None:
        raise nothing_here()
    report.passage = passages_told(site).get(pk=report.passage_id)
    return report


def outcome_sentences(report: ErrorReport) -> list[str]:
    """What became of it; empty as long as nothing did."""
    if report.state == _S.OPEN:
        return []
    if report.state == _S.DECLINED:
        first = _("The text stays as it is.")
    elif report.correction is not None:
        first = _("Thank you. The text was corrected, and readers are told:")
    else:
        first = _("Thank you. It was put right.")
    note = report.correction.note if report.correction else ""
    return [sentence for sentence in (first, note, report.answer) if sentence]


def _write(
    report: ErrorReport, site: Site, subject: str, parts: Sequence[str], *, kind: str, name: str
) -> None:
    text = "\n\n".join(parts)
    mail.send(to=report.email, subject=subject, text=text, kind=kind, site=site.name, name=name)


def send_receipt(report: ErrorReport, site: Site) -> None:
    """Within the transaction that stores it. Nothing that was typed is in it: it goes to whatever address was given."""
    if not report.email:
        return
    with translation.override(site.language):
        parts = [
            _("With this address somebody reported an error in a text of %(site)s.") % {"site": site.name},
            _("What becomes of it stands here:"),
            mail.page_link(page_of(report, site)),
            _("If it was not you, do nothing."),
        ]
        subject = _("Your report to %(site)s was received") % {"site": site.name}
        _write(report, site, subject, parts, kind="notice", name=f"error-report-{report.pk}")


def tell(report: ErrorReport, site: Site) -> None:
    """Within the transaction of the answer."""
    if not report.email:
        return
    with translation.override(site.language):
        parts = [
            _("About the error that you reported (number %(number)s):") % {"number": ids.encode(report.pk)},
            *outcome_sentences(report),
            _("All of it:"),
            mail.page_link(page_of(report, site)),
        ]
        subject = _("Your report to %(site)s was answered") % {"site": site.name}
        _write(report, site, subject, parts, kind="notice-outcome", name=f"error-report-answer-{report.pk}")
