"""Languages a story can be written in, and the direction their scripts run in."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.conf.global_settings import LANGUAGES as _KNOWN

# More than our interface speaks: what a story is written in is told to browsers and screen readers.
LANGUAGES: Final = [(code, name) for code, name in _KNOWN]

# Primary language subtags whose usual script runs from right to left (Unicode CLDR, characterOrder).
_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """ "rtl" or "ltr" for a language tag such as "ar" or "en-gb"; "" stays ""."""
    if not language:
        return ""
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def spoken(language: str) -> str:
    """The language of our interface that a tag such as "de-at" falls under, or ""."""
    primary = language.lower().split("-")[0]
    return next((code for code, _name in settings.LANGUAGES if code in {language.lower(), primary}), "")
