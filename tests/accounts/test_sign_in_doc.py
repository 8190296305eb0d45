"""The examples of docs/sign-in.md make tokens that are taken, where their language is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rejoinder.accounts import sso
from tests.accounts.tokens import SECRET, courier

pytestmark = pytest.mark.django_db
DOC = Path(__file__).parents[2] / "docs" / "sign-in.md"
# How a text of each language is run, and how its file ends.
RUN = {
    "php": (shutil.which("php"), ".php"),
    "python": (sys.executable, ".py"),
    "node": (shutil.which("node"), ".cjs"),
}


def example(language: str) -> str:
    found = re.search(rf"<!-- {language} -->\n```\w+\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"no example in {language}"
    return found[1]


@pytest.mark.parametrize("language", RUN)
def test_example_makes_a_token_that_is_taken(language: str, tmp_path: Path) -> None:
    runtime, ending = RUN[language]
    if runtime is None:
        pytest.skip(f"there is no {language} on this machine")
    file = tmp_path / f"example{ending}"
    file.write_text(example(language), encoding="utf-8")
    environ = {"PATH": os.environ["PATH"], "REJOINDER_SSO_SECRET": SECRET}
    made = subprocess.run(
        [runtime, str(file)], env=environ, capture_output=True, text=True, timeout=60, check=True
    )
    said = sso.verify(site=courier(), token=made.stdout.strip())
    assert (said.subject, said.name) == ("4711", "Ines Varga")


def test_every_code_that_a_token_is_refused_with_is_explained() -> None:
    text = DOC.read_text(encoding="utf-8")
    sources = (Path(__file__).parents[2] / "src/rejoinder/accounts").rglob("s*/*.py")
    codes = {
        code for file in sources for code in re.findall(r'code="([a-z-]+)"', file.read_text(encoding="utf-8"))
    }
    meant_for_developers = {code for code in codes if code.startswith(("token", "keys", "sso"))}
    assert meant_for_developers >= {"token-used", "token-clock", "sso-off"}
    assert all(f"| `{code}` |" in text for code in meant_for_developers)
