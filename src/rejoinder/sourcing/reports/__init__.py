"""Errors that readers report in a text: taken from anybody, answered by the desk, told to who sent them."""

from rejoinder.sourcing.reports.answering import answer_report
from rejoinder.sourcing.reports.filing import Typed, file_report

__all__ = ["Typed", "answer_report", "file_report"]
