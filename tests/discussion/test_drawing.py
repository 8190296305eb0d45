"""What a window looks like in HTML: as the drawings kept in `drawn`, whoever wrote it and in whatever language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.template.defaultfilters import date as by_django
from django.utils import timezone, translation
from django.utils.timezone import template_localtime
from jinja2 import UndefinedError
from lxml import html

from rejoinder.discussion.windows import markup
from rejoinder.discussion.windows.shape import Shown
from tests.discussion import scenes

NAMES = list(scenes.drawings())


@pytest.mark.parametrize("language", scenes.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_state_in_each_language_is_drawn_as_it_was(name: str, language: str) -> None:
    """To change a drawing on purpose: python -m tests.discussion.scenes."""
    with translation.override(language):
        drawn = scenes.drawings()[name]()
    assert spelt(drawn) == spelt(scenes.file_of(name, language).read_text(encoding="utf-8"))


def spelt(drawn: str) -> str:
    """Quotes in one spelling: the drawings were first kept when Django escaped them, which spells them differently."""
    return str(drawn).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def test_no_drawing_is_kept_that_nothing_draws() -> None:
    kept = {path.name for path in scenes.DRAWN.iterdir()}
    assert kept == {scenes.file_of(name, language).name for name in NAMES for language in scenes.LANGUAGES}


def test_what_people_typed_stays_text() -> None:
    tree = html.fromstring(markup.comment(scenes.comment(82, badges=scenes.ODD), scenes.windows()["first"]))
    assert tree.xpath("string(.//h3)") == scenes.ODD_NAME
    assert tree.xpath("string(.//*[@class='badge'])") == scenes.ODD_NAME
    assert tree.xpath(".//a[@data-reply]/@aria-label") == [f"Reply to {scenes.ODD_NAME}"]
    assert not tree.xpath(".//quay")


def test_a_sign_that_parts_pieces_is_harmless_in_a_name() -> None:
    named = scenes.comment(1, name=f"a{markup.GAP}b", replies=[scenes.comment(2)], reply_count=1)
    drawn = markup.comment(named, scenes.windows()["first"])
    assert drawn.count(f"a{markup.GAP}b") == 4


def test_pages_of_two_languages_do_not_mix() -> None:
    for language, words in (("de", "Antworten"), ("ar", "رد"), ("en", "Reply"), ("de", "Antworten")):
        with translation.override(language):
            tree = html.fromstring(markup.comment(scenes.comment(1), scenes.windows()["first"]))
        assert tree.xpath("string(.//a[@data-reply])") == words


def test_addresses_are_asked_for_once_a_window_and_not_once_a_comment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    reverse = markup.reverse

    def counting(name: str, **more: Any) -> str:
        asked.append(name)
        return reverse(name, **more)

    monkeypatch.setattr(markup, "reverse", counting)
    markup.window(scenes.crowd(5))
    few = len(asked)
    markup.window(scenes.crowd(80))
    assert len(asked) - few <= few <= 6


def test_texts_are_asked_for_once_a_thread_and_not_once_a_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    speaker: Any = translation._trans  # type: ignore[attr-defined]
    gettext, ngettext = speaker.gettext, speaker.ngettext
    monkeypatch.setattr(speaker, "gettext", lambda text: asked.append(text) or gettext(text))
    monkeypatch.setattr(speaker, "ngettext", lambda *texts: asked.append(texts[0]) or ngettext(*texts))
    markup.window(scenes.crowd(5))
    asked.clear()
    markup.window(scenes.crowd(80))
    assert len(asked) < 10


FORMS = ["j F Y, H:i", "j. F Y, H:i", "D d M y", "l, jS F Y g:i a", r"j \d\e F \H\i d", "c", "Y-m-d H:i:s"]
FORMS += ["N j, Y, P", "z W o t L", "F, E, b, n, m"]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"])
@pytest.mark.parametrize("form", FORMS)
def test_moments_are_written_as_django_writes_them(form: str, zone: str) -> None:
    moments = [datetime(2026, 3, 28, 20, 59, 7, 120, UTC) + timedelta(hours=n) * n for n in range(0, 90, 7)]
    for language in scenes.LANGUAGES:
        with translation.override(language), timezone.override(zone):
            made = markup._form_of(form)
            for moment in moments:
                here = template_localtime(moment)
                assert markup._written(moment, made) == (by_django(here, "c"), by_django(here, form))


def test_a_moment_without_a_zone_is_written_as_it_is() -> None:
    moment = datetime(2026, 5, 3, 9, 5)  # noqa: DTZ001
    assert markup._written(moment, markup._form_of("H:i")) == ("2026-05-03T09:05:00", "09:05")


def test_a_misspelt_value_of_a_template_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        markup.engine().env.from_string("{{ shown.nmae }}").render(shown=scenes.comment(1))


def test_what_is_not_markup_is_escaped_wherever_it_comes_from() -> None:
    unsafe = "<script>alert(1)</script>"
    shown: Shown = scenes.comment(1, html=unsafe, name=unsafe, parent_id=unsafe, parent_name=unsafe)
    window = scenes.windows()["first"]
    window.site, window.key, window.kind, window.roots = "courier", unsafe, unsafe, [shown]
    assert "<script" not in markup.window(window)


def test_a_django_template_draws_by_tags() -> None:
    window, shown = scenes.windows()["context"], scenes.comment(80)
    template = Template("{% load rejoinder %}{% draw_window window %}|{% draw_short shown %}")
    drawn = template.render(Context({"window": window, "shown": shown}))
    assert drawn == f"{markup.window(window)}|{markup.short(shown)}"
