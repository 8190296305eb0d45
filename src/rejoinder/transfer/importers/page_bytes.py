"""From bytes to text: size, kind of file, encoding; each refusal says what is wrong, where, and what to
do."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from rejoinder.transfer.importers.found import PageKind, PageUnreadable

# A saved page is a few hundred kilobytes; 100,000 comments of 300 characters with their markup are some 30
# MB. Everything is held in memory several times over, so larger files are refused before they are read.
MAX_PAGE_BYTES = 32 * 1024 * 1024

_SAVE_AS = "Open the page in a browser and save it as HTML, or paste its text into a plain text file."
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image or a sound"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"bplist00", "a browser's own web archive"),
    (b"\xd0\xcf\x11\xe0", "an older office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
)
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx"})
_HTML_START = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>|<!--.{0,4000}?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|title|link|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(rb"\s*<(?:\?xml|rss\b|disqus\b|feed\b)", re.IGNORECASE)
_MHTML_START = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
# How far into a file a declaration is looked for. Browsers look at 1,024 bytes; saved pages put notes first.
_DECLARED_WITHIN = 8192
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The encodings pages were written in, by the names of WHATWG's Encoding Standard. Python knows others of the
# same kind of name (zip, punycode, utf-7, unicode_escape) that a file must not be able to choose.
_CODECS: dict[str, str] = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift-jis", "shift_jis"), "cp932"),
    "iso-8859-9": "cp1254",
    "euc-kr": "cp949",
    "macintosh": "mac_roman",
    **{name: name for name in ("big5", "euc-jp", "iso-2022-jp", "koi8-r", "koi8-u")},
    **{f"windows-{number}": f"cp{number}" for number in (874, *range(1250, 1259))},
    **{f"iso-8859-{number}": f"iso-8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}


def check_size(size: int) -> None:
    """Refuse a file of this many bytes before reading it. Raises PageUnreadable above MAX_PAGE_BYTES."""
    if size > MAX_PAGE_BYTES:
        raise PageUnreadable(
            f"The file has {size / 1_048_576:,.1f} MiB; a page may have {MAX_PAGE_BYTES // 1_048_576}. "
            "Save the page as HTML only, without its pictures, and try again.",
            code="page-too-large",
        )


def check_kind(data: bytes, name: str) -> PageKind:
    """Whether these bytes are text or HTML. Raises PageUnreadable for anything else."""
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf"):
        raise PageUnreadable("The file is empty. Choose the file that holds the page.", code="page-empty")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise PageUnreadable(f"This is {what}, not a page. {_SAVE_AS}", code="page-not-text")
    if _MHTML_START.match(data[:4096]):
        raise PageUnreadable(f"This is a web archive (MHTML), not a page. {_SAVE_AS}", code="page-not-text")
    # A letter of UTF-16 is a letter of ASCII and a NUL: enough to see the first tag.
    start = data.removeprefix(codecs.BOM_UTF8)[:16384]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[2:].replace(b"\0", b"")
    if _HTML_START.match(start):
        return "html"
    if _XML_START.match(start):
        raise PageUnreadable(
            f"This is an XML file, an export or a feed perhaps, not a page. {_SAVE_AS}", code="page-not-text"
        )
    return "html" if PurePath(name).suffix.lower() in _HTML_NAMES else "text"


def decode(data: bytes, kind: PageKind) -> str:
    """The file's text. A byte order mark decides, then what an HTML page declares, then UTF-8; never a
    guess."""
    codec = next((codec for bom, codec in _BOMS if data.startswith(bom)), "")
    declared = "" if codec or kind == "text" else _declared(data)
    codec = codec or _codec(declared)
    if codec != "utf-16" and b"\0" in data:
        raise _nul(data)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, declared) from error


def decode_anyhow(data: bytes, said: str = "") -> str:
    """Text of a page that came over the network: what its headers said, then as above, then UTF-8.

    Nobody is there who could save it anew, so what is no letter becomes U+FFFD.
    """
    codec = next((codec for bom, codec in _BOMS if data.startswith(bom)), "")
    codec = codec or _CODECS.get(said.lower()) or _CODECS.get(_declared(data)) or "utf-8"
    return data.decode(codec, "replace")


def _declared(data: bytes) -> str:
    head = data[:_DECLARED_WITHIN]
    match = _META_CHARSET.search(head) or _XML_CHARSET.match(head)
    return match.group(1).decode("ascii", "replace").lower() if match else ""


def _codec(declared: str) -> str:
    if not declared or declared.startswith("utf-16"):
        # What can be read as ASCII is not UTF-16. HTML takes such a declaration for UTF-8.
        return "utf-8"
    if declared not in _CODECS:
        raise PageUnreadable(
            f"The page says its encoding is “{declared}”, which is not known here. "
            "Save it as UTF-8 and try again.",
            code="page-encoding",
        )
    return _CODECS[declared]


def _nul(data: bytes) -> PageUnreadable:
    at = data.index(b"\0")
    if data[:200].count(b"\0") * 3 >= len(data[:200]):
        return PageUnreadable(
            "This looks like UTF-16 text without a byte order mark. Save it as UTF-8 and try again.",
            code="page-encoding",
        )
    return PageUnreadable(
        f"Line {_line_of(data, at)} holds a zero byte, so this is not text. {_SAVE_AS}", code="page-not-text"
    )


def _undecodable(data: bytes, error: UnicodeDecodeError, declared: str) -> PageUnreadable:
    line = _line_of(data, error.start)
    if "end of data" in error.reason or "truncated" in error.reason:
        return PageUnreadable(
            f"The file ends in the middle of a character, on line {line}: it was cut off. "
            "Copy or save it again.",
            code="page-cut-off",
        )
    said = f", though the page says its encoding is “{declared}”" if declared else ""
    what = _CODECS.get(declared, "utf-8").upper()
    return PageUnreadable(
        f"Line {line} is not {what} (byte {data[error.start]:#04x}){said}. "
        "Save the file as UTF-8 and try again.",
        code="page-encoding",
    )


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
