"""The examples of the documentation do what they say, typed as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import Any

import pytest

from rejoinder.api.actions import add_token
from rejoinder.discussion.models import Comment
from tests import factories as make
from tests.shared import ROOT

EXAMPLES = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="curl or bash is not there")
def test_examples_of_the_page_about_the_api_run_as_they_stand(live_server: Any) -> None:
    site = make.site()
    origin = f"https://{site.key}.example"
    examples = EXAMPLES.findall((ROOT / "docs/reference/api.md").read_text(encoding="utf-8"))
    assert len(examples) >= 5
    done = subprocess.run(
        ["bash", "-euo", "pipefail"],
        input="\n".join(examples),
        env={
            "PATH": os.environ["PATH"],
            "SERVER": live_server.url,
            "SITE": site.key,
            "ORIGIN": origin,
            "PAGE": f"{origin}/story",
            "SENDER": add_token(site=site, name="Our pages", scopes=["source"])[1],
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    comment = Comment.objects.get(thread__site=site)
    assert (comment.state, comment.edits.count()) == ("deleted", 0)
    assert '"body":"A second thought."' in done.stdout
    assert done.stdout.count('"unplaced":[]') == 1 and '"name":"Harbour office"' in done.stdout
