"""What answers for SPAM: signs of advertising that can be counted in a text. Added up by hand, learned from nobody."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter

from rejoinder.assist.learning import Judgement

_LINK = re.compile(
    r"https?://|www\.|\b[\w-]{2,40}\.(?:com|net|org|info|biz|xyz|top|shop|online|site|club|vip)\b", re.I
)
_SHORTENED = re.compile(r"\b(?:bit\.ly|tinyurl\.com|t\.me|wa\.me|goo\.gl|cutt\.ly|is\.gd)\b", re.I)
_CONTACT = re.compile(
    r"\b(?:whats?\s?app|telegram|viber|skype)\b|[\w.+-]{2,40}@[\w-]{2,40}\.\w{2,6}|\+\d[\d\s().-]{7,20}\d",
    re.I,
)
_MONEY = re.compile(
    r"[$€£¥₿]\s?\d|\d[\d.,]{0,12}\s?[$€£]|\b(?:usd|btc|bitcoin|crypto|forex|casino|loan|payday)\b", re.I
)
_OFFER = re.compile(
    r"\b(?:click (?:here|on)|check (?:out )?my|my (?:channel|profile|website|page)|subscribe|work(?:ing)? from home"
    r"|earn(?:ed|ing)?|buy now|order now|best price|free (?:trial|gift|money)|limited (?:time|offer)|guarantee[ds]?"
    r"|promo(?: code)?|discount|make money|visit (?:us|my|our)|contact (?:us|me|him|her)|dm me|join (?:us|my|our))\b",
    re.I,
)
_WEIGHTS = ((_SHORTENED, 2.0), (_CONTACT, 1.4), (_MONEY, 0.9), (_OFFER, 1.3))
_READ = 5_000  # characters
_AT_MOST = 3  # hits of one kind that count


def spam(text: str, judgement: Judgement) -> float:
    """0..1: how much of a text is as in advertising. What is nearly the same as something rejected here counts too."""
    read = unicodedata.normalize("NFKC", text[:_READ])
    odds = -4.0
    for sign, weight in _WEIGHTS:
        odds += weight * min(len(sign.findall(read)), _AT_MOST)
    odds += _links(read) + _repetition(read)
    if any(reason.kind == "duplicate" and reason.weight > 0 for reason in judgement.reasons):
        odds += 4.0
    return 1 / (1 + math.exp(-odds))


def _links(text: str) -> float:
    """A link in an argument is a source; several, or little else, are an offer."""
    links = min(len(_LINK.findall(text)), 6)
    words = max(1, len(text.split()))
    return 1.1 * links + (1.5 if links and words < 12 * links else 0.0)


def _repetition(text: str) -> float:
    words = text.casefold().split()
    if len(words) < 8:
        return 0.0
    commonest = Counter(words).most_common(1)[0][1] / len(words)
    return 6 * max(0.0, commonest - 0.3)
