"""In what language a comment probably is: by its letters, and among those of the Latin alphabet by its small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# The commonest words of a language that the others here do not have, or have less often.
_SMALL: dict[str, str] = {
    "en": "the and of to is that it was for with this you not are but they have what from would",
    "de": "der die das und ist nicht ich ein eine zu mit auf dass sich auch wir aber wenn noch nur",
    "fr": "le les des est et une pour que qui dans pas vous nous sur avec mais sont cette je ne",
    "es": "el los las una que por con para está pero como más muy todo esto hay porque cuando ya se",
    "it": "il gli che di una per non sono con come più anche questo della ma perché cosa lo nel è",
    "nl": "het een van ik niet dat en zijn op te voor met maar ook als er nog wel naar deze",
    "pt": "não uma os para com que mas mais você isso como está são também muito quando pelo foi já ao",
    "pl": "nie jest się że na to do jak ale tak czy już tylko są przez był ze dla po ich",
    "sv": "och att det som är inte jag på för med den har till av men om ett så vi kan",
    "tr": "bir ve bu için değil çok ne daha gibi ama olarak kadar mi var sonra ben sen ile da de",
}
_OF_WORD: dict[str, list[str]] = {}
for _language, _words in _SMALL.items():
    for _word in _words.split():
        _OF_WORD.setdefault(_word, []).append(_language)
# Letters that one language of a place mostly writes; of the others the alphabet is all that is said.
_OF_LETTERS = {
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "DEVANAGARI": "hi",
    "THAI": "th",
}
_WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 600  # letters; more say nothing new


def language_of(text: str, otherwise: str) -> str:
    """A language tag of two letters. Too short to tell: `otherwise`, the site's own."""
    text = text[:LOOKED_AT]
    letters = Counter(
        unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in text if letter.isalpha()
    )
    if not letters:
        return otherwise
    alphabet = letters.most_common(1)[0][0]
    if alphabet in _OF_LETTERS:
        # Japanese is written with Chinese signs too, and with its own besides.
        return "ja" if letters["HIRAGANA"] or letters["KATAKANA"] else _OF_LETTERS[alphabet]
    return _by_words(text, otherwise)


def _by_words(text: str, otherwise: str) -> str:
    seen = Counter(
        language for word in _WORD.findall(text.lower()) for language in _OF_WORD.get(word, ())
    ).most_common(2)
    if not seen or seen[0][1] < 2:
        return otherwise
    best = [language for language, count in seen if count == seen[0][1]]
    return otherwise if otherwise in best else best[0]
