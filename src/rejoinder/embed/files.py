"""The files that a foreign page loads: made once a process, compressed once, addressed by what is in them.

`/embed.js` is asked for again after minutes and names the folder of the others, which are kept for a year.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

import rejoinder
from rejoinder.core.scripts import without_comments
from rejoinder.discussion.delivery.body import COMPRESS, choose
from rejoinder.embed.joining import join, plain

SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_SOURCE = Path(rejoinder.__file__).parent
_HERE = _SOURCE / "embed"
# In the order in which they stand on our own pages; the embed's own last.
STYLES = (
    "core/static/rejoinder/css/tokens.css",
    "core/static/rejoinder/css/form.css",
    *(
        f"discussion/static/rejoinder/css/{name}.css"
        for name in ("discussion", "comment", "compose", "actions")
    ),
    "embed/css/embed.css",
)
# Of passages, beside those: notes, what a text rests on, accounts of one matter.
MARKS = ("sourcing/static/rejoinder/css/passages.css", "embed/css/passages.css")


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    kind: str
    content: bytes
    packed: dict[str, bytes] = field(default_factory=dict)

    def encoded(self, accepted: str) -> tuple[str, bytes]:
        """The encoding for an Accept-Encoding, and the bytes in it."""
        encoding = choose(accepted.encode("latin-1", "replace"))
        if encoding not in self.packed:
            # Kept for a year by whoever has it: the smallest there is.
            best = encoding == "br"
            packed = brotli.compress(self.content, quality=11) if best else COMPRESS[encoding](self.content)
            self.packed[encoding] = packed
        return encoding, self.packed[encoding]

    @property
    def tag(self) -> str:
        return f'W/"{hashlib.blake2b(self.content, digest_size=8).hexdigest()}"'


@dataclass(frozen=True, slots=True)
class Files:
    """All of one version. `loader` is /embed.js; the others lie in the folder that `version` names."""

    version: str
    loader: File
    others: dict[str, File]


def files() -> Files:
    """The present files; while debugging as they are on the disk now."""
    return _make() if settings.DEBUG else _made()


@cache
def _made() -> Files:
    return _make()


def _make() -> Files:
    others = {
        "read.js": File(SCRIPT, join("thread").encode()),
        # With what marks new comments for who comes back: it is not needed on a first visit either.
        "write.js": File(SCRIPT, join("write", "new", beside=("read", ["thread"])).encode()),
        # For pages that ask for marks in their text; the rest of it is in read.js.
        "passages.js": File(SCRIPT, join("passages", beside=("read", ["thread"])).encode()),
        "outer.js": File(SCRIPT, join("outer").encode()),
        **{f"{name}.js": File(SCRIPT, _script(name).encode()) for name in ("count", "frame")},
        "embed.css": File(STYLE, _styles(*STYLES).encode()),
        "passages.css": File(STYLE, _styles(*MARKS).encode()),
        "frame.css": File(STYLE, (_HERE / "css/frame.css").read_bytes()),
    }
    digest = hashlib.blake2b(digest_size=6)
    for name, file in sorted(others.items()):
        digest.update(name.encode() + file.content)
    version = digest.hexdigest()
    loader = _script("embed").replace("VERSION", version).replace("{/* SENTENCES */}", _sentences())
    return Files(version, File(SCRIPT, loader.encode()), others)


def _script(name: str) -> str:
    return plain((_HERE / f"js/{name}.js").read_text(encoding="utf-8"))


def _sentences() -> str:
    """What is said where the server cannot be reached, by language."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = [_("Discussion"), _("The discussion could not be loaded."), _("Try again")]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


_LENGTH = re.compile(r"(?<![\w.])(-?\d*\.?\d+)rem\b")


# Of search, decisions and the margin of a story, which stand on our own pages alone; one rule a line.
_OURS_ALONE = re.compile(
    r"^ *\.(found|search|site-rule|state-|with-notes|rows-|passage|ref |story-body)[^{}\n]*\{[^{}\n]*\}\n",
    re.MULTILINE,
)


def _styles(*names: str) -> str:
    """Style sheets of ours for a shadow tree: what they set on the page is set on the element.

    A rem is the page's, and some pages say that it is 10 px: lengths count in one of the discussion's own.
    """
    text = "".join((_SOURCE / name).read_text(encoding="utf-8") for name in names)
    text = _OURS_ALONE.sub("", without_comments(text, lines=False)).replace(":root", ":host")
    lines = [
        line if "@media" in line else _LENGTH.sub(r"calc(\1*var(--rem))", line) for line in text.splitlines()
    ]
    text = re.sub(r"\s*([{};,])\s*", r"\1", "\n".join(lines))
    return re.sub(r"(?<=[\w-]): +", ":", text).replace(";}", "}")
