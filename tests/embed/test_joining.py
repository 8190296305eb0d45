"""Modules joined to one file: what is understood, and what is refused before anybody loads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from rejoinder.embed import joining
from rejoinder.embed.joining import join, needed, parse

MODULES = {
    "base.js": "/** Says. */\nexport const say = (/** @type {string} */ word) => `said ${word}`;\n"
    "export let count = 1;\n",
    "middle.js": 'import { say as tell } from "./base.js";\n'
    'export function twice() {\n  // Two.\n  return tell("a") + tell("b");\n}\n',
    "top.js": 'import * as middle from "./middle.js";\n\nexport async function run() {\n  return middle.twice();\n}\n',
    "late.js": 'export async function go() {\n  return (await import("./top.js")).run();\n}\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in MODULES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(joining, "FOLDERS", (tmp_path,))
    return tmp_path


def test_a_module_stands_after_what_it_needs(folder: Path) -> None:
    assert needed("top") == ["base", "middle", "top"]


def test_what_another_file_holds_is_imported_from_it(folder: Path) -> None:
    joined = join("top", beside=("read", ["base"]))
    assert 'import { $base } from "./read.js";' in joined
    assert "const $base" not in joined


def test_what_comes_later_comes_from_the_file_that_holds_it(folder: Path) -> None:
    assert '(await import("./write.js")).$top.run()' in join("late")


def test_comments_and_types_stay_here(folder: Path) -> None:
    joined = join("top")
    assert "Says" not in joined and "Two" not in joined and "@type" not in joined


def test_a_joined_file_does_what_its_modules_do(folder: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node on this machine")
    # The ground is a browser's.
    (folder / "joined.mjs").write_text(join("top").replace(joining._GROUND, ""))
    script = 'import("./joined.mjs").then(async ({ $top }) => console.log(await $top.run()))'
    ran = subprocess.run([node, "-e", script], cwd=folder, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "said asaid b"


def test_modules_in_a_circle_are_refused(folder: Path) -> None:
    (folder / "base.js").write_text('import { run } from "./top.js";\nexport const say = run;\n')
    with pytest.raises(ValueError, match="circle"):
        needed("top")


@pytest.mark.parametrize(
    "text",
    [
        'import x from "./base.js";\n',
        'import {\n  say,\n} from "./base.js";\n',
        "export default 1;\n",
        "export { a };\n",
        "const text = `first\nsecond`\n",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be joined"):
        parse("odd", text + "const rest = 1;\n")


def test_comment_behind_code_stays_here_and_a_text_that_looks_like_one_does_not() -> None:
    given = 'const a = 1; // one\nconst b = "x; // y";\nconst c = `x; // ${a}`;\n'
    assert joining.plain(given) == 'const a = 1;\nconst b = "x; // y";\nconst c = `x; // ${a}`;\n'
