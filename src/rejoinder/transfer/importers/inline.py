"""Runs of text with their emphasis and links to Markdown that a renderer reads the same way.

Only emphasis that CommonMark's rules on flanking (section 6.2) recognise is written; the rest loses its marks
and keeps its text. Of emphasis inside emphasis the outer one stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rejoinder.transfer.importers.markdown import (
    escape,
    escape_inline,
    escape_line_start,
    link_target,
    web_address,
)


@dataclass(frozen=True)
class Run:
    """Text of one look. `mark` is "*", "**", "~~" or "", `href` an absolute address or ""."""

    text: str
    mark: str = ""
    href: str = ""
    code: bool = False

    @property
    def is_plain(self) -> bool:
        return not (self.mark or self.href or self.code)


def line(runs: Sequence[Run]) -> str:
    """One line of Markdown, escaped, without edges."""
    runs = _merge(runs)
    kept = _merge([_keep_mark(runs, at) for at in range(len(runs))])
    out: list[str] = []
    for at, run in enumerate(kept):
        if run.href and not run.code and out and out[-1].endswith("!"):
            out[-1] = out[-1][:-1] + "\\!"
        out.append(_render(run, _start(kept[at + 1]) if at + 1 < len(kept) else ""))
    return escape_line_start(re.sub(r" {2,}", " ", "".join(out)).strip())


def _merge(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of the same look become one, so that no escape is missed at a seam."""
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return merged


def _keep_mark(runs: Sequence[Run], at: int) -> Run:
    """The run, without its mark where the characters around it would not let the mark be read."""
    run = runs[at]
    core = run.text.strip()
    if not run.mark:
        return run
    words = core.split()
    # A bare address takes the closing mark into itself.
    if not words or (not run.href and ("://" in words[0] or "://" in words[-1])):
        return replace(run, mark="")
    before = " " if run.text[0].isspace() or at == 0 else _edge(runs[at - 1], -1)
    after = " " if run.text[-1].isspace() or at == len(runs) - 1 else _edge(runs[at + 1], 0)
    first, last = ("[", ")") if run.href else (core[0], core[-1])
    return run if _may_stand(first, before) and _may_stand(last, after) else replace(run, mark="")


def _edge(run: Run, side: int) -> str:
    return run.text[side] if run.is_plain and run.text else "*"


def _may_stand(inner: str, outer: str) -> bool:
    """Whether a mark between these two characters is read as one: never next to other markup, and beside
    punctuation inside only where there is white space or punctuation outside."""
    if outer in "*~`<":
        return False
    return outer.isspace() or unicodedata.category(outer)[0] == "P" or inner.isalnum()


def _start(run: Run) -> str:
    """The first characters of what a run is written as; "[" stands for any markup."""
    return run.text[:2] if run.is_plain or run.text[:1].isspace() else "["


def _render(run: Run, after: str) -> str:
    core = run.text.strip()
    if not core or run.is_plain:
        return escape_inline(run.text, after)
    lead = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :]
    return f"{lead}{run.mark}{_inner(core, run, run.mark or tail or after)}{run.mark}{tail}"


def _inner(text: str, run: Run, after: str) -> str:
    if run.code:
        return _code(text)
    if not run.href:
        return escape_inline(text, after)
    if text == run.href or "://" + text == run.href[run.href.find("://") :]:
        return web_address(run.href, after) or escape_inline(text, after)
    return f"[{escape(text)}]({link_target(run.href)})"


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
