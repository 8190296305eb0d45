"""The two lines as each system would fill them in, on a page of another origin (the others: test_included_snippets)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from rejoinder.discussion.models import Thread
from tests import factories as make
from tests.embed import hosts
from tests.embed.test_reading import comments, read
from tests.shared import ROOT

if TYPE_CHECKING:
    from tests.embed.places import Place

pytestmark = pytest.mark.browser

SNIPPETS = ROOT / "docs" / "snippets"
TALK = "https://talk.example"
# What each system puts in for what stands in the snippet: the page's address, and nothing of the snippet's remarks.
FILLED = {
    "ghost.hbs": [(r"\{\{!--.*?--\}\}", ""), (r'\{\{url absolute="true"\}\}', "URL")],
    "hugo.html": [(r"\{\{/\*.*?\*/\}\}", ""), (r"\{\{ \.Permalink \}\}", "URL")],
    "jekyll.html": [
        (r"\{% comment %\}.*?\{% endcomment %\}", ""),
        (r"\{\{ page\.url \| absolute_url \}\}", "URL"),
    ],
    "astro.astro": [(r"\A---.*?---\n", ""), (r" is:inline", ""), (r"key=\{key\}", 'key="URL"')],
}


def snippet(name: str, place: Place, key: str = "") -> str:
    """A snippet with the server, the site and the key of this test."""
    text = (SNIPPETS / name).read_text(encoding="utf-8")
    return text.replace(TALK, place.home).replace("harbour", key or "ferry")


@pytest.fixture
def story(place: Place) -> Iterator[str]:
    """The address of a page whose discussion goes by that address."""
    address = f"{place.host.foreign}/snippet"
    of = make.thread(place.site, address, url=address)
    make.comment(of, "By way of a snippet.")
    yield address


def shown(place: Place, html: str) -> None:
    address = place.host.put("/snippet", hosts.page(html))
    page = place.open(address)
    read(page)
    expect(page.locator("rejoinder-thread #discussion").get_by_text("By way of a snippet.")).to_be_visible()


@pytest.mark.parametrize("name", sorted(FILLED))
def test_the_two_lines_for(place: Place, story: str, name: str) -> None:
    html = snippet(name, place)
    for pattern, value in FILLED[name]:
        assert re.search(pattern, html, re.DOTALL), f"{name} has changed: {pattern}"
        html = re.sub(pattern, value.replace("URL", story), html, flags=re.DOTALL)
    assert "{" not in html, "nothing is left to fill in"
    shown(place, html)


def test_the_plugin_for_wordpress_writes_the_two_lines(place: Place, story: str) -> None:
    php = snippet("wordpress.php", place)
    constants = dict(re.findall(r"const (\w+) = '([^']*)';", php))
    script = re.search(r"wp_enqueue_script\('rejoinder', (\w+) \. '([^']*)'.*'strategy' => 'defer'", php)
    tag = re.search(r"'(<rejoinder-thread [^']*)'", php)
    assert script and tag
    source = constants[script[1]] + script[2]
    written = tag[1].replace("%s", constants["REJOINDER_SITE"], 1).replace("%s", story, 1)
    shown(place, f'{written}<script src="{source}" defer></script>')


def test_a_page_with_the_comments_in_it_shows_them_once(discussed: Place) -> None:
    with urlopen(f"{discussed.home}/embed/included/courier?key=ferry") as answer:
        html = answer.read().decode()
    tag = discussed.tag().replace("></", f">{html}</")
    page = discussed.open(discussed.article(tag=tag))
    assert page.locator("rejoinder-thread > section li").count() >= 3
    read(page)
    expect(comments(page).filter(visible=True)).to_have_count(3)
    expect(page.locator("rejoinder-thread > section")).to_be_hidden()
    assert Thread.objects.count() == 1
