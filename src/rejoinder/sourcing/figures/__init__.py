"""Figures as stories write them: "dozens", "10-15 thousand", "at least 20", "٢٠ ألف". Pure functions."""

from rejoinder.sourcing.figures.figure import Figure
from rejoinder.sourcing.figures.parsing import parse

__all__ = ["Figure", "parse"]
