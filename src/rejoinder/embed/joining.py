"""Modules of the discussion's scripts as one file, for pages of other sites.

Our own pages load each behaviour as a file of its own; a foreign page waits for another server, so there it is few
files. A module becomes a function that returns what it exports; nothing else is changed, so what is served can be
read. The modules keep to what is understood here: imports on one line at the top, and names after `export`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import rejoinder
from rejoinder.core.scripts import without_comments

_SOURCE = Path(rejoinder.__file__).parent
# The file that holds what a module brings later, by `(await import("./name.js"))`.
LATER = "write"
FOLDERS = (_SOURCE / "embed/js", _SOURCE / "discussion/static/rejoinder/js")

_IMPORT = re.compile(r'^import (?:\{ ([^}]*) \}|\* as (\w+)) from "\./([\w-]+)\.js";\n', re.MULTILINE)
_LATER = re.compile(r'\(await import\("\./([\w-]+)\.js"\)\)')
_EXPORT = re.compile(r"^export ((?:async )?function|class|const|let) (\w+)", re.MULTILINE)
_TYPE = re.compile(r"/\*\* ?@(?:type|param|returns).*?\*/ ?")
# Behind code, where nothing after it could be the end of a text that it stands in.
_BEHIND = re.compile(r"(?<=[;,{]) // [^\n\"`]*$", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# A form or picture of the page with name=createElement stands before the document's own: ask the prototype. The file
# may also run as a worker, for the proof of work; there is no document there.
_GROUND = """\
const document = globalThis.document && new Proxy(globalThis.document, { __proto__: null, get(page, name) {
const found = Reflect.get(Document.prototype, name, page);
return typeof found === "function" ? found.bind(page) : found;
} });
"""


@dataclass(frozen=True, slots=True)
class Module:
    """One file: what it needs (by name, in order), what it gives, and its text without either."""

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    text: str


def plain(text: str) -> str:
    """A script without comments, types and indents. Texts between backticks are of one line each here, so a backtick in
    a comment begins none."""
    text = without_comments(without_comments(text, lines=False), lines=True)
    text = _BEHIND.sub("", _TYPE.sub("", text))
    return _INDENT.sub("", text).replace("\n\n", "\n")


def _place(name: str) -> str:
    """What a module is called in a joined file."""
    return "$" + name.replace("-", "_")


def _taken(found: re.Match[str]) -> str:
    names, whole, module = found.groups()
    wanted = whole or "{ " + names.replace(" as ", ": ") + " }"
    return f"const {wanted} = {_place(module)};\n"


def _taken_later(found: re.Match[str]) -> str:
    return f'(await import("./{LATER}.js")).{_place(found[1])}'


def parse(name: str, text: str) -> Module:
    """A module from its text. Raises ValueError where it says something that is not understood here."""
    text = plain(text)
    needs = [found[3] for found in _IMPORT.finditer(text)]
    gives = [found[2] for found in _EXPORT.finditer(text)]
    text = _EXPORT.sub(r"\1 \2", _LATER.sub(_taken_later, _IMPORT.sub(_taken, text)))
    if re.search(r"^(import|export)\b", text, re.MULTILINE) or "`\n" in text:
        raise ValueError(f"{name}.js: an import, export or text over several lines that cannot be joined")
    return Module(name, tuple(dict.fromkeys(needs)), tuple(gives), text)


def module(name: str) -> Module:
    path = next(path for folder in FOLDERS if (path := folder / f"{name}.js").is_file())
    return parse(name, path.read_text(encoding="utf-8"))


def needed(*entries: str) -> list[str]:
    """The names of all modules that these need, each after those that it needs itself."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{' > '.join([*above, name])}: the modules go in a circle")
        if name not in found:
            for other in module(name).needs:
                visit(other, (*above, name))
            found.append(name)

    for entry in entries:
        visit(entry, ())
    return found


def join(*entries: str, beside: tuple[str, Sequence[str]] = ("", ())) -> str:
    """Modules and all that they need as one file; without what the file `beside` (its name, its entries) holds, which
    is imported."""
    file, there = beside[0], needed(*beside[1])
    names = [name for name in needed(*entries) if name not in there]
    used = {other for name in names for other in module(name).needs} & set(there)
    parts = [_GROUND, *(_wrapped(module(name)) for name in names)]
    if used:
        parts.insert(0, f'import {{ {", ".join(map(_place, sorted(used)))} }} from "./{file}.js";\n')
    return "".join([*parts, _given(names)])


def _wrapped(one: Module) -> str:
    return f"const {_place(one.name)} = (() => {{\n{one.text}return {{ {', '.join(one.gives)} }};\n}})();\n"


def _given(names: Sequence[str]) -> str:
    return f"export {{ {', '.join(map(_place, names))} }};\n"
