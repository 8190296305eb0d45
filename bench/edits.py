"""A newsroom's edits of a text, made up by a seed, with the truth: which word of the old text is which of the new."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """`number`: its place in the old text; -1 for one that was put in. A word that was replaced keeps its number."""

    text: str
    number: int
    space: bool  # whether a blank stands before it
    copy: bool = False  # of what was pasted twice, the second


Sentence = list[Word]
Block = list[Sentence]


@dataclass
class Draft:
    """A text that remembers what its words were."""

    blocks: list[Block]

    def text(self) -> tuple[str, dict[int, tuple[int, int]], dict[int, tuple[int, int]]]:
        """The text, where each old word stands in it, and where its copy does."""
        parts: list[str] = []
        first: dict[int, tuple[int, int]] = {}
        again: dict[int, tuple[int, int]] = {}
        length = 0
        for block in self.blocks:
            words = [word for sentence in block for word in sentence]
            for place, word in enumerate(words):
                seam = "" if not length else "\n\n" if not place else " " if word.space else ""
                begin = length + len(seam)
                parts += [seam, word.text]
                length = begin + len(word.text)
                if word.number >= 0:
                    kept = again if word.copy else first
                    kept[word.number] = begin, length
        return "".join(parts), first, again


def draft_of(text: str) -> Draft:
    """A plain text, blocks apart by a blank line, as a draft."""
    number, blocks = 0, []
    for paragraph in text.split("\n\n"):
        block: Block = []
        for said in re.split(r"(?<=[.!?؟:])\s+", paragraph.strip()):
            sentence: Sentence = []
            for match in re.finditer(r"\S+", said):
                for place, part in enumerate(re.findall(r"[\w\u064b-\u0652’'-]+|[^\w\s]", match[0])):
                    sentence.append(Word(part, number, place == 0))
                    number += 1
            if sentence:
                block.append(sentence)
        if block:
            blocks.append(block)
    return Draft(blocks)


class Editor:
    """Somebody at the desk. `changed`: the share of words that they change."""

    def __init__(self, rng: random.Random, draft: Draft, *, changed: float) -> None:
        self.rng, self.draft, self.changed = rng, draft, changed
        self._vocabulary = [word.text for block in draft.blocks for line in block for word in line]

    def edit(self) -> Draft:
        """One revision: words, and each of the other things with some chance."""
        for act, chance in (
            (self.duplicate, 0.3),
            (self.delete_sentence, 0.6),
            (self.delete_block, 0.25),
            (self.add_sentence, 0.6),
            (self.move_sentence, 0.5),
            (self.move_block, 0.6),
            (self.split, 0.5),
            (self.merge, 0.5),
        ):
            if self.rng.random() < chance:
                act()
        self.change_words()
        return self.draft

    def _sentences(self) -> list[tuple[int, int]]:
        return [(a, b) for a, block in enumerate(self.draft.blocks) for b in range(len(block))]

    def _drop_empty(self) -> None:
        self.draft.blocks = [block for block in self.draft.blocks if block]

    def delete_sentence(self) -> None:
        block, place = self.rng.choice(self._sentences())
        del self.draft.blocks[block][place]
        self._drop_empty()

    def delete_block(self) -> None:
        if len(self.draft.blocks) > 3:
            del self.draft.blocks[self.rng.randrange(len(self.draft.blocks))]

    def add_sentence(self) -> None:
        words = self.rng.choices(self._vocabulary, k=self.rng.randint(6, 25))
        block, place = self.rng.choice(self._sentences())
        self.draft.blocks[block].insert(place, [Word(word, -1, True) for word in words])

    def move_sentence(self) -> None:
        block, place = self.rng.choice(self._sentences())
        sentence = self.draft.blocks[block].pop(place)
        self._drop_empty()
        there = self.rng.choice(self.draft.blocks)
        there.insert(self.rng.randint(0, len(there)), sentence)

    def move_block(self) -> None:
        block = self.draft.blocks.pop(self.rng.randrange(len(self.draft.blocks)))
        self.draft.blocks.insert(self.rng.randint(0, len(self.draft.blocks)), block)

    def split(self) -> None:
        long = [place for place, block in enumerate(self.draft.blocks) if len(block) > 1]
        if long:
            place = self.rng.choice(long)
            block = self.draft.blocks[place]
            at = self.rng.randrange(1, len(block))
            self.draft.blocks[place : place + 1] = [block[:at], block[at:]]

    def merge(self) -> None:
        if len(self.draft.blocks) > 1:
            place = self.rng.randrange(len(self.draft.blocks) - 1)
            self.draft.blocks[place : place + 2] = [self.draft.blocks[place] + self.draft.blocks[place + 1]]

    def duplicate(self) -> None:
        """Somebody pastes what they meant to move: the copy stands behind the original, anywhere."""
        place = self.rng.randrange(len(self.draft.blocks))
        copy = [[word._replace(copy=True) for word in line] for line in self.draft.blocks[place]]
        self.draft.blocks.insert(self.rng.randint(place + 1, len(self.draft.blocks)), copy)

    def change_words(self) -> None:
        self.draft.blocks = [
            [list(self._changed(sentence)) for sentence in block] for block in self.draft.blocks
        ]

    def _changed(self, sentence: Sentence) -> Sentence:
        kept: Sentence = []
        for word in sentence:
            if self.rng.random() >= self.changed or not word.text[0].isalnum():
                kept.append(word)
                continue
            act = self.rng.random()
            other = self.rng.choice(self._vocabulary)
            if act < 0.6:
                kept.append(word._replace(text=other))
            elif act < 0.8:
                kept += [word, Word(other, -1, True)]
        return kept
