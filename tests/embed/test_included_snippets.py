"""The snippets that put the comments into a page's own HTML, run by the programs that they are for."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests import factories as make
from tests.embed import hosts
from tests.ops.installations import wait_until
from tests.ports import free_port
from tests.shared import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

SNIPPETS = ROOT / "docs" / "snippets"
SAID = "Nobody told the harbour <esi:office>."
SHOWN = "Nobody told the harbour &lt;esi:office&gt;."
NOBODY = "http://127.0.0.1:9"  # discard: nothing listens there

Fill = Callable[..., str]


@pytest.fixture
def fill(live_server: Any, transactional_db: None) -> Iterator[Fill]:
    """A snippet with this test's server, or another, in the place of the one it names."""
    from django.db import connections

    make.comment(make.thread(make.site("courier"), "harbour"), SAID)

    def filled(name: str, home: str = live_server.url) -> str:
        text = (SNIPPETS / name).read_text(encoding="utf-8").replace("https://talk.example", home)
        return text.replace("talk.example", home.removeprefix("http://")).replace("localhost", "127.0.0.1")

    yield filled
    connections.close_all()


def program(*names: str) -> str:
    """Where the first of these programs is; skips where there is none."""
    found = [shutil.which(name) or shutil.which(name, path="/usr/sbin") for name in names]
    if not any(found):
        pytest.skip(f"there is no {names[0]} on this machine")
    return next(name for name in found if name)


def printed(*command: str, folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@contextmanager
def running(*command: str) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait(10)


def answer(url: str) -> str:
    """The page, or nothing while nobody listens yet."""
    try:
        with urlopen(url) as response:
            return str(response.read().decode())
    except OSError:
        return ""


def test_eleventy(fill: Fill, tmp_path: Path) -> None:
    node = program("node")
    run = 'import("./rejoinder.mjs").then(async (module) => console.log(await module.default(%s)))'
    called = run % json.dumps("harbour")
    named = fill("eleventy.js").replace("new URL(page, PAGES).href", "page")
    (tmp_path / "rejoinder.mjs").write_text(named)
    assert SHOWN in printed(node, "-e", called, folder=tmp_path)
    (tmp_path / "rejoinder.mjs").write_text(fill("eleventy.js", NOBODY))
    html = printed(node, "-e", run % json.dumps("/ferry/"), folder=tmp_path)
    assert 'key="https://courier.example/ferry/"></rejoinder-thread>' in html, "without a server: no comments"


def test_php(fill: Fill, tmp_path: Path) -> None:
    run = [
        program("php"),
        "-d",
        "display_errors=1",
        "-r",
        'require "rejoinder.php"; echo rejoinder($argv[1]);',
    ]
    (tmp_path / "rejoinder.php").write_text(fill("php.php"))
    assert SHOWN in printed(*run, "harbour", folder=tmp_path)
    (tmp_path / "rejoinder.php").write_text(fill("php.php", NOBODY))
    html = printed(*run, 'a"b', folder=tmp_path)
    assert html.endswith('key="a&quot;b"></rejoinder-thread>'), (
        "without a server: no comments, and no warning"
    )


# What WordPress has that the plugin calls; a post is being shown.
WORDPRESS = """<?php
$GLOBALS['filters'] = [];
function add_action($name, $do) { add_filter($name, $do); }
function add_filter($name, $do) { $GLOBALS['filters'][$name] = $do; }
function wp_enqueue_script($name, $url, $after, $version, $how) {
    echo "<script src=\\"$url\\" $how[strategy]></script>";
}
function is_singular() { return true; }
function in_the_loop() { return true; }
function is_main_query() { return true; }
function get_permalink() { return 'https://courier.example/?p=1&q="'; }
function esc_attr($text) { return htmlspecialchars($text); }
function esc_url($text) { return htmlspecialchars($text); }
function __return_false() { return false; }
require 'plugin.php';
$GLOBALS['filters']['wp_enqueue_scripts']();
echo $GLOBALS['filters']['the_content']('<p>Story.</p>');
"""


def test_the_plugin_for_wordpress_as_php_runs_it(tmp_path: Path) -> None:
    (tmp_path / "plugin.php").write_text((SNIPPETS / "wordpress.php").read_text(encoding="utf-8"))
    (tmp_path / "site.php").write_text(WORDPRESS)
    assert printed(program("php"), "-d", "display_errors=1", "site.php", folder=tmp_path) == (
        '<script src="https://talk.example/embed.js" defer></script><p>Story.</p><rejoinder-thread site="courier"'
        ' key="https://courier.example/?p=1&amp;q=&quot;"></rejoinder-thread>'
    )


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


@pytest.mark.parametrize("there", [True, False])
def test_ssi_of_nginx(fill: Fill, tmp_path: Path, there: bool) -> None:
    nginx, port = program("nginx"), free_port()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "story.html").write_text(hosts.page(fill("ssi.html")))
    location = fill("ssi.conf") if there else fill("ssi.conf", NOBODY)
    location = location.replace("proxy_ssl_server_name on;", "")
    (tmp_path / "nginx.conf").write_text(NGINX.replace("PORT", str(port)).replace("LOCATION", location))
    with running(nginx, "-p", str(tmp_path), "-c", "nginx.conf"):
        html = wait_until(lambda: answer(f"http://127.0.0.1:{port}/story.html"), "nginx answers")
    assert (SHOWN in html) is there
    assert "</rejoinder-thread>" in html and "<!--# " not in html and "<title>502" not in html


VCL = """vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "PAGES"; }
"""


@pytest.mark.parametrize("there", [True, False])
def test_esi_of_varnish(fill: Fill, tmp_path: Path, there: bool) -> None:
    varnish, port = program("varnishd"), free_port()
    vcl = fill("esi.vcl") if there else fill("esi.vcl", NOBODY)
    name, _, number = vcl.partition('.host = "')[2].partition('"')[0].partition(":")
    # A backend's host and port are apart, and the name sent is both.
    vcl = vcl.replace(f'.host = "{name}:{number}"', f'.host = "{name}"').replace('"80"', f'"{number}"')
    with hosts.serving() as host:
        host.put("/story", hosts.page(fill("esi.html")))
        (tmp_path / "site.vcl").write_text(VCL.replace("PAGES", str(host.port)) + vcl)
        work = tmp_path / "work"
        at = ["-n", str(work), "-a", f"127.0.0.1:{port}", "-f", str(tmp_path / "site.vcl")]
        with running(varnish, "-F", "-j", "none", "-s", "malloc,16m", *at):
            html = wait_until(lambda: answer(f"http://127.0.0.1:{port}/story"), "Varnish answers")
            assert not answer(f"http://127.0.0.1:{port}/rejoinder/courier?key=harbour"), "only within pages"
    assert (SHOWN in html) is there
    assert "</rejoinder-thread>" in html and "esi:include" not in html and "Guru" not in html
