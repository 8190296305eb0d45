"""`rejoinder assist evaluate`: a newsroom's own history, read from a file, on a machine without settings."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from rejoinder.assist.report.reading import Columns, read
from rejoinder.core.errors import InvalidInput
from tests.assist.histories import a_text
from tests.shared import ROOT

BARE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`rejoinder assist ...` in a folder without settings and without a database."""
    return subprocess.run(
        [sys.executable, "-m", "rejoinder", "assist", *words],
        cwd=folder,
        env=BARE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_history_becomes_a_page_and_figures_without_a_server(tmp_path: Path) -> None:
    dice = random.Random(3)
    with (tmp_path / "old.csv").open("w", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["what", "outcome", "time", "author"])
        for place in range(140):
            rejected = dice.random() < 0.4
            moment = f"2026-03-{place // 10 + 1:02}T{place % 10 + 10}:00"
            writer.writerow([a_text(rejected, dice), "bin" if rejected else "keep", moment, f"a{place % 30}"])
    done = command(
        tmp_path, "evaluate", "old.csv", "--text", "what", "--label", "outcome", "--rejected", "bin", "--json"
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["examples"], figures["authors"], figures["timed"]) == (140, 30, True)
    assert figures["auroc"] > 0.9
    page = (tmp_path / "assist-report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2 and page.count("<table>") >= 3
    assert "<script" not in page and "://" not in page
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [], "no data folder is made"


FILES = {
    "lines.jsonl": '{"text": "One", "label": "approved", "time": 20}\n{"text": "Two", "label": true, "time": 10}\n',
    "list.json": '[{"text":"One","label":0,"time":"1970-01-01T00:00:20Z"},{"text":"Two","label":1,"time":10}]',
    "table.csv": "\ufefftext,label,time\nOne,0,20\nTwo,1,10\n,1,30\n",
}


@pytest.mark.parametrize("name", FILES)
def test_history_is_read_from_each_kind_of_file_in_the_order_of_time(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    history = read(tmp_path / name, Columns())
    assert [(example.text.body, example.label) for example in history.examples] == [("Two", 1), ("One", 0)]


def test_record_of_an_author_is_what_came_before_in_the_file_too(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("text,label,author\na,1,x\nb,0,x\nc,0,y\nd,0,x\n")
    history = read(tmp_path / "f.csv", Columns())
    assert [example.text.record for example in history.examples] == [(0, 0), (1, 1), (0, 0), (1, 2)]


WRONG = {
    "body,label\nHello,1\n": "--text",
    "text,label\nHello,perhaps\n": "--rejected",
    "text,label,time\nHello,1,yesterday\n": "yesterday",
    "text,label\n,1\n": "no decision",
    '{"text": "Hello"': "line 1",
    "[1, 2]": "entry 1",
    "[" * 100_000: "not JSON",
    "": "no decision",
}


@pytest.mark.parametrize("content", WRONG, ids=range(len(WRONG)))
def test_file_that_makes_no_sense_is_refused_with_what_to_do(content: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_text(content)
    with pytest.raises(InvalidInput, match=WRONG[content]):
        read(tmp_path / "f", Columns())


def test_file_of_other_bytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"text,label\nGr\xfc\xdfe,1\n")
    with pytest.raises(InvalidInput, match="UTF-8"):
        read(tmp_path / "f", Columns())


WITHOUT = """
import sys
for name in ("numpy", "scipy", "sklearn", "py3langid"):
    sys.modules[name] = None
from rejoinder.project.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("words", [("evaluate", "f.csv"), ("prior",)])
def test_without_the_extra_the_command_says_how_to_add_it(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("text,label\nHello,1\n")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "assist", *words],
        cwd=tmp_path,
        env=BARE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.strip().endswith("pip install 'rejoinder[assist]'")) == (1, True)
