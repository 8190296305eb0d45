"""The door to cmark-gfm, the C parser behind our renderer: text in, its raw HTML out, nothing kept.

cmarkgfm's own functions never free the tree nor the string they return (41 kB stay behind for each kB of
text, measured with cmarkgfm 2025.10), which a server that runs for months cannot afford. So we call the same
compiled library through its C interface (github/cmark-gfm, src/cmark-gfm.h) and free both.
"""

from __future__ import annotations

import ctypes
import threading
from ctypes import POINTER, c_char_p, c_int, c_size_t, c_void_p
from typing import Final

from cmarkgfm import _cmark


class _Memory(ctypes.Structure):
    """cmark_mem: the three functions of an allocator."""

    _fields_ = [("calloc", c_void_p), ("realloc", c_void_p), ("free", ctypes.CFUNCTYPE(None, c_void_p))]


# Function: its result, its arguments. Trees, parsers and lists are pointers we only hand on.
_FUNCTIONS: Final[dict[str, tuple[type | None, list[type]]]] = {
    "cmark_get_default_mem_allocator": (POINTER(_Memory), []),
    "cmark_gfm_core_extensions_ensure_registered": (None, []),
    "cmark_find_syntax_extension": (c_void_p, [c_char_p]),
    "cmark_parser_new": (c_void_p, [c_int]),
    "cmark_parser_attach_syntax_extension": (c_int, [c_void_p, c_void_p]),
    "cmark_parser_feed": (None, [c_void_p, c_char_p, c_size_t]),
    "cmark_parser_finish": (c_void_p, [c_void_p]),
    "cmark_parser_get_syntax_extensions": (c_void_p, [c_void_p]),
    "cmark_render_html": (c_void_p, [c_void_p, c_int, c_void_p]),
    "cmark_node_free": (None, [c_void_p]),
    "cmark_parser_free": (None, [c_void_p]),
}


def _keep_freed_memory() -> None:
    # A tree of some thousand nodes lies at the top of the heap. Freed, glibc hands it back to the system at once
    # and the next rendering pays 490 page faults for it (10,000 "[": 1.7 ms in place of 0.7). glibc's limits rise
    # with the largest block it has seen freed (mallopt(3), M_MMAP_THRESHOLD): show it one, which is never
    # touched. The price: up to 16 MB of heap stay with the process. Elsewhere this does nothing.
    bytearray(8 << 20)


def _load() -> ctypes.CDLL:
    _keep_freed_memory()
    library = ctypes.CDLL(_cmark.__file__)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.cmark_gfm_core_extensions_ensure_registered()
    return library


_lib: Final = _load()
_free: Final = _lib.cmark_get_default_mem_allocator().contents.free
_EXTENSIONS: Final = tuple(_lib.cmark_find_syntax_extension(name) for name in (b"autolink", b"strikethrough"))

# UNSAFE: destinations come out as typed, so that the door can name a scheme it refuses. Raw HTML cannot occur
# (see `render`), and what leaves the renderer has passed our own filter and nh3.
_OPTIONS: Final[int] = (
    _cmark.lib.CMARK_OPT_UNSAFE
    | _cmark.lib.CMARK_OPT_HARDBREAKS
    | _cmark.lib.CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE
)

# The extensions switch their special characters on and off in a table that all parsers of a process share,
# and the calls below let go of the GIL: two threads at once would lose each other's links.
_one_at_a_time: Final = threading.Lock()


def to_html(text: str) -> str:
    """The HTML cmark makes of `text`, unsanitised: never send it. UnicodeEncodeError on lone surrogates."""
    data = text.encode()
    with _one_at_a_time:
        parser = _lib.cmark_parser_new(_OPTIONS)
        try:
            for extension in _EXTENSIONS:
                _lib.cmark_parser_attach_syntax_extension(parser, extension)
            _lib.cmark_parser_feed(parser, data, len(data))
            return _rendered(parser)
        finally:
            _lib.cmark_parser_free(parser)


def _rendered(parser: int) -> str:
    root = _lib.cmark_parser_finish(parser)
    try:
        extensions = _lib.cmark_parser_get_syntax_extensions(parser)
        raw = _lib.cmark_render_html(root, _OPTIONS, extensions)
        try:
            html = ctypes.string_at(raw)
        finally:
            _free(raw)
    finally:
        _lib.cmark_node_free(root)
    # "&#xFFFE;" and "&#xFFFF;" come out as bytes that are no UTF-8.
    return html.decode(errors="replace")
