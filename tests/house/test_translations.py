"""Every text in every language: there, whole, and compiled. Every word of a page: a text."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils import translation

from tests.house.sources import SRC, templates
from tests.shared import ROOT

LOCALE = SRC / "core/locale"
LANGUAGES = sorted(path.name for path in LOCALE.glob("*/"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TAG = re.compile(r"</?[a-z]+[^>]*>|&\w+;")
# LRI, RLI, FSI open; PDI closes (Unicode Bidirectional Algorithm, section 2.4).
OPENING, CLOSING = "\u2066\u2067\u2068", "\u2069"
# Words that a template may hold outside of its texts, each with its reason.
UNTRANSLATED = {
    "Rejoinder": "the product's name, where a publication has none",
    "CSV": "the name of a form of file",
    "JSONL": "the name of a form of file",
}
# Scripts are not read; commands are typed as they are.
SILENT = {"script", "style", "pre", "code"}
SAID_ATTRIBUTES = {"aria-label", "title", "alt", "placeholder", "label"}
# A word in quotes that a tag or filter may put on the page.
SHOWN_LITERAL = re.compile(
    r"""(?:firstof\b.*?(?<!_\()|default(?:_if_none)?[:(]|\bor )["']([^"'\d/]*[A-Za-z][^"']*)["']"""
)
# Jinja's remarks may have several lines, Django's not.
REMARK_OF_JINJA = re.compile(r"\{#.*?#\}", re.DOTALL)
NOT_SHOWN = dict.fromkeys(("new", "decide", "appeal"), "part of an id")


@cache
def catalog(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale=language)


def messages() -> list[tuple[str, Message]]:
    return [(language, message) for language in LANGUAGES for message in catalog(language) if message.id]


def said(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def translated(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


@cache
def numbers_of(language: str) -> dict[int, list[int]]:
    """For each plural form the numbers up to 200 that take it."""
    forms: dict[int, list[int]] = {}
    choose = gettext.c2py(catalog(language).plural_expr)  # type: ignore[attr-defined]
    for number in range(201):
        forms.setdefault(choose(number), []).append(number)
    return forms


def test_all_texts_are_translated_and_compiled() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bin/translate", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_language_of_the_settings_is_there() -> None:
    assert {"en", *LANGUAGES} == {code for code, _name in settings.LANGUAGES}


def test_placeholders_are_those_of_the_english_text() -> None:
    """A form for one number only may write it in words: Arabic has a word for two comments."""
    wrong = []
    for language, message in messages():
        wanted = set(PLACEHOLDER.findall(" ".join(said(message))))
        forms = numbers_of(language)
        for form, text in enumerate(translated(message)):
            found = PLACEHOLDER.findall(text)
            spelt = len(translated(message)) > 1 and len(forms[form]) == 1
            missing = (
                wanted - set(found) - ({"%(n)d", "%(n)s", "%(number)s", "%(length)s"} if spelt else set())
            )
            if missing or set(found) - wanted or len(found) != len(set(found)):
                wrong.append((language, text))
    assert not wrong


def test_tags_and_entities_are_those_of_the_english_text() -> None:
    wrong = [
        (language, text)
        for language, message in messages()
        for text in translated(message)
        if TAG.findall(text) != TAG.findall(said(message)[0])
    ]
    assert not wrong


def test_every_number_has_its_form() -> None:
    for language, message in messages():
        if isinstance(message.id, tuple):
            assert len(translated(message)) == len(numbers_of(language)), (language, message.id)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "لا تعليقات"), (1, "تعليق واحد"), (2, "تعليقان"), (3, "3 تعليقات"), (10, "10 تعليقات"), (11, "11 تعليقًا"),
        (99, "99 تعليقًا"), (100, "100 تعليق"), (102, "102 تعليق"), (103, "103 تعليقات"), (111, "111 تعليقًا"),
    ],
)  # fmt: skip
def test_arabic_counts_in_six_ways(number: int, words: str) -> None:
    with translation.override("ar"):
        text = translation.ngettext("%(number)s comment", "%(number)s comments", number)
    assert text % {"number": number} == words


def test_direction_marks_come_in_pairs() -> None:
    """An isolate that stays open turns the rest of the line."""
    for language, message in messages():
        for text in translated(message):
            depth = 0
            for sign in text:
                depth += (sign in OPENING) - (sign in CLOSING)
                assert depth in {0, 1}, (language, text)
            assert depth == 0, (language, text)


def test_what_strangers_typed_is_set_apart_in_arabic() -> None:
    """A Latin name within an Arabic sentence takes the signs beside it along, unless it is isolated."""
    free = re.compile(r"(?<![\u2066\u2068>])(%\((?:name|title|to|text|key|email|sign|value)\)s|\{name\})")
    assert not [text for language, message in messages() if language == "ar" for text in translated(message)
                if free.search(text)]  # fmt: skip


def test_what_surrounds_a_text_is_kept() -> None:
    """Spaces at its ends, and whether it is a sentence, belong to the place where it stands."""
    for language, message in messages():
        first = said(message)[0]
        for text in translated(message):
            assert text.strip() == text or first.strip() != first, (language, text)
            assert (text[-1] in ".؟?!…") == (first[-1] in ".?!…"), (language, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_moments_are_written_as_the_language_writes_them(language: str) -> None:
    from datetime import datetime

    from django.utils.dateformat import format as written

    wanted = {"de": "3. Mai 2026, 09:05", "ar": "3 مايو 2026، 09:05"}
    with translation.override(language):
        form = translation.pgettext("date and time of a comment", "j F Y, H:i")
        moment = datetime(2026, 5, 3, 9, 5)  # noqa: DTZ001 (what is written is the same in any zone)
        assert written(moment, form) == wanted[language]


class Words(HTMLParser):
    """What a page says: texts, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        said = [value for name, value in attrs if name in SAID_ATTRIBUTES or name.startswith("data-text-")]
        self.found += [value for value in said if value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def words_outside_texts(source: str) -> Iterator[str]:
    """Letters of a template that no tag, variable or comment of Django holds."""
    words, kept = Words(), ""
    unread = ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ")[0]
        if token.token_type == TokenType.TEXT and not unread:
            kept += token.contents
        elif token.token_type == TokenType.BLOCK:
            # A block such as main_class fills an attribute that is not read out.
            if name in {"comment", "blocktranslate"} or (
                name == "block" and token.contents.endswith("_class")
            ):
                unread = name
            elif name == f"end{unread}":
                unread = ""
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            yield from SHOWN_LITERAL.findall(token.contents)
    words.feed(kept)
    yield from (word.strip() for word in words.found if re.search(r"[^\W\d_]{2}", word))


def test_the_search_for_words_finds_them() -> None:
    assert list(words_outside_texts('{% if a %}<p title="Not this">One{% endif %} {{ b }}</p>')) == [
        "Not this",
        "One",
    ]
    assert list(words_outside_texts('{{ a|default:"Nobody" }}{% firstof a "Someone" %}')) == [
        "Nobody",
        "Someone",
    ]
    assert list(words_outside_texts('{{ a or "Nobody" }}{{ a|default("Someone") }}')) == ["Nobody", "Someone"]
    assert not list(
        words_outside_texts('{% comment %}One{% endcomment %}{% firstof a _("Two") %}<p class="x">·</p>')
    )


def test_templates_say_nothing_outside_of_texts() -> None:
    wrong = [
        f"{path}: {word!r}: write {{% translate %}} around it"
        for path, source in templates()
        for word in words_outside_texts(REMARK_OF_JINJA.sub("", source))
        if word not in UNTRANSLATED and word not in NOT_SHOWN
    ]
    assert not wrong
