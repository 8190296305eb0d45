"""The snippets of the documentation, filled in as their systems would, on a page of another origin."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from rejoinder.discussion.models import Thread
from tests import factories as make
from tests.embed import hosts
from tests.embed.test_reading import comments, read
from tests.newsroom import papers
from tests.ops.installations import free_port, wait_until
from tests.shared import ROOT

if TYPE_CHECKING:
    from tests.embed.places import Place

pytestmark = [pytest.mark.browser, papers.LEFT_OPEN, pytest.mark.filterwarnings("ignore::ResourceWarning")]

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


def test_the_comments_are_in_the_page_that_eleventy_writes(place: Place, story: str, tmp_path: Path) -> None:
    """Run as it is, by Node; the page has the comments before any script, and the discussion in their place after."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node on this machine")
    (tmp_path / "rejoinder.mjs").write_text(snippet("eleventy.js", place))
    run = f'import("./rejoinder.mjs").then(async (m) => console.log(await m.default({json.dumps(story)})))'
    html = subprocess.run([node, "-e", run], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "By way of a snippet." in html
    bare = place.open(place.host.put("/bare", hosts.page(html)), java_script_enabled=False)
    expect(bare.get_by_text("By way of a snippet.")).to_be_visible()
    shown(place, html)
    away = snippet("eleventy.js", place).replace(place.home, "http://127.0.0.1:9")
    (tmp_path / "rejoinder.mjs").write_text(away)
    html = subprocess.run([node, "-e", run], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "></rejoinder-thread>" in html, "without a server the page is written without comments"


NGINX = """daemon off; master_process off; pid nginx.pid; error_log stderr;
events { worker_connections 64; }
http {
  access_log off; types { text/html html; }
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  server {
    listen 127.0.0.1:PORT; root pages; ssi on;
    LOCATION
  }
}
"""


def test_nginx_includes_the_comments(place: Place, tmp_path: Path) -> None:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("there is no nginx on this machine")
    make.comment(place.thread, "By way of nginx.")
    port = free_port()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "story.html").write_text(hosts.page(snippet("ssi.html", place)))
    host = place.home.removeprefix("http://")
    location = (
        snippet("ssi.conf", place).replace("talk.example", host).replace("proxy_ssl_server_name on;", "")
    )
    text = NGINX.replace("PORT", str(port)).replace("LOCATION", location)
    (tmp_path / "nginx.conf").write_text(text.replace("localhost", "127.0.0.1", 1))
    server = subprocess.Popen(
        [program, "-p", str(tmp_path), "-c", "nginx.conf"], stderr=subprocess.PIPE, text=True
    )
    try:
        html = wait_until(lambda: _answer(f"http://127.0.0.1:{port}/story.html"), "nginx answers")
    finally:
        server.terminate()
        server.wait(10)
        if server.stderr:
            server.stderr.close()
    assert "By way of nginx." in html
    assert "</rejoinder-thread>" in html and "<!--# " not in html


def _answer(url: str) -> str:
    """The page, or nothing while nobody listens yet."""
    try:
        with urlopen(url) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


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
