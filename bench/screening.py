"""What looking for words costs: `python -m bench.screening` prints milliseconds of CPU for a list of 10,000 phrases.

Texts of 10,000 characters, the least of nine rounds each. Promised: 5 ms. Capitals of another script are read twice
(by their looks, and as their small letters), and so are signs within words; what has both is read four times.
"""

from __future__ import annotations

import random
import sys
import time

from rich.console import Console
from rich.table import Table

from rejoinder.moderation.screening.phrases import Phrases

PHRASES, LENGTH, ROUNDS = 10_000, 10_000, 9
LIMIT_MS = 5.0
LETTERS = "etaoinshrdlucmfwypvbgk"
CYRILLIC = str.maketrans(LETTERS, "ЕТАОИНЅНРДЛУСМФВУПВБГК")


def main() -> int:
    chance = random.Random(1)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(6_000)]
    listed = [" ".join(chance.choices(words, k=chance.randint(1, 3))) + "x" for _ in range(PHRASES)]
    phrases = Phrases(listed)
    prose = " ".join(chance.choices(words, k=LENGTH // 4))
    texts = {
        "prose": prose,
        "prose with accents": prose.replace("a", "á"),
        "prose with look-alikes": prose.replace("o", "О"),
        "capitals of another script": prose.translate(CYRILLIC),
        "signs for letters": prose.replace("s", "$"),
        "one word again and again": f"{words[0]} " * LENGTH,
        "single letters": "a b " * LENGTH,
        "one letter": "a" * LENGTH,
        "twenty hits": f"{' '.join(listed[:20])} {prose}",
    }
    table = Table("text", "ms of CPU", title=f"{PHRASES:,} phrases, {LENGTH:,} characters")
    costs = {name: measure(phrases, text[:LENGTH]) for name, text in texts.items()}
    for name, ms in costs.items():
        table.add_row(name, f"{ms:.2f}")
    Console().print(table)
    return 1 if max(costs.values()) > LIMIT_MS else 0


def measure(phrases: Phrases, text: str) -> float:
    """Milliseconds of CPU for one text."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        phrases.find(text)
        best = min(best, time.process_time() - began)
    return 1_000 * best


if __name__ == "__main__":
    sys.exit(main())
