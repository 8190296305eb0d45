"""A voice says things in a language: bodies of comments, replies and names, drawn from sentence frames.

Only `Random.random()` is ever asked: its sequence for a seed is promised to stay across Python versions,
that of `choice` and `sample` is not, and they are slower. A body costs about ten microseconds.
"""

from __future__ import annotations

import random
import re
from typing import TypeVar

from rejoinder.transfer.generator.text.grammar import ECHO, Frame, Theme, grammar, name_parts

MAX_WORDS = 120
# A quotation longer than this would be most of the reply.
MAX_QUOTED_WORDS = 25
# How often a comment keeps to the theme of its thread: discussions wander, but not much.
FAITHFULNESS = 0.9

# Number of sentences, of which one is drawn: most comments are short, a few go on. 0 is a mere exclamation.
SENTENCES = (0,) + (1,) * 11 + (2,) * 12 + (3,) * 8 + (4,) * 4 + (5,) * 2 + (6,) * 1 + (8,) * 1
SENTENCES_OF_REPLY = (0,) * 2 + (1,) * 14 + (2,) * 11 + (3,) * 6 + (4,) * 3 + (5,) * 1 + (7,) * 1


def weighted(**kinds: int) -> tuple[str, ...]:
    """Kinds of sentence, each as often as its weight says: to be drawn from evenly."""
    return tuple(kind for kind, weight in kinds.items() for _ in range(weight))


OPENING = weighted(stance=5, own=5, claim=3, evidence=1, doubt=1, question=2, anecdote=2)
MIDDLE = weighted(claim=4, evidence=4, own=3, doubt=3, anecdote=2, question=2, concession=2, proposal=1)
ENDING = weighted(close=4, question=3, proposal=3, claim=1, evidence=1, doubt=1, concession=1, own=1)
ANSWER = weighted(disagree=7, agree=5, ask=4, correct=3, joke=2, peace=2)

LIST_SHARE = 0.018
QUOTE_SHARE = 0.16
FIGURE_SHARE = 0.3
LOWER_CASE_SHARE = 0.03
BARE_END_SHARE = 0.05

T = TypeVar("T")

# What an answer may repeat of its parent: a count or a sum, not a year and not the number of a page.
FIGURE = re.compile(
    r"(?<!page )(?<!table )(?<!Seite )(?<!الصفحة )(?<![-/\d])(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)*\b(?![-/)])"
    r"(?: million| Millionen| مليون| ملايين| ألفًا)?"
)
SENTENCE_END = re.compile(r"(?<=[.?!؟]) ")


class Voice:
    """Speaks `language` (en, de, ar); `theme` names what the thread is about, else one is drawn.

    The same generator state gives the same words on every supported Python.
    """

    def __init__(self, rng: random.Random, language: str = "en", *, theme: str | None = None) -> None:
        self._random = rng.random
        self._grammar = grammar(language)
        self._names = name_parts(language)
        self._theme = self._named(theme) if theme else self._any_theme()

    def body(self) -> str:
        """The text of a comment at the root of a thread: Markdown, 1 to 120 words."""
        theme = self._theme if self._random() < FAITHFULNESS else self._any_theme()
        count = self._pick(SENTENCES)
        if not count:
            return self._fill(self._pick(theme.short["body"]))
        if self._random() < LIST_SHARE:
            return self._list(theme)
        return self._dress(self._sentences(self._plan(theme, count)))

    def reply_to(self, parent_body: str) -> str:
        """The text of an answer to that body, on its theme, now and then quoting it: 1 to 120 words."""
        theme = self._theme_of(parent_body)
        count = self._pick(SENTENCES_OF_REPLY)
        if not count:
            return self._fill(self._pick(theme.short["reply"]))
        figure = FIGURE.search(parent_body) if self._random() < FIGURE_SHARE else None
        first = self._pick(theme.answers["figure" if figure else self._pick(ANSWER)])
        text = self._dress(self._sentences([first, *self._more(theme, self._enough(first, count) - 1)]))
        if figure:
            return text.replace(ECHO, figure[0])
        quotation = self._quotation(parent_body) if self._random() < QUOTE_SHARE else ""
        return quotation + text

    def name(self) -> str:
        """A pseudonym or a plausible name, now and then in another script; not unique."""
        parts, kind = self._names, self._random()
        if kind < 0.26:
            return f"{self._pick(parts['given'])} {self._pick(parts['family'])}"
        if kind < 0.42:
            return f"{self._pick(parts['given'])} {self._pick(parts['family']).removeprefix('ال')[0]}."
        if kind < 0.54:
            return f"{self._pick(parts['given'])}{self._number(99)}"
        if kind < 0.88:
            return self._handle()
        return self._pick(parts["plain" if kind < 0.95 else "foreign"])

    def _handle(self) -> str:
        adjective, noun = self._pick(self._names["adjective"]), self._pick(self._names["noun"])
        if self._grammar.language == "ar":
            return f"{noun} {adjective}"
        tail = str(self._number(99)) if self._random() < 0.5 else ""
        return f"{adjective}{'_' if self._random() < 0.7 else ''}{noun}{tail}"

    def _number(self, end: int) -> int:
        return 1 + int(self._random() * end)

    def _pick(self, values: tuple[T, ...]) -> T:
        return values[int(self._random() * len(values))]

    def _named(self, name: str) -> Theme:
        for theme in self._grammar.themes:
            if theme.name == name:
                return theme
        raise ValueError(f"The voice {self._grammar.language} has no theme {name!r}.")

    def _any_theme(self) -> Theme:
        return self._pick(self._grammar.themes)

    def _theme_of(self, body: str) -> Theme:
        by_word = self._grammar.by_word
        for word in body[:300].lower().split():
            theme = by_word.get(word.rstrip(".,;:?!"))
            if theme:
                return theme
        return self._theme

    def _fill(self, frame: Frame) -> str:
        draw = self._random
        return frame.pattern % tuple([values[int(draw() * count)] for values, count in frame.slots])

    def _plan(self, theme: Theme, count: int) -> list[Frame]:
        first = self._pick(theme.frames[self._pick(OPENING)])
        return [first, *self._more(theme, self._enough(first, count) - 1)]

    def _enough(self, first: Frame, count: int) -> int:
        """A sentence with few slots does not stand alone: too many comments would read the same."""
        return 2 if count == 1 and len(first.slots) < 3 else count

    def _more(self, theme: Theme, count: int) -> list[Frame]:
        """Frames that go on for `count` sentences; the last one sounds like an end."""
        kinds = [self._pick(MIDDLE) for _ in range(count - 1)] + [self._pick(ENDING)] * (count > 0)
        return [self._pick(theme.frames[kind]) for kind in kinds]

    def _sentences(self, plan: list[Frame]) -> list[str]:
        """The frames filled, none twice, as many as stay within the limit beside the longest quotation."""
        sentences, words, used = [], MAX_QUOTED_WORDS, set[str]()
        for frame in plan:
            words += frame.words
            if words > MAX_WORDS:
                break
            if frame.pattern not in used:
                used.add(frame.pattern)
                sentences.append(self._fill(frame))
        return sentences

    def _dress(self, sentences: list[str]) -> str:
        """Sentences as somebody would type them: in paragraphs when long, at times without care."""
        count = len(sentences)
        if count > 3:
            half = 1 + int(self._random() * (count - 2))
            text = " ".join(sentences[:half]) + "\n\n" + " ".join(sentences[half:])
        else:
            text = " ".join(sentences)
        care = self._random()
        if care < LOWER_CASE_SHARE:
            return text.lower()
        if care < LOWER_CASE_SHARE + BARE_END_SHARE:
            return text.removesuffix(".")
        return text

    def _list(self, theme: Theme) -> str:
        head = self._fill(self._pick(theme.frames["listhead"]))
        frames, start = theme.items, self._number(99)
        # Every fifth: the same item twice is impossible as long as no list's length is a multiple of five.
        items = [self._fill(frames[(start + 5 * step) % len(frames)]) for step in range(2 + self._number(3))]
        return head + "\n\n" + "\n".join(f"- {item}" for item in items)

    def _quotation(self, parent_body: str) -> str:
        """One sentence of the parent's last paragraph as a Markdown quotation; nothing if it is long."""
        paragraph = parent_body.rpartition("\n")[2]
        if paragraph.startswith((">", "-")):
            return ""
        sentence = self._pick(tuple(SENTENCE_END.split(paragraph)))
        return f"> {sentence}\n\n" if 3 < sentence.count(" ") < MAX_QUOTED_WORDS else ""
