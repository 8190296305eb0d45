"""The vocabularies by language."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.figures.arabic import ARABIC
from rejoinder.sourcing.figures.germanic import ENGLISH, GERMAN
from rejoinder.sourcing.figures.romance import FRENCH, SPANISH

__all__ = ["ARABIC", "BY_LANGUAGE", "ENGLISH", "GERMAN"]

BY_LANGUAGE: Final = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ar": ARABIC}
