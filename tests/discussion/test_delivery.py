"""Shared pages in front of Django: drawn once, sent as bytes, and never older than what one has written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from rejoinder.accounts.viewer import Viewer
from rejoinder.core import metrics
from rejoinder.core.cache import valkey
from rejoinder.discussion.actions import delete_comment
from rejoinder.discussion.delivery import kept, path
from rejoinder.discussion.delivery.body import COMPRESS, EXPAND, HOT, choose
from rejoinder.discussion.delivery.elsewhere import Elsewhere, pack, unpack
from rejoinder.discussion.delivery.kept import BURST, CALM
from rejoinder.discussion.delivery.revisions import Unreadable, read
from rejoinder.discussion.delivery.stamp import LONGEST
from rejoinder.moderation.actions import decide_site
from tests import factories
from tests.discussion.readers import Answer, Door, door, window_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server() -> Iterator[Door]:
    with door() as opened:
        yield opened


@pytest.fixture
def scene() -> Any:
    thread = factories.thread()
    first = factories.comment(thread, "The first thought.")
    return SimpleNamespace(thread=thread, first=first, window=window_of(thread))


def test_a_window_is_drawn_once_however_many_read_it(server: Door, scene: Any) -> None:
    answers = [server.get(*scene.window) for _ in range(5)]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert server.django.drawn == 1


def test_a_hundred_who_come_at_once_make_it_draw_once(server: Door, scene: Any) -> None:
    answers = server.all_at_once([scene.window] * 100)
    assert {answer.status for answer in answers} == {200}
    assert server.django.drawn == 1


def test_a_new_comment_shows_to_the_next_reader(server: Door, scene: Any) -> None:
    before = server.get(*scene.window)
    factories.comment(scene.thread, "The second thought.")
    after = server.get(*scene.window)
    assert "second thought" not in before.text
    assert "second thought" in after.text
    assert before.headers["etag"] != after.headers["etag"]


def test_deleted_words_are_gone_for_the_next_reader(server: Door, scene: Any) -> None:
    assert "first thought" in server.get(*scene.window).text
    delete_comment(viewer=factories.viewer(scene.thread.site, scene.first.author), comment=scene.first)
    assert "first thought" not in server.get(*scene.window).text


def test_who_wrote_reads_it_however_busy_the_thread_is(
    server: Door, scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "EACH_SECOND", 0.0)  # however slow this machine is
    monkeypatch.setattr(path, "OLDEST", 1000.0)
    server.get(*scene.window)
    for number in range(int(BURST) + 5):
        factories.comment(scene.thread, f"Storm {number}.")
        server.get(*scene.window)
        server.rest()
    drawn = server.django.drawn
    factories.comment(scene.thread, "My own words.")
    others = server.get(*scene.window)
    assert server.django.drawn == drawn, "who wrote nothing is given what was drawn a moment ago"
    assert "My own words" not in others.text
    mine = server.get(*scene.window, cookie="rejoinder-guest=abcdefghijklmnopqrstuv")
    assert "My own words" in mine.text


def test_nobody_waits_for_a_page_that_changes_all_the_time(
    server: Door, scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "EACH_SECOND", 0.0)
    monkeypatch.setattr(path, "OLDEST", 1000.0)
    server.get(*scene.window)
    for number in range(int(BURST - CALM) + 1):
        factories.comment(scene.thread, f"Storm {number}.")
        assert f"Storm {number}" in server.get(*scene.window).text, "calm still: the next reader sees the new"
    factories.comment(scene.thread, "And one more.")
    assert "And one more" not in server.get(*scene.window).text, "given at once, and drawn behind"
    server.rest()
    assert "And one more" in server.get(*scene.window).text


def test_a_changed_rule_of_the_site_shows_at_once(server: Door, scene: Any) -> None:
    page = f"/threads/{scene.thread.site.key}/", f"key={scene.thread.key}"
    notice = "New comments appear once a moderator has read them."
    assert notice not in server.get(*page).text
    site = scene.thread.site
    moderator = Viewer(site=site, commenter=factories.staff(site), role="moderator")
    decide_site(viewer=moderator, action="hold-new", reason="A storm is coming.")
    assert notice in server.get(*page).text


def test_a_staff_badge_shows_at_once_and_goes_at_once(server: Door) -> None:
    thread = factories.thread()
    commenter = factories.staff(thread.site, "editor", "Iris Vale")
    factories.signed_in(commenter).write(thread, "From the desk.")
    assert "badge" in server.get(*window_of(thread)).text
    commenter.roles.get().delete()
    assert "badge" not in server.get(*window_of(thread)).text


@pytest.mark.parametrize("asked", ["{tag}", "*", '"other", {tag}', "{strong}", 'W/"x",{tag} '])
def test_who_has_the_page_is_told_so(server: Door, scene: Any, asked: str) -> None:
    tag = server.get(*scene.window).headers["etag"]
    again = server.get(*scene.window, if_none_match=asked.format(tag=tag, strong=tag.removeprefix("W/")))
    assert (again.status, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == "public, max-age=0, s-maxage=2"


@pytest.mark.parametrize("asked", ['"other"', "W/", '""', "\x80\xff", '"' * 2000, ", ,,", "nonsense"])
def test_who_has_another_page_gets_this_one(server: Door, scene: Any, asked: str) -> None:
    assert server.get(*scene.window, if_none_match=asked).status == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("zstd;q=1.0, gzip;q=0.5", "zstd"),
        ("gzip;q=1.0, br;q=0.1", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*", "br"),
        ("identity", "identity"),
        ("*;q=0", "identity"),
        ("GZIP", "gzip"),
        ("br;q=nonsense, gzip", "gzip"),
        ("br;q=5", "identity"),
        (";;;,,,q=1", "identity"),
        ("\x00\xff br", "identity"),
        ("gzip," * 1000, "gzip"),
    ],
)
def test_each_client_gets_an_encoding_that_it_takes(accepted: str, encoding: str) -> None:
    assert choose(accepted.encode("latin-1")) == encoding


@pytest.mark.parametrize("accepted", ["br", "zstd", "gzip", "identity"])
def test_every_encoding_holds_the_same_page(server: Door, scene: Any, accepted: str) -> None:
    plain = server.get(*scene.window)
    packed = server.get(*scene.window, accept_encoding=accepted)
    assert packed.text == plain.text
    assert packed.headers["etag"] == plain.headers["etag"]
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["content-length"] == str(len(packed.content))
    assert server.django.drawn == 1


def test_what_was_compressed_expands_to_the_same() -> None:
    text = b"<p>said</p>" * 100
    assert {name: EXPAND[name](pack(text)) for name, pack in COMPRESS.items()} == dict.fromkeys(
        COMPRESS, text
    )


def test_a_page_that_many_read_is_compressed_further_once_it_rests(
    server: Door, scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "EACH_SECOND", 0.0)
    for number in range(30):
        factories.comment(scene.thread, f"Thought {number}: {' '.join(str(n * number) for n in range(40))}")
    first = server.get(*scene.window, accept_encoding="br")
    (page,) = server.app.pages._pages.values()

    def after_many() -> Answer:
        for _ in range(HOT):
            server.get(*scene.window, accept_encoding="br")
        server.rest()
        return server.get(*scene.window, accept_encoding="br")

    page.turns = CALM - 1
    assert after_many().content == first.content, "it changes all the time: smaller bytes would soon be stale"
    page.turns = BURST
    later = after_many()
    assert len(later.content) < len(first.content)
    assert later.text == first.text
    assert page.body is not None
    page.body.built, drawn = page.body.built - LONGEST - 1, server.django.drawn
    assert server.get(*scene.window, accept_encoding="br").content == later.content
    assert server.django.drawn == drawn + 1, "drawn anew, and found to say the very same"


def test_head_says_what_get_would(server: Door, scene: Any) -> None:
    got = server.get(*scene.window)
    head = server.ask("HEAD", *scene.window, {})
    assert (head.status, head.content) == (200, b"")
    assert head.headers == got.headers


def test_a_page_is_drawn_without_the_cookies_of_who_asks(server: Door, scene: Any) -> None:
    """A shared page that a member of staff asks for first holds nothing of theirs."""
    browser = factories.signed_in(factories.staff(scene.thread.site))
    cookie = f"rejoinder_session={browser.cookies['rejoinder_session'].value}"
    theirs = server.get(*scene.window, cookie=cookie)
    others = server.get(*scene.window)
    assert theirs.content == others.content
    assert "set-cookie" not in theirs.headers


def test_what_is_for_one_reader_is_never_kept(server: Door, scene: Any) -> None:
    path, query = f"/threads/{scene.thread.site.key}/mine", f"key={scene.thread.key}"
    answer = server.get(path, query)
    assert answer.headers["cache-control"] == "no-store, private"
    assert len(server.app.pages) == 0


def test_what_is_refused_is_said_and_not_kept(server: Door, scene: Any) -> None:
    path, query = scene.window
    for bad in ("cursor=forged", "sort=loudest", "at=zzzz", "sort=best&sort=best", "cursor=", "at=%00"):
        answer = server.get(path, f"{query}&{bad}", accept="text/html")
        assert answer.status in {400, 404}, bad
        assert "<" in answer.text
    assert server.get("/threads/nowhere/window", "key=x").status == 404
    assert len(server.app.pages) == 0


def test_a_campaigns_parameters_make_no_page_of_their_own(server: Door, scene: Any) -> None:
    path, query = scene.window
    for number in range(20):
        assert server.get(path, f"{query}&utm_source={number}&sort=best").status == 200
    assert server.get(path, query).status == 200
    assert server.django.drawn == 2, "with the order named and without"


def test_hosts_and_schemes_do_not_share_a_page(server: Door, scene: Any) -> None:
    page = f"/threads/{scene.thread.site.key}/", f"key={scene.thread.key}"
    server.get(*page)
    evil = server.get(*page, host="evil.example")
    assert evil.status == 400
    assert "evil.example" not in server.get(*page).text


def test_memory_is_bounded_however_many_pages_are_asked_for(scene: Any) -> None:
    with door(most=60_000) as small:
        for number in range(60):
            written = factories.comment(scene.thread, f"Thought {number}.")
            assert small.get(*window_of(scene.thread, at=written.public_id)).status == 200
        assert small.app.pages.size <= 60_000
        assert 1 < len(small.app.pages) < 60


def test_many_different_windows_at_once_are_all_right(server: Door, scene: Any) -> None:
    written = [factories.comment(scene.thread, f"Thought {number}.") for number in range(100)]
    answers = server.all_at_once([window_of(scene.thread, at=one.public_id) for one in written])
    assert [answer.status for answer in answers] == [200] * 100
    for one, answer in zip(written, answers, strict=True):
        assert f'id="c-{one.public_id}" ' in answer.text


def test_reading_goes_on_while_the_database_is_away(server: Door, scene: Any, monkeypatch: Any) -> None:
    before = server.get(*scene.window)

    def away(*_asked: Any) -> Any:
        raise Unreadable("away")

    monkeypatch.setattr(server.revisions, "peek", away)
    monkeypatch.setattr(server.revisions, "now", away)
    assert server.get(*scene.window).content == before.content


def test_a_form_goes_to_django_and_its_answer_is_seen(server: Door, scene: Any) -> None:
    server.get(*scene.window)
    body = f"key={scene.thread.key}&name=Nora&body=Through+the+door".encode()
    says = {
        "accept": "application/json",
        "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded",
    }
    posted = server.ask("POST", f"/threads/{scene.thread.site.key}/comments", "", says, body)
    assert posted.status == 201, posted.text
    assert "Through the door" in server.get(*scene.window).text


def test_processes_share_what_one_of_them_drew(scene: Any, valkey_url: str) -> None:
    def elsewhere() -> Elsewhere:
        return Elsewhere(valkey(valkey_url), version="1", present=read)

    with door(elsewhere=elsewhere()) as one, door(elsewhere=elsewhere()) as other:
        drawn = one.get(*scene.window)
        assert other.get(*scene.window).content == drawn.content
        assert (one.django.drawn, other.django.drawn) == (1, 0)
        factories.comment(scene.thread, "Later.")
        assert "Later." in other.get(*scene.window).text
        assert "Later." in one.get(*scene.window).text
        assert one.django.drawn + other.django.drawn == 2


def test_without_its_valkey_a_process_draws_by_itself(scene: Any) -> None:
    client = valkey("valkey://127.0.0.1:1/0")
    with door(elsewhere=Elsewhere(client, version="1", present=read)) as alone:
        assert alone.get(*scene.window).status == 200


@pytest.mark.parametrize("packed", [b"", b"\n", b"{}\n", b"[1]\nx", b'{"stamp": [1]}\nx', b"\xff\xfe\nx"])
def test_what_another_wrote_into_valkey_is_no_page(packed: bytes) -> None:
    assert unpack(packed) is None


def test_a_page_comes_back_from_valkey_as_it_went(server: Door, scene: Any) -> None:
    server.get(*scene.window)
    (page,) = server.app.pages._pages.values()
    assert page.body is not None
    back = unpack(pack(page.body))
    assert back is not None
    assert (back.stamp, back.headers, back.tag) == (page.body.stamp, page.body.headers, page.body.tag)
    assert back.text() == page.body.text()


def test_caches_elsewhere_are_told_what_to_purge(server: Door, scene: Any) -> None:
    headers = server.get(*scene.window).headers
    assert re.fullmatch(r"site-[-\w]+ thread-\w+", headers["surrogate-key"])
    assert headers["cache-tag"] == headers["surrogate-key"].replace(" ", ",")


def test_a_thread_that_is_born_between_two_readers_shows(server: Door) -> None:
    site = factories.site()
    key = f"https://{site.key}.example/page"
    asked = f"/threads/{site.key}/window", f"key={key}"
    assert server.get(*asked).status == 200
    factories.guest().post(
        f"/threads/{site.key}/comments", {"key": key, "name": "Nora", "body": "The very first."}
    )
    assert "The very first" in server.get(*asked).text


def test_the_figures_tell_memory_from_drawing(
    server: Door, scene: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[tuple[str, str]] = []
    monkeypatch.setattr(metrics, "served", lambda kind, how, _seconds, _size: counted.append((kind, how)))
    tag = server.get(*scene.window).headers["etag"]
    server.get(*scene.window)
    server.get(*scene.window, if_none_match=tag)
    assert counted == [("window", "built"), ("window", "memory"), ("window", "unchanged")]


def test_a_forwarded_scheme_counts_for_who_says_it_alone(server: Door, scene: Any) -> None:
    """What somebody draws under a forged header is not what a proxy's readers get."""
    page = f"/threads/{scene.thread.site.key}/", f"key={scene.thread.key}"
    server.get(*page, x_forwarded_proto="https")
    server.get(*page)
    keys = list(server.app.pages._pages)
    assert sorted(key[3] or b"" for key in keys) == [b"", b"https 127.0.0.1"]
