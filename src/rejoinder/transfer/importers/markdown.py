"""Plain characters to the Markdown that `core.text` renders: what was typed shows as it was typed.

Escapes follow CommonMark 0.31 (2.4 backslash escapes, 6.2 entities) and the autolinks of GFM 0.29 (6.9).
`<` becomes `&lt;` rather than `\\<`: the entity means the same to every renderer, also to one that takes
angle brackets out first.
"""

from __future__ import annotations

import re

# Characters with a meaning wherever they stand, and what would make a link of an address that cannot be written
# as one. An underscore between letters or digits has none.
_SPECIAL = re.compile(r"[\\`*\[\]~|<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|:(?=//)|(?<=www)\.", re.IGNORECASE)
# Openings of a line that would make it a heading, quote, list, rule or underline.
_LINE_START = re.compile(r"\d{1,9}[.)](?=\s|$)|[-+#=>]")
# What a renderer makes into a link by itself. After a letter "http" is just part of a word.
_URL = re.compile(r"(?<![A-Za-z])(?:https?://|www\.)[^\s<>\\]+", re.IGNORECASE)
_URL_TAIL = "?!.,:;*_~'\"“”’)]}|`…"
# Addresses that can stand as they are: nothing in them can be read as markup, nothing after as theirs.
_BARE_URL = re.compile(r"(?:[a-z0-9./?=%#:&+-]|(?<=[a-z0-9])_(?=[a-z0-9]))*[a-z0-9/]", re.IGNORECASE)
_AFTER_BARE = re.compile(r"[.,!?:]?(?:\s|$)")
# Of other hosts the renderer shows the percent-encoded name beside the address: better no link.
_WITH_HOST = re.compile(r"(?:https?://|www\.)[A-Za-z0-9.-]+(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_ENTITY_AHEAD = re.compile(r"&(?=#?\w+;)")
_NOT_IN_TARGET = re.compile(r"[\s()<>\"'`\\\x00-\x1f\x7f]")


def clean(text: str) -> str:
    """The same text with one kind of line end, and U+FFFD for what no database keeps: NUL, lone
    surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def one_line(text: str) -> str:
    """Clean plain text with every run of white space as one space."""
    return " ".join(clean(text).split())


def from_plain(text: str) -> str:
    """Markdown that shows exactly this text: lines stay lines, blank lines part paragraphs, edges are
    trimmed."""
    lines = [line.strip() for line in clean(text).split("\n")]
    escaped = "\n".join(escape_line_start(escape_inline(line)) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", escaped).strip("\n")


def escape_inline(text: str, after: str = "") -> str:
    """Escape what has a meaning inside a line, given the start of what follows; addresses stay readable."""
    parts: list[str] = []
    done = 0
    for match in _URL.finditer(text):
        url = _without_tail(match.group())
        end = match.start() + len(url)
        if link := web_address(url, (text[end : end + 2] + after)[:2]):
            parts += [escape(text[done : match.start()]), link]
            done = end
    parts.append(escape(text[done:]))
    return "".join(parts)


def escape_line_start(line: str) -> str:
    """Escape what has a meaning only as the first thing on a line: "1." becomes "1\\."."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    at = match.end() - 1
    return f"{line[:at]}\\{line[at:]}"


def escape(text: str) -> str:
    """Escape every character with a meaning inside a line, addresses or not: for the text of a link."""
    return _SPECIAL.sub(lambda match: "&lt;" if match.group() == "<" else "\\" + match.group(), text)


def web_address(url: str, after: str = "") -> str:
    """An address that shows as itself, given the two characters after it: as it is, in angle brackets where
    needed, "" where neither would be read as a link to it."""
    if not _WITH_HOST.match(url):
        return ""
    if _BARE_URL.fullmatch(url) and _AFTER_BARE.match(after):
        return url
    # Between angle brackets only what begins with a scheme is a link; "www.x.example#http://" does not.
    return "" if url[:4].lower() == "www." else f"<{_ENTITY_AHEAD.sub('&amp;', url)}>"


def link_target(url: str) -> str:
    """An address as it stands between the round brackets of a link."""
    quoted = _NOT_IN_TARGET.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), url)
    return _ENTITY_AHEAD.sub("&amp;", quoted)


def _without_tail(url: str) -> str:
    """Sentence punctuation after an address is the sentence's; a bracket belongs to the address that opens
    it."""
    unopened = url.count(")") - url.count("(")
    end = len(url)
    while url[end - 1] in _URL_TAIL:
        if url[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return url[:end]
