"""What HTML of ours may look like, said once more and apart from the code that makes it."""

from __future__ import annotations

import re
from typing import Final

from lxml import html as lxml_html

_TAGS: Final = {"p", "br", "em", "strong", "del", "a", "blockquote", "ul", "ol", "li", "code", "pre"}
_EXACT: Final = re.compile(
    r"</?(?:p|em|strong|del|blockquote|ul|ol|li|code|pre)>|<br>|</a>|<ol start=\"\d{1,9}\">"
    r"|<a(?: href=\"(?:https?://|mailto:)[^\"<>\s]*\")? rel=\"nofollow ugc noopener\">",
    re.IGNORECASE,
)
_ATTRIBUTES: Final = {("a", "href"), ("a", "rel"), ("ol", "start")}


def assert_harmless(rendered: str) -> None:
    """Nothing but our tags in exactly our form; and a parser, reading it, finds no more than that."""
    rest = _EXACT.sub("", rendered)
    assert "<" not in rest, rest
    assert ">" not in rest, rest
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufdd0]", rest)
    for element in lxml_html.fragment_fromstring(rendered, create_parent="section").iterdescendants():
        _assert_harmless_element(element)


def _assert_harmless_element(element: lxml_html.HtmlElement) -> None:
    assert element.tag in _TAGS
    for name, value in element.attrib.items():
        assert (element.tag, name) in _ATTRIBUTES
        if name == "href":
            assert value.partition(":")[0].lower() in {"http", "https", "mailto"}
