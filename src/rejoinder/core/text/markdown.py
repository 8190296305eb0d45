"""The door to cmark-gfm, the C parser behind our renderer: text in, its raw HTML out, nothing kept.

cmarkgfm's own functions never free the tree nor the string they return (41 kB stay behind for each kB of
text, measured with cmarkgfm 2025.10), which a server that runs for months cannot afford. So we call the same
compiled library through its C interface (github/cmark-gfm, src/cmark-gfm.h) and free both.
"""

from __future__ import annotations

import threading
from typing import Any, Final

import cffi  # type: ignore[import-untyped]
from cmarkgfm import _cmark

_DECLARATIONS: Final = """
typedef struct cmark_node cmark_node;
typedef struct cmark_parser cmark_parser;
typedef struct cmark_llist cmark_llist;
typedef struct cmark_syntax_extension cmark_syntax_extension;
typedef struct cmark_mem {
  void *(*calloc)(size_t, size_t);
  void *(*realloc)(void *, size_t);
  void (*free)(void *);
} cmark_mem;
cmark_mem *cmark_get_default_mem_allocator(void);
void cmark_gfm_core_extensions_ensure_registered(void);
cmark_syntax_extension *cmark_find_syntax_extension(const char *name);
cmark_parser *cmark_parser_new(int options);
int cmark_parser_attach_syntax_extension(cmark_parser *parser, cmark_syntax_extension *extension);
void cmark_parser_feed(cmark_parser *parser, const char *buffer, size_t len);
cmark_node *cmark_parser_finish(cmark_parser *parser);
cmark_llist *cmark_parser_get_syntax_extensions(cmark_parser *parser);
char *cmark_render_html(cmark_node *root, int options, cmark_llist *extensions);
void cmark_node_free(cmark_node *node);
void cmark_parser_free(cmark_parser *parser);
"""

_ffi: Final[Any] = cffi.FFI()
_ffi.cdef(_DECLARATIONS)
_lib: Final[Any] = _ffi.dlopen(_cmark.__file__)
_lib.cmark_gfm_core_extensions_ensure_registered()
_free: Final[Any] = _lib.cmark_get_default_mem_allocator().free
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


def _rendered(parser: Any) -> str:
    root = _lib.cmark_parser_finish(parser)
    try:
        extensions = _lib.cmark_parser_get_syntax_extensions(parser)
        raw = _lib.cmark_render_html(root, _OPTIONS, extensions)
        try:
            html: bytes = _ffi.string(raw)
        finally:
            _free(raw)
    finally:
        _lib.cmark_node_free(root)
    # "&#xFFFE;" and "&#xFFFF;" come out as bytes that are no UTF-8.
    return html.decode(errors="replace")
