"""The command line: said once, in words of the product, with the right exit code."""

from __future__ import annotations

import json
import subprocess

import pytest

from rejoinder.project.cli import main
from rejoinder.project.commands import COMMANDS
from tests.ops.installations import COMMAND, Installation, go_back
from tests.ports import free_port


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"rejoinder {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["serve", "--port", "0"], ["serve", "--workers", "0"], ["site"]]
)
def test_wrong_usage_has_its_own_exit_code(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err


def test_help_does_not_wait_for_django() -> None:
    import sys

    code = "import sys; from rejoinder.project.cli import main; main(['--help']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.mark.django_db
def test_site_and_staff_are_added_and_listed(installation: Installation) -> None:
    said = installation.done(
        "staff", "add", "ada@example.org", "--site", "demo", "--role", "owner", "--name", "Ada"
    )
    password = next(line for line in said.splitlines() if line.startswith("Password: "))
    assert len(password) > 20
    again = installation.done("staff", "add", "ada@example.org", "--site", "demo", "--role", "editor")
    assert "Password" not in again
    assert installation.done("staff", "list", "--site", "demo") == "demo\teditor\tAda\tada@example.org\n"
    assert installation.done("site", "list") == "demo\tDemo\thttps://www.example.org\n"


@pytest.mark.django_db
def test_first_command_of_a_new_installation_makes_the_database(empty: Installation) -> None:
    added = empty.done(
        "site", "add", "courier", "--name", "The Courier", "--origin", "https://courier.example"
    )
    assert "Added the site courier" in added
    assert '<rejoinder-thread site="courier"></rejoinder-thread>' in added, "ready to be put into a page"
    assert "owner of courier" in empty.done(
        "staff", "add", "ada@example.org", "--site", "courier", "--role", "owner"
    )


@pytest.mark.django_db
def test_commands_leave_a_database_of_an_older_version_alone(installation: Installation) -> None:
    """A server of that version may be running on it; and an update begins with a backup."""
    installation.call(go_back, "rejoinder_moderation")
    assert "Run rejoinder migrate" in installation.refused("site", "list")
    installation.done("migrate")
    assert installation.done("site", "list")


@pytest.mark.django_db
def test_given_password_is_taken_when_it_is_good(installation: Installation) -> None:
    add = ["staff", "add", "ada@example.org", "--site", "demo", "--role", "owner", "--password-stdin"]
    assert installation.run(*add, given="short\n").returncode == 1
    assert "Password" not in installation.done(*add, given="a long one nobody guesses\n")


@pytest.mark.django_db
def test_mistakes_are_told_in_one_line(installation: Installation) -> None:
    assert "there are: demo" in installation.refused("export", "--site", "dome", "--format", "jsonl")
    assert "already" in installation.refused("site", "add", "demo", "--name", "Demo")
    assert "not an origin" in installation.refused(
        "site", "add", "b", "--name", "B", "--origin", "example.org"
    )
    assert "no thread" in installation.refused(
        "export", "--site", "demo", "--thread", "x", "--format", "jsonl"
    )
    assert "/absent/x" in installation.refused(
        "export", "--site", "demo", "--format", "jsonl", "-o", "/absent/x"
    )
    assert "there" in installation.refused("import", "page", "absent.txt", "--site", "demo")


@pytest.mark.django_db
def test_export_into_a_closed_pipe_fails_quietly(filled: Installation) -> None:
    words = [*COMMAND, "export", "--site", "demo", "--format", "jsonl"]
    with subprocess.Popen(
        words, env=filled.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(60) == 1
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.django_db
def test_export_to_a_file_is_whole_or_absent(filled: Installation) -> None:
    filled.done("export", "--site", "demo", "--format", "jsonl", "-o", "all.jsonl")
    assert len((filled.folder / "all.jsonl").read_text().splitlines()) == 121
    assert not list(filled.folder.glob("*.part")) + list(filled.folder.glob(".*.part"))


@pytest.mark.django_db
def test_doctor_finds_nothing_wrong_and_says_so(filled: Installation) -> None:
    filled.more = {"REJOINDER_URL": "https://talk.example.org"}
    findings = json.loads(filled.done("doctor", "--json"))
    # The servers of a test run forget in a power cut; doctor is right to mention it.
    states = {finding["name"]: finding["state"] for finding in findings if finding["name"] != "durability"}
    assert set(states.values()) == {"ok"}
    assert {"migrations", "counters", "jobs", "disk", "secret key"} <= set(states)


@pytest.mark.django_db
def test_doctor_tells_of_a_database_that_is_away(installation: Installation) -> None:
    installation.database = f"postgresql://ada:hidden@127.0.0.1:{free_port()}/x"
    ended = installation.run("doctor")
    assert ended.returncode == 1
    assert "failure   database: The database cannot be reached" in ended.stdout
    assert "hidden" not in ended.stdout + ended.stderr


@pytest.mark.django_db
@pytest.mark.long
def test_demo_is_there_after_one_command_and_again_after_the_second(empty: Installation) -> None:
    port = str(free_port())
    once = empty.done("demo", "--no-serve", "--port", port, "--folder", "shown")
    assert "A story with 2,000 comments" in once
    assert empty.done("demo", "--no-serve", "--port", port, "--folder", "shown") == once
    assert not empty.file.exists()  # the data of the server configured here is not touched
