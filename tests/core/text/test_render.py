from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.core.text.render import excerpt, first_forbidden_link, plain, render, sanitise
from tests.core.text.safety import assert_harmless

PIECES = st.sampled_from(
    [
        "[", "](", ")", "![", "*", "**", "_", "`", "```\n", "~~", "> ", "- ", "1. ", "\n", "\n\n",
        "# ", "---\n", "\\", "<", ">", "<script>", "<!--", "-->", "<a href=x onclick=y>",
        "javascript:", "http://a.b", "www.a.b", "a@b.c", "&", "&lt;", "&#60;", "&#x202e;",
        "&colon;", '"', "'", "=", "    ", "\t", "text", "é", "\u0301", "😀", "\ufdd0", "\x00",
        "<http://x.y>", "<svg/onload=", "]: ", "]]>", "<![CDATA[", "<?", "ftp://a.b",
        "data:text/html,",
    ]
)  # fmt: skip
BODIES = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))
REL = 'rel="nofollow ugc noopener"'


@settings(max_examples=500, deadline=None)
@given(BODIES)
def test_whatever_is_typed_renders_as_our_few_tags_only(body: str) -> None:
    rendered = render(body)
    assert_harmless(rendered)
    assert sanitise(rendered) == rendered


@settings(deadline=None)
@given(BODIES)
def test_whatever_is_typed_has_plain_words_an_excerpt_and_a_verdict_on_its_links(body: str) -> None:
    assert len(excerpt(plain(body), 40)) <= 40
    assert plain(render(body)) == plain(body) or plain(body).startswith("<")
    first_forbidden_link(body)


@settings(deadline=None)
@given(BODIES)
def test_sanitising_any_html_twice_is_sanitising_it_once(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("*a* **b** ~~c~~ ~d~", "<p><em>a</em> <strong>b</strong> <del>c</del> ~d~</p>"),
        ("***a***", "<p><em><strong>a</strong></em></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1984. Orwell", '<ol start="1984">\n<li>Orwell</li>\n</ol>'),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("# Head *on*", "<p><strong>Head <em>on</em></strong></p>"),
        ("# **Head**", "<p><strong>Head</strong></p>"),
        ("a\n\n---\n\nb", "<p>a</p>\n\n<p>b</p>"),
        ("---", ""),
        ("|a|b|\n|-|-|", "<p>|a|b|<br>\n|-|-|</p>"),
        ("", ""),
    ],
)
def test_markdown_renders_as_documented(body: str, expected: str) -> None:
    assert render(body) == expected


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("I <3 you", "I <3 you"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<!-- hidden -->", "<!-- hidden -->"),
        ("<div>\n*a*\n</div>", "<div>\na\n</div>"),
        ("<javascript:alert(1)>", "<javascript:alert(1)>"),
        ("[Anna]: nonsense!", "[Anna]: nonsense!"),
        ("[a][b]\n\n[b]: http://x.y", "[a][b]\n\n[b]: http://x.y"),
        ("`[a]: <b>`", "[a]: <b>"),
        ("[laughs](loudly)", "laughs (loudly)"),
        ("[](loudly)", "loudly"),
        ("&lt;b&gt;", "<b>"),
        ("&#xFFFE;&#xFFFF;&#xD800;", "\ufffd\ufffd\ufffd"),
    ],
)
def test_nothing_typed_vanishes_or_turns_into_html(body: str, shown: str) -> None:
    assert plain(body) == shown


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "https://a.b/c?d=e&f",
            f'<p><a href="https://a.b/c?d=e&amp;f" {REL}>https://a.b/c?d=e&amp;f</a></p>',
        ),
        ("www.a.b.", f'<p><a href="http://www.a.b" {REL}>www.a.b</a>.</p>'),
        ("i@a.b", f'<p><a href="mailto:i@a.b" {REL}>i@a.b</a></p>'),
        ("<https://a.b>", f'<p><a href="https://a.b" {REL}>https://a.b</a></p>'),
        ('[x](https://a.b "title")', f'<p><a href="https://a.b" {REL}>x</a></p>'),
        ("[x](<https://a.b/c d>)", f'<p><a href="https://a.b/c%20d" {REL}>x</a></p>'),
        ("[x](www.a.b)", f'<p><a href="http://www.a.b" {REL}>x</a></p>'),
        ("[](https://a.b)", f'<p><a href="https://a.b" {REL}>https://a.b</a></p>'),
        ("[\u200b](https://a.b)", f'<p><a href="https://a.b" {REL}>\u200bhttps://a.b</a></p>'),
        ("![alt](https://a.b/i.png)", f'<p><a href="https://a.b/i.png" {REL}>alt</a></p>'),
        ("![](https://a.b/i.png)", f'<p><a href="https://a.b/i.png" {REL}>https://a.b/i.png</a></p>'),
        ("[![alt](i.png)](https://a.b)", f'<p><a href="https://a.b" {REL}>alt</a></p>'),
        ("<b>https://a.b</b>", f'<p>&lt;b&gt;<a href="https://a.b" {REL}>https://a.b</a>&lt;/b&gt;</p>'),
        ("ftp://a.b", "<p>ftp://a.b</p>"),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[x](//a.b)", "<p>x (//a.b)</p>"),
    ],
)
def test_links_lead_to_the_web_or_mail_and_show_something(body: str, expected: str) -> None:
    assert render(body) == expected


def test_a_link_dressed_as_another_host_says_where_it_leads() -> None:
    assert plain("[https://bank.example](https://thief.example/x)") == "https://bank.example (thief.example)"
    assert plain("[https://bank.example](https://www.bank.example/x)") == "https://bank.example"
    assert plain("[www.bank.example](https://bank.example)") == "www.bank.example"


@pytest.mark.parametrize(
    ("body", "scheme"),
    [
        ("[a](javascript:alert(1))", "javascript"),
        ("[a](JaVaScRiPt:alert(1))", "javascript"),
        ("[a](java&Tab;script&colon;alert(1))", "javascript"),
        ("[a](&#106;avascript:alert(1))", "javascript"),
        ("[a](<  javascript:alert(1)>)", "javascript"),
        ("[a](&#1;javascript:alert(1))", "javascript"),
        ("[a](\u200bjavascript:alert(1))", "javascript"),
        ("[a](javascript%3Aalert(1))", "javascript"),
        ("![a](data:text/html;base64,xxxx)", "data"),
        ("ok https://a.b then [*a*](vbscript:x 'title')", "vbscript"),
        ("> - [a](file:///etc/passwd)", "file"),
        ("[a](example.com:80)", "example.com"),
    ],
)
def test_the_first_link_with_a_foreign_scheme_is_named(body: str, scheme: str) -> None:
    assert first_forbidden_link(body) == scheme
    assert "<a" not in render(body).replace('<a href="https://a.b"', "")


@pytest.mark.parametrize(
    "body",
    [
        "[a](https://a.b)",
        "[a](HTTP://A.B)",
        "i@a.b",
        "ftp://a.b",
        "`[a](javascript:x)`",
        "[a]: javascript:x",
        "[a](b)",
    ],
)
def test_other_links_and_what_is_no_link_pass(body: str) -> None:
    assert first_forbidden_link(body) is None


def test_entities_bring_in_neither_direction_controls_nor_heaps_of_marks() -> None:
    assert render("a&#x202e;b&#0;") == "<p>ab\ufffd</p>"
    assert render("q" + "&#769;" * 9) == "<p>q" + "\u0301" * 4 + "</p>"
    assert render("q\u0301\u0301*\u0301\u0301\u0301*\u0301").count("\u0301") == 4


def test_sanitising_leaves_no_attribute_but_the_address_and_the_start() -> None:
    html = '<p class="a" id="b" style="c" title="d" lang="e" dir="f" onclick="g" data-h="i">x</p>'
    assert sanitise(html) == "<p>x</p>"
    assert sanitise('<a name="a" target="b" href="//c.d" rel="me">x</a>') == f"<a {REL}>x</a>"


@pytest.mark.parametrize(
    "html", ["<svg><style><img src=x onerror=y></style></svg>", "<math><mi><table><mglyph><style><!--"]
)
def test_sanitising_closes_the_doors_to_other_namespaces(html: str) -> None:
    assert_harmless(sanitise(html))


def test_quotes_and_lists_stop_nesting_and_keep_their_words() -> None:
    deep = render(">" * 500 + "a")
    assert deep.count("<blockquote>") == 10
    assert plain(deep) == "a"
    listed = render("\n".join("  " * n + f"- n{n}" for n in range(20)))
    assert listed.count("<ul>") == 10
    assert plain(listed).split() == [f"n{n}" for n in range(20)]


def test_what_says_nothing_more_does_not_nest() -> None:
    assert render("**a " * 50 + "a**" * 50).count("<strong>") == 1


def test_a_lone_surrogate_shows_as_a_replacement() -> None:
    assert render("a\ud800b\ufdd0") == "<p>a\ufffdb\ufffd</p>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("a *b*\nc\n\n> d", "a b\nc\n\nd"),
        ("- a\n- b\n\nc", "a\nb\n\nc"),
        ("<p>typed</p>", "typed"),
        ("&amp; [x](http://a.b)", "& x"),
    ],
)
def test_plain_is_the_words_alone(body: str, words: str) -> None:
    assert plain(body) == words
    assert plain(render(body)) in {words, body}


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 10, "one two…"),
        ("one\n\ntwo", 20, "one two"),
        ("x" * 50, 10, "x" * 9 + "…"),
        ("一二三四五六七", 4, "一二三…"),
        ("e\u0301e\u0301e\u0301".replace("é", "é"), 4, "e\u0301…"),
        ("👩\u200d👧👩\u200d👧", 5, "👩\u200d👧…"),
        ("word", 1, "…"),
        ("word", 0, ""),
    ],
)
def test_an_excerpt_ends_with_a_word(text: str, length: int, expected: str) -> None:
    assert excerpt(text, length) == expected
