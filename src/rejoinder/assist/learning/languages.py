"""Which language a text is in: by its script where that decides, by its commonest words where it is plainly English,
else by py3langid (Lui and Baldwin, 2012; all of it on this machine)."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = 600  # characters: more say the same again
SURE = 0.9  # py3langid's probability from which its word is taken
FEWEST = 20  # letters: of fewer, languages of one script cannot be told apart

# Scripts that one language writes, or one so much more than others that a comment is in it.
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]")),
    ("zh", re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)
# Scripts of several languages: who else writes it is asked of py3langid, and this one is said where it is unsure.
_SHARED: Final = (
    ("ar", re.compile("[\u0600-\u06ff]"), ("ar", "fa", "ur", "ps", "ug")),
    ("ru", re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn")),
)
_LATIN = (
    "en de fr es it pt nl sv no da fi pl cs sk sl hr hu ro tr vi id ms tl sw ca eu gl et lv lt sq is ga cy af"
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NOT_PROSE: Final = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+", re.IGNORECASE)
_COMMONEST = (
    "the and is are was were you your they their this that these those of to in it not for have has had with what who"
    " would should could be been don't doesn't i i'm it's he she we my his her about from but just like can will do"
)
_ENGLISH: Final = frozenset(_COMMONEST.split())


def detect(text: str) -> tuple[str, bool]:
    """(code, whether that is sure); ("", False) where the text is too short or says nothing."""
    text = text[:READ]
    if "@" in text or "#" in text or "//" in text or "ww." in text.lower():
        text = _NOT_PROSE.sub(" ", text)
    words = _LETTERS.findall(text)
    letters = "".join(words)
    if not letters:
        return "", False
    if not letters.isascii():
        found = _by_script(letters, " ".join(words))
        if found is not None:
            return found
    if _plainly_english(words):
        return "en", True
    if len(letters) < FEWEST:
        return "", False
    code, probability = _asked(" ".join(words), tuple(_LATIN.split()))
    return code, probability >= SURE


def _by_script(letters: str, prose: str) -> tuple[str, bool] | None:
    half = len(letters) / 2
    # Japanese mixes its syllables with Chinese characters: some of the first are enough.
    if len(_SCRIPTS[0][1].findall(letters)) > len(letters) / 10:
        return "ja", True
    for code, script in _SCRIPTS[1:]:
        if len(script.findall(letters)) > half:
            return code, True
    for code, script, writers in _SHARED:
        if len(script.findall(letters)) > half:
            if len(letters) < FEWEST:
                return code, False
            guess, probability = _asked(prose, writers)
            return (guess, True) if probability >= SURE else (code, False)
    return None


def _plainly_english(words: list[str]) -> bool:
    found = [word for word in map(str.lower, words) if word in _ENGLISH]
    return len(found) >= 0.2 * len(words) and len(set(found)) >= 2


def _asked(prose: str, among: tuple[str, ...]) -> tuple[str, float]:
    code, probability = _identifier(among).classify(prose)
    return str(code), float(probability)


@cache
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    identifier = copy(_all_languages())
    identifier.set_languages([code for code in among if code in identifier.labels])
    return identifier


@cache
def _all_languages() -> LanguageIdentifier:
    """Read from its file once a process, which takes some tenths of a second. Of its 142 languages only those that are
    asked for stay in memory.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    asked = {*_LATIN.split(), *(code for _, _, writers in _SHARED for code in writers)}
    whole.set_languages([code for code in whole.labels if code in asked])
    whole._full_model = whole.nb_ptc, whole.nb_pc, whole.nb_classes
    return whole
