"""Files that hold no page: each is refused with a sentence that says what is wrong, where, and what to do."""

from __future__ import annotations

import pytest

from rejoinder.core.errors import RejoinderError
from rejoinder.transfer.importers.found import PageUnreadable
from rejoinder.transfer.importers.page import MAX_PAGE_BYTES, check_size, read_page
from tests.transfer.importers.pages import ARTICLE, html, thread, wordpress_comment

REFUSED: dict[str, tuple[bytes, str, str, str]] = {
    "empty": (b"", "x.txt", "page-empty", "empty"),
    "blank": (b" \r\n\t \n", "x.txt", "page-empty", "empty"),
    "byte order mark alone": (b"\xef\xbb\xbf\n", "x.txt", "page-empty", "empty"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0", "x.html", "page-not-text", "a PNG image"),
    "PDF": (b"%PDF-1.7\n", "x.txt", "page-not-text", "a PDF document"),
    "ZIP": (b"PK\x03\x04\x14\0", "x.html", "page-not-text", "ZIP archive or an office document"),
    "web archive": (
        b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\n",
        "x.mhtml",
        "page-not-text",
        "MHTML",
    ),
    "feed": (b'<?xml version="1.0"?><rss><channel/></rss>', "x.xml", "page-not-text", "XML"),
    "zero byte": (b"Title\n\nab\0c", "x.txt", "page-not-text", "Line 3"),
    "UTF-16 without a mark": ("Title\n\nText".encode("utf-16-le"), "x.txt", "page-encoding", "UTF-16"),
    "Latin-1 text": (
        "Title\n\nCafé au lait".encode("latin-1"),
        "x.txt",
        "page-encoding",
        "Line 3 is not UTF-8",
    ),
    "lone surrogate": (b"Title\n\na\xed\xa0\x80b", "x.txt", "page-encoding", "Line 3 is not UTF-8"),
    "cut off": ("Title\n\nCafé".encode()[:-1], "x.txt", "page-cut-off", "middle of a character, on line 3"),
    "wrong declaration": (
        b'<html><head><meta charset="utf-8"></head>\n<p>Caf\xe9 au lait',
        "x.html",
        "page-encoding",
        "Line 2 is not UTF-8 (byte 0xe9), though the page says",
    ),
    "unknown encoding": (b'<html><meta charset="utf-7"><p>x', "x.html", "page-encoding", "utf-7"),
    "codec that is no encoding": (b'<html><meta charset="zip"><p>x', "x.html", "page-encoding", "zip"),
    "comments alone": (
        "\n  • Ida\n\n    No.\n".encode(),
        "x.txt",
        "page-without-article",
        "begins with a comment or a list, on line 2",
    ),
    "comments alone, with typed bullets": (
        b"* Ida\n\n  No.\n",
        "x.txt",
        "page-without-article",
        "on line 1",
    ),
    "title alone": (b"Only a title\n", "x.txt", "page-without-content", "line 1"),
    "nothing to read": (
        b"<html><body><script>1</script></body></html>",
        "x.html",
        "page-without-content",
        "script",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unreadable_files_are_refused_with_a_reason(case: str) -> None:
    data, name, code, words = REFUSED[case]
    with pytest.raises(PageUnreadable) as refusal:
        read_page(data, name=name)
    assert isinstance(refusal.value, RejoinderError)
    assert refusal.value.code == code
    assert words in str(refusal.value)


def test_title_may_begin_with_a_dash() -> None:
    assert (
        read_page("– and then it rained\n\nAll day.\n".encode(), name="x.txt").title == "– and then it rained"
    )


def test_page_that_was_cut_off_is_read_and_said_to_be() -> None:
    whole = f"<html><body>{ARTICLE}{thread(wordpress_comment(1, 'No.'), wordpress_comment(2, 'Yes.'))}</body></html>"
    assert not read_page(whole.encode(), name="x.html").unplaced
    cut = read_page(whole[: whole.index("Yes.")].encode(), name="x.html")
    assert len(cut.comments) >= 1
    assert "may have been cut off" in cut.unplaced[-1].why


def test_a_file_too_large_is_refused_by_its_size_alone() -> None:
    check_size(MAX_PAGE_BYTES)
    with pytest.raises(PageUnreadable, match=r"200\.0 MiB; a page may have 32"):
        check_size(200 * 1024 * 1024)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_every_encoding_that_says_what_it_is(encoding: str) -> None:
    page = read_page("Fähre\r\n\r\nSie fährt “selten”.\r\n".encode(encoding), name="x.txt")
    assert (page.title, page.blocks[0].text) == ("Fähre", "Sie fährt “selten”.")


@pytest.mark.parametrize(("declared", "codec"), [("iso-8859-1", "cp1252"), ("windows-1251", "cp1251")])
def test_a_page_is_read_in_the_encoding_it_declares(declared: str, codec: str) -> None:
    word = "Fähre “x”" if codec == "cp1252" else "Паром"
    body = ARTICLE.replace("harbour council", f"council of {word}")
    data = f'<html><head><meta charset="{declared}"></head><body>{body}'.encode(codec)
    assert word in read_page(data, name="x.html").blocks[0].text


def test_html_is_known_by_its_start_whatever_the_files_name() -> None:
    data = f"<!-- saved from url=(0030)https://gazette.example/ -->\n<!DOCTYPE html><html><body>{ARTICLE}"
    assert read_page(data.encode(), name="page.txt").kind == "html"
    assert read_page(data.encode("utf-16"), name="page").kind == "html"
    assert read_page(b"A title\n\nText <b> text.", name="page.txt").kind == "text"


def test_elements_nested_without_end_are_refused_and_not_cut_off_in_silence() -> None:
    with pytest.raises(PageUnreadable, match="nested too deeply on line 1"):
        html("<div>" * 10_000 + ARTICLE)


def test_nine_hundred_levels_of_replies_are_read() -> None:
    opening = (
        '<li class="comment depth-1" id="comment-{}"><b class="fn">Ida</b><p class="comment-text">No.</p><ul>'
    )
    page = html(ARTICLE + thread("".join(opening.format(number) for number in range(900))))
    assert (len(page.comments), page.depth) == (900, 900)


@pytest.mark.parametrize("tag", ["b", "blockquote", "ul><li", "span", "div"])
def test_deep_markup_in_a_comment_keeps_its_words(tag: str) -> None:
    page = html(ARTICLE + thread(wordpress_comment(1, f"<{tag}>" * 600 + "Deep words")))
    assert "Deep words" in page.comments[0].body


def test_entities_of_a_document_type_are_never_looked_up() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/hostname">{laughs}]>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{ARTICLE}'
        + thread(wordpress_comment(1, "<p>Before &file; &l9; after</p>"))
    )
    (comment,) = read_page(text.encode(), name="page.xhtml").comments
    assert comment.body == r"Before \&file; \&l9; after"


def test_json_ld_nested_without_end_is_reported() -> None:
    script = '<script type="application/ld+json">' + "[" * 200_000 + "</script>"
    assert [one.why for one in html(script + ARTICLE).unplaced] == ["JSON-LD that cannot be read"]


def test_lone_surrogates_and_zeros_in_json_ld_become_replacement_characters() -> None:
    script = r'{"@type":"Comment","text":"a\ud800b\u0000c","author":"I\udfff"}'
    (comment,) = html(f'<script type="application/ld+json">{script}</script>{ARTICLE}').comments
    assert (comment.author, comment.body) == ("I\ufffd", "a\ufffdb\ufffdc")


def test_links_that_run_code_lose_the_link_and_keep_the_words() -> None:
    hrefs = {"one": "javascript:alert(1)", "two": "data:text/html,x", "three": "JaVa\tScript:x"}
    typed = " ".join(f'<a href="{href}">{word}</a>' for word, href in hrefs.items())
    (comment,) = html(ARTICLE + thread(wordpress_comment(1, typed))).comments
    assert comment.body == "one two three"


def test_brackets_without_end_after_an_address_take_no_time() -> None:
    page = read_page(
        f"Title\n\nText.\n\n• Ida\n\n  https://x.example/a{')' * 200_000}\n".encode(), name="x.txt"
    )
    assert len(page.comments[0].body) > 200_000


def test_names_and_bodies_of_any_length_are_kept_whole() -> None:
    (comment,) = html(ARTICLE + thread(wordpress_comment(1, "x" * 50_000, name="I" * 500))).comments
    assert (len(comment.author), len(comment.body)) == (500, 50_000)


def test_ten_thousand_comments_are_read() -> None:
    comments = (wordpress_comment(number, f"<p>Number {number}.</p>") for number in range(10_000))
    assert len(html(ARTICLE + thread(*comments)).comments) == 10_000


def test_a_tag_with_attributes_without_end_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(PageUnreadable, match="A tag on line 1 has more than 1,000 attributes"):
        html(ARTICLE + "<div " + " ".join(f'a{number}=">"' for number in range(200_000)) + ">")


def test_long_values_scripts_and_text_are_no_attributes() -> None:
    words = "a < b if<c " * 3000
    picture = f'<img alt="{words}" src="data:image/png;base64,{"QUJD " * 3000}">'
    page = html(f"<script>{words}</script><!-- <a {words} -->{picture}{ARTICLE}")
    assert len(page.blocks) >= 2
