"""What the embed's addresses answer: the same for all who read, exact about who may write."""

from __future__ import annotations

import re
from typing import Any

import brotli
import pytest
from django.urls import reverse

from rejoinder.accounts.models import Commenter, Origin, Session, Site
from rejoinder.accounts.sessions import open_session
from rejoinder.discussion.delivery.addresses import one_spelling
from rejoinder.discussion.models import Comment, Thread
from rejoinder.embed.files import File, files
from tests import factories as make
from tests.discussion.test_fuzz import routes

pytestmark = pytest.mark.django_db

READING = ("read.js", "embed.css")
OPEN = {"embed", "embed-file", "embed-thread", "embed-included", "embed-origin", "embed-passages"}
HOME = "http://testserver"


def weight(file: File) -> int:
    """Bytes as a browser gets them."""
    return len(file.encoded("gzip, deflate, br, zstd")[1])


def test_reading_is_three_files_of_12_kb_and_writing_one_of_10_kb() -> None:
    present = files()
    assert weight(present.loader) + sum(weight(present.others[name]) for name in READING) <= 12_000
    assert weight(present.others["write.js"]) <= 10_000
    # Only where a page asks for marks.
    assert weight(present.others["passages.js"]) <= 4_000
    for file in (present.loader, *present.others.values()):
        encoding, packed = file.encoded("br")
        assert (encoding, brotli.decompress(packed)) == ("br", file.content)


def test_reading_fetches_no_further_file() -> None:
    """The reading half imports nothing; what writes is asked for by name."""
    text = files().others["read.js"].content.decode()
    assert re.findall(r"^import\b", text, re.MULTILINE) == []
    assert set(re.findall(r'import\("([^"]+)"\)', text)) <= {"./write.js"}


def ask(name: str, *args: str, browser: Any = None, method: str = "get", **given: Any) -> Any:
    headers, client = given.pop("headers", {}), browser or make.guest()
    return getattr(client, method)(
        reverse(f"rejoinder:{name}", args=args), query_params=given, headers=headers
    )


@pytest.fixture
def thread() -> Thread:
    return make.thread()


def answers(of: Thread, browser: Any) -> dict[str, Any]:
    """Each open address, as it answers this browser."""
    site = of.site.key
    return {
        "embed": ask("embed", browser=browser),
        "embed-file": ask("embed-file", files().version, "read.js", browser=browser),
        "embed-thread": ask("embed-thread", site, browser=browser, key=of.key),
        "embed-included": ask("embed-included", site, browser=browser, key=of.key),
        "embed-passages": ask("embed-passages", site, browser=browser, key=of.key),
        "embed-origin": ask("embed-origin", site, browser=browser),
    }


def test_every_address_is_told_of_here() -> None:
    of_embed = {name for name, _ in routes() if name.startswith("embed")}
    assert of_embed == OPEN | {"embed-actions", "embed-me", "embed-frame"}


def test_open_addresses_answer_everybody_alike_and_every_origin(thread: Thread) -> None:
    make.comment(thread, "Read by all.")
    nobody, staff = answers(thread, make.guest()), answers(thread, make.signed_in(make.staff(thread.site)))
    assert set(nobody) == OPEN
    for name, answer in nobody.items():
        assert answer.status_code == 200, name
        assert answer.content == staff[name].content, name
        assert answer["Access-Control-Allow-Origin"] == "*", name
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin", name
        assert "Access-Control-Allow-Credentials" not in answer, name
        assert not answer.cookies, name
        assert "Cookie" not in answer.get("Vary", "") or "no-store" in answer["Cache-Control"], name


def test_files_of_the_present_version_are_kept_for_a_year_and_others_for_minutes() -> None:
    present = ask("embed-file", files().version, "write.js")
    before = ask("embed-file", "0123456789ab", "write.js")
    assert "immutable" in present["Cache-Control"]
    assert before.content == present.content
    assert before["Cache-Control"] == "public, max-age=300" == ask("embed")["Cache-Control"]
    assert files().version in ask("embed").content.decode()
    assert ask("embed-file", files().version, "thread.js").status_code == 404


def test_the_discussion_speaks_the_language_that_is_asked_for(thread: Thread) -> None:
    make.comment(thread, "One.")
    site = thread.site.key
    assert ">1 comment<" in ask("embed-thread", site, key=thread.key).content.decode()
    arabic = ask("embed-thread", site, key=thread.key, lang="ar-EG").content.decode()
    assert 'lang="ar" dir="rtl"' in arabic
    assert "1 Kommentar" in ask("embed-thread", site, key=thread.key, lang="de").content.decode()
    assert ">1 comment<" in ask("embed-thread", site, key=thread.key, lang="tlh").content.decode()
    assert "lang=ar" in arabic, "further windows come in the same language"


def test_addresses_in_the_markup_lead_to_the_server_from_anywhere(thread: Thread) -> None:
    make.comment(thread, 'Somebody writes href="/elsewhere" and action="/x" in words.')
    site = thread.site.key
    for name in ("embed-thread", "embed-included"):
        html = ask(name, site, key=thread.key).content.decode()
        tags = re.findall(r"<[a-z][^<>]*>", html)
        assert not [tag for tag in tags if re.search(r'\s(href|action|data-window|data-new)="/', tag)]
        assert f'"{HOME}/comments/' in html
        assert 'href="/elsewhere"' in html.replace("&quot;", '"'), "what people wrote stays"


def test_what_servers_put_into_their_pages_has_no_forms_ids_or_scripts(thread: Thread) -> None:
    first = make.comment(thread, 'A claim with id="x" in words.')
    make.comment(thread, "An answer.", parent=first)
    html = ask("embed-included", thread.site.key, key=thread.key).content.decode()
    assert "An answer." in html and "Join the discussion" in html
    tags = " ".join(re.findall(r"<[a-z][^<>]*>", html))
    assert not re.search(r"<(form|input|button|script|textarea)\b|\sid=|aria-labelledby", tags)
    assert "id=" in html


def test_more_comments_come_as_a_window_alone(thread: Thread) -> None:
    make.rows_of(thread, [None] * 60)
    html = ask("embed-thread", thread.site.key, key=thread.key, sort="oldest").content.decode()
    cursor = re.search(r'cursor=([^"&#]+)', html)
    assert cursor
    more = ask(
        "embed-thread", thread.site.key, key=thread.key, sort="oldest", cursor=cursor[1]
    ).content.decode()
    assert more.startswith('<div class="window"')
    assert f'action="{HOME}/' in more and "&lt;form" not in more


def test_a_thread_that_nobody_wrote_in_is_found_by_its_page(thread: Thread) -> None:
    site = thread.site
    page = f"https://{site.key}.example/new"
    assert ask("embed-thread", site.key, key="a-name", url=page).status_code == 200
    assert ask("embed-thread", site.key, key="a-name", url="https://other.example/new").status_code == 404
    assert not Thread.objects.filter(site=site, key="a-name").exists()


def test_a_refusal_can_be_read_by_the_page_that_asked(thread: Thread) -> None:
    headers = {"accept": "application/json", "origin": "https://any.example"}
    answer = ask("embed-thread", "nobodys", key="x", headers=headers)
    assert answer.status_code == 404
    assert answer.json()["message"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_the_discussion_is_kept_in_front_of_django() -> None:
    assert one_spelling("/embed/threads/courier", "utm_source=x&lang=de&key=k") == ("embed", "key=k&lang=de")
    assert one_spelling("/embed/included/courier", "key=k") == ("included", "key=k")
    assert one_spelling("/embed/origins/courier", "") is None


def test_a_page_learns_whether_it_may_write(thread: Thread) -> None:
    site = thread.site.key
    for origin, speaks in (
        (f"https://{site}.example", True),
        (f"https://{site}.example:8443", False),
        ("null", False),
    ):
        answer = ask("embed-origin", site, headers={"origin": origin})
        assert answer.json() == {"origin": origin, "speaks": speaks}
        assert "no-store" in answer["Cache-Control"]


# The dialog


def session_of(who: Commenter, site: Site, origin: str) -> dict[str, str]:
    opened = open_session(commenter=who, site=site, origin=origin, kind=Session.Kind.GUEST)
    return {"authorization": f"Bearer {opened.access_token}", "origin": origin}


def test_the_dialog_offers_what_its_bearer_may_do(thread: Thread) -> None:
    site, origin = thread.site, f"https://{thread.site.key}.example"
    author, other = make.commenter(), make.commenter()
    comment = make.comment(thread, "Mine to change.", by=author)
    own = ask("embed-actions", comment.public_id, headers=session_of(author, site, origin))
    foreign = ask("embed-actions", comment.public_id, headers=session_of(other, site, origin))
    nobody = ask("embed-actions", comment.public_id, headers={"origin": origin})
    assert "/edits" in own.content.decode() and "/deletion" in own.content.decode()
    for answer in (foreign, nobody):
        assert "/flags" in answer.content.decode() and "/edits" not in answer.content.decode()
    assert own["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in own
    assert "Origin" in own["Vary"] and "no-store" in own["Cache-Control"]
    assert 'name="csrfmiddlewaretoken" value="not-sent"' in own.content.decode() and not own.cookies


def test_the_dialog_reads_no_cookie_and_decides_nothing(thread: Thread) -> None:
    comment = make.comment(thread, "In question.")
    answer = ask("embed-actions", comment.public_id, browser=make.signed_in(make.staff(thread.site, "owner")))
    assert "/decisions" not in answer.content.decode()
    held = make.comment(thread, "Held.")
    Comment.objects.filter(pk=held.pk).update(state="held", listed=False)
    staff = make.signed_in(make.staff(thread.site, "owner"))
    assert ask("embed-actions", held.public_id, browser=staff).status_code == 404


def test_the_dialog_is_read_by_registered_origins_alone(thread: Thread) -> None:
    comment = make.comment(thread, "In question.")
    for origin in ("https://evil.example", f"https://{thread.site.key}.example.evil.example", "null", ""):
        answer = ask("embed-actions", comment.public_id, headers={"origin": origin} if origin else {})
        assert "Access-Control-Allow-Origin" not in answer
    asked = {"origin": f"https://{thread.site.key}.example", "access-control-request-method": "GET"}
    answer = ask("embed-actions", comment.public_id, method="options", headers=asked)
    assert answer.status_code == 204
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Origin"] == asked["origin"]


def test_a_token_of_another_site_or_origin_opens_no_dialog(thread: Thread) -> None:
    comment, author = make.comment(thread, "In question."), make.commenter()
    origin = f"https://{thread.site.key}.example"
    elsewhere = session_of(author, make.site(), origin)
    moved = {**session_of(author, thread.site, origin), "origin": "https://evil.example"}
    for headers in (elsewhere, moved, {"authorization": "Bearer made-up", "origin": origin}):
        assert ask("embed-actions", comment.public_id, headers=headers).status_code == 401


# The frame


def test_a_frame_is_for_the_sites_origins_and_no_other(thread: Thread) -> None:
    site = thread.site
    Origin.objects.create(site=site, origin="https://second.example")
    mine = f"https://{site.key}.example"
    answer = ask("embed-frame", site.key, key=thread.key, origin=mine)
    policy = answer["Content-Security-Policy"]
    ancestors = f"frame-ancestors {' '.join(sorted([mine, 'https://second.example']))}"
    assert ancestors in policy.split("; ")
    assert "X-Frame-Options" not in answer
    refused = ask("embed-frame", site.key, key=thread.key, origin="https://evil.example")
    assert refused.status_code == 403
    assert "frame-ancestors 'none'" in refused["Content-Security-Policy"]


def test_what_a_frame_is_given_stays_text(thread: Thread) -> None:
    mine = f"https://{thread.site.key}.example"
    html = ask(
        "embed-frame", thread.site.key, key='"><script>1</script>', scheme='"x', origin=mine
    ).content.decode()
    assert "<script>1" not in html and 'content="light dark"' in html
