"""Sites and threads at the terminal: shown before it is done, done as shown, and told how to undo it."""

from __future__ import annotations

import pytest

from rejoinder.accounts.models import Site
from rejoinder.discussion.actions import open_thread
from rejoinder.discussion.models import Thread
from rejoinder.project.cli import main
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    # The commands of this process use the database of the test.
    monkeypatch.setattr("rejoinder.project.boot.start_on_database", lambda: None)
    return make.site(key="courier")


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(words)) == code
    out = capsys.readouterr()
    return out.out + out.err


def keys() -> list[str]:
    return sorted(Thread.objects.values_list("key", flat=True))


def test_policies_are_changed_and_shown(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    answer = said(
        capsys, "site", "change", "courier", "--name", "The New Courier", "--guests", "off", "--guest-email",
        "optional", "--add-origin", "https://news.example", "--remove-origin", "https://courier.example",
    )  # fmt: skip
    assert "+ https://news.example" in answer and "- https://courier.example" in answer
    shown = said(capsys, "site", "show", "courier")
    for line in (
        "name\tThe New Courier",
        "guests\toff",
        "guest-email\toptional",
        "origin\thttps://news.example",
    ):
        assert line in shown.splitlines()
    assert "https://courier.example" not in shown


def test_a_secret_is_made_and_shown_once(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    whole = ("--sso-issuer", "https://courier.example", "--sso-audience", "talk")
    answer = said(capsys, "site", "change", "courier", "--sso-secret-new", *whole)
    site.refresh_from_db()
    assert len(site.sso_secret) >= 43
    assert f"Secret: {site.sso_secret}" in answer
    assert site.sso_secret not in said(capsys, "site", "show", "courier")
    said(capsys, "site", "change", "courier", "--sso-secret-none")
    site.refresh_from_db()
    assert site.sso_secret == ""


def test_a_secret_is_read_from_the_input(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    whole = ("--sso-issuer", "https://courier.example", "--sso-audience", "talk")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "32 bytes" in said(capsys, "site", "change", "courier", "--sso-secret-stdin", *whole, code=1)
    secret = "a secret of its own".replace(" ", "-") * 3
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{secret}\n"))
    answer = said(capsys, "site", "change", "courier", "--sso-secret-stdin", *whole)
    site.refresh_from_db()
    assert site.sso_secret == secret
    assert secret not in answer


def test_nothing_is_changed_where_something_is_wrong(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("site", "change", "courier", "--name", "Another", "--remove-origin", "https://none.example")
    assert "does not name" in said(capsys, *words, code=1)
    site.refresh_from_db()
    assert site.name == "The courier paper"


def test_a_preview_changes_nothing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("a", "b"):
        make.comment(make.thread(site, key))
    for words in (
        ("move", "--site", "courier", "a", "c"),
        ("merge", "--site", "courier", "a", "b"),
        ("map", "--site", "courier", "*", "x*"),
    ):
        assert "nothing was changed" in said(capsys, "thread", *words)
        assert keys() == ["a", "b"]


def test_a_move_says_how_to_undo_it_and_that_undoes_it(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    make.comment(make.thread(site, "https://courier.example/a"))
    move = ("thread", "move", "--site", "courier", "--apply")
    answer = said(capsys, *move, "https://courier.example/a/", "https://courier.example/b")
    undo = next(line for line in answer.splitlines() if line.startswith("To undo it: "))
    assert keys() == ["https://courier.example/b"]
    import shlex

    said(capsys, *shlex.split(undo.removeprefix("To undo it: rejoinder ")))
    assert keys() == ["https://courier.example/a"]


def test_a_merge_says_that_there_is_no_way_back(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("a", "b"):
        make.comment(make.thread(site, key))
    answer = said(capsys, "thread", "merge", "--site", "courier", "--apply", "a", "b")
    assert "rejoinder backup" in answer and "b has 2 comments now; a leads there." in answer
    assert keys() == ["b"]


def test_a_pattern_merges_only_where_told_to(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("http://courier.example/a", "https://courier.example/a", "http://courier.example/b"):
        make.comment(make.thread(site, key))
    mapping = ("thread", "map", "--site", "courier", "--apply", "http://*", "https://*")
    assert "1 threads move, 0 are merged, 1 are left" in said(capsys, *mapping)
    assert len(keys()) == 3
    assert "1 are merged" in said(capsys, *mapping, "--merge")
    assert keys() == ["https://courier.example/a", "https://courier.example/b"]


def test_a_new_address_on_an_unnamed_origin_is_pointed_out(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    make.comment(make.thread(site, "https://courier.example/a"))
    mapping = ("thread", "map", "--site", "courier", "https://courier.example/*", "https://news.example/*")
    assert "--add-origin https://news.example" in said(capsys, *mapping)


def test_threads_are_listed_and_given_titles(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    open_thread(site=site, key="a", hint="What the tag said")
    open_thread(site=site, key="b")
    assert "a\t0\t(What the tag said)\t" in said(capsys, "thread", "list", "--site", "courier")
    said(capsys, "thread", "title", "--site", "courier", "a", "The title")
    assert said(capsys, "thread", "list", "--site", "courier", "--match", "a*") == "a\t0\tThe title\t\n"


@pytest.mark.parametrize(
    "words", [("move", "x", "y"), ("merge", "a", "x"), ("read", "x"), ("title", "x", "T")]
)
def test_a_thread_that_is_not_there_is_named(
    site: Site, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    make.thread(site, "a")
    assert "no thread “x”" in said(capsys, "thread", words[0], "--site", "courier", *words[1:], code=1)
