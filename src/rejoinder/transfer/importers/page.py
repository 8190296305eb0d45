"""Read a page from a file: text or saved HTML in, title, article and comments out.

Nothing is fetched and nothing is stored. What can be read is returned whole; what has no place is listed in
`Page.unplaced`; a file that holds no page raises PageUnreadable with a sentence for the person who chose it.
"""

from __future__ import annotations

from rejoinder.transfer.importers.found import Page
from rejoinder.transfer.importers.page_bytes import MAX_PAGE_BYTES, check_kind, check_size, decode
from rejoinder.transfer.importers.page_html import read_html_page
from rejoinder.transfer.importers.page_text import read_text_page

__all__ = ["MAX_PAGE_BYTES", "check_size", "read_page"]


def read_page(data: bytes, *, name: str) -> Page:
    """Read the bytes of a page. `name` is the file's name; its ending helps to tell text from HTML.

    Raises PageUnreadable: too large, empty, another kind of file, a wrong or cut-off encoding, elements
    nested too deeply, or neither an article nor a comment in it. No comment is no error.
    """
    check_size(len(data))
    kind = check_kind(data, name)
    text = decode(data, kind)
    return read_html_page(text) if kind == "html" else read_text_page(text)
