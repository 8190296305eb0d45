"""Tokens of programs: what each scope allows, and that one that was ended is refused at once."""

from __future__ import annotations

from typing import Any

import pytest

from rejoinder.api.actions import add_token
from rejoinder.api.models import ApiToken
from rejoinder.core.errors import InvalidInput
from rejoinder.discussion.models import Comment
from rejoinder.project.cli import main
from tests import factories as make
from tests.api.asking import Asker

pytestmark = pytest.mark.django_db


def _asker(*scopes: str, site: Any) -> Asker:
    return Asker(bearer=add_token(site=site, name="The weather desk", scopes=scopes)[1])


def test_program_writes_under_its_own_name_whatever_it_says() -> None:
    site = make.site(guests=False)
    thread = make.thread(site)
    answer = _asker("write", site=site).post_comment(site, key=thread.key, name="Somebody else")
    assert answer.status_code == 201, answer.content
    stored = Comment.objects.get(thread=thread)
    assert stored.author_name == "The weather desk"
    assert answer.json()["session"] is None
    assert not answer.cookies


def test_each_scope_allows_its_own_and_nothing_else() -> None:
    site = make.site()
    comment = make.comment(make.thread(site))
    one, key = f"/comments/{comment.public_id}", comment.thread.key
    asked: dict[str, tuple[str, str, Any]] = {
        "read": ("GET", f"/sites/{site.key}/mine?key={key}", None),
        "write": ("POST", f"/sites/{site.key}/comments", {"key": key, "body": "Words."}),
        "flag": ("POST", f"{one}/flags", {"reason": "spam"}),
    }
    for scope in asked:
        asker = _asker(scope, site=site)
        for wanted, (method, path, body) in asked.items():
            answer = asker.send(method, path, body)
            assert (answer.status_code < 300) == (wanted == scope), (scope, wanted)
            if wanted != scope:
                assert (answer.status_code, answer.json()["code"]) == (403, "scope")


def test_programs_do_not_vote() -> None:
    comment = make.comment(make.thread())
    asker = _asker("read", "write", "flag", site=comment.thread.site)
    answer = asker.send("PUT", f"/comments/{comment.public_id}/vote", {"value": 1})
    assert (answer.status_code, answer.json()["code"]) == (403, "program")
    assert make.again(comment).ups == 0


def test_program_changes_its_own_comments_and_no_others() -> None:
    site = make.site()
    thread = make.thread(site)
    asker = _asker("write", site=site)
    own = asker.post_comment(site, key=thread.key).json()["comment"]["id"]
    assert asker.send("PATCH", f"/comments/{own}", {"body": "New."}).status_code == 200
    others = make.comment(thread).public_id
    assert asker.send("PATCH", f"/comments/{others}", {"body": "New."}).status_code == 404


def test_token_of_another_site_is_refused() -> None:
    site, other = make.site(), make.site()
    comment = make.comment(make.thread(other))
    asker = _asker("read", "write", "flag", site=site)
    answer = asker.post_comment(other, key=comment.thread.key)
    assert (answer.status_code, answer.json()["code"]) == (401, "token")
    assert asker.send("DELETE", f"/comments/{comment.public_id}").status_code == 404


def test_ended_token_is_refused_from_the_next_request_on() -> None:
    site = make.site()
    thread = make.thread(site)
    row, token = add_token(site=site, name="Desk", scopes=["write"])
    assert Asker(bearer=token).post_comment(site, key=thread.key).status_code == 201
    row.refresh_from_db()
    assert row.used is not None
    row.end()
    assert Asker(bearer=token).post_comment(site, key=thread.key).status_code == 401


def test_token_itself_is_kept_nowhere() -> None:
    row, token = add_token(site=make.site(), name="Desk", scopes=["read"])
    assert token.startswith("rjt_")
    assert len(token) > 40
    assert token not in str(ApiToken.objects.filter(pk=row.pk).values())


@pytest.mark.parametrize("scopes", [[], ["read", "everything"], ["moderate"]])
def test_unknown_scope_is_refused(scopes: list[str]) -> None:
    with pytest.raises(InvalidInput):
        add_token(site=make.site(), name="Desk", scopes=scopes)


def test_limits_of_programs_count_for_themselves_wherever_they_run() -> None:
    site = make.site()
    thread = make.thread(site)
    first, second = _asker("write", site=site), _asker("write", site=site)
    left = [one.post_comment(site, key=thread.key)["RateLimit-Remaining"] for one in (first, first, second)]
    assert left == ["29", "28", "29"]


def test_command_makes_lists_and_ends_tokens(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.project.boot.start_on_database", lambda: None)
    site = make.site()
    assert main(["token", "add", "The weather desk", "--site", site.key, "--scope", "write"]) == 0
    token = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("rjt_"))
    assert Asker(bearer=token).post_comment(site, key=make.thread(site).key).status_code == 201
    capsys.readouterr()
    assert main(["token", "list", "--site", site.key]) == 0
    line = capsys.readouterr().out.split("\t")
    assert line[1:4] == [site.key, "The weather desk", "write"]
    assert main(["token", "end", line[0]]) == 0
    assert main(["token", "end", "999999999"]) == 1
    assert Asker(bearer=token).post_comment(site, key=make.thread(site).key).status_code == 401
