"""The grammars by language."""

from __future__ import annotations

from typing import Final

from rejoinder.sourcing.suggesting.grammar import Grammar
from rejoinder.sourcing.suggesting.languages.arabic import ARABIC
from rejoinder.sourcing.suggesting.languages.english import ENGLISH
from rejoinder.sourcing.suggesting.languages.french import FRENCH
from rejoinder.sourcing.suggesting.languages.german import GERMAN
from rejoinder.sourcing.suggesting.languages.spanish import SPANISH

BY_LANGUAGE: Final[dict[str, Grammar]] = {one.code: one for one in (ENGLISH, GERMAN, FRENCH, SPANISH, ARABIC)}
