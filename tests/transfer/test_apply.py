"""An imported page becomes a story and its thread: all of it, once."""

from __future__ import annotations

import pytest

from rejoinder.accounts.models import Site
from rejoinder.core.errors import RejoinderError
from rejoinder.discussion.models import Comment, Thread
from rejoinder.discussion.queries import find_drift
from rejoinder.discussion.windows import build
from rejoinder.discussion.windows.shape import Shown
from rejoinder.newsroom.founding import ensure_newsroom
from rejoinder.transfer.apply import import_page
from rejoinder.transfer.models import Import
from rejoinder.transfer.report import ImportReport
from tests import factories
from tests.shared import shared_path

pytestmark = pytest.mark.django_db

PAGE = """Ferry late again

The morning ferry left forty minutes late on Monday, according to the harbour office.

The crew says it was an hour.

  • Marit Oske

    It was an hour. I have the ticket.

    • pier_nine

      Tickets show the time they were *sold*.

      • Marit Oske

        Sold on board!

    • Jon

      Who cares

  • Old Tide

    Forty minutes is what they always say.
"""


@pytest.fixture
def courier() -> Site:
    site = factories.site()
    ensure_newsroom(site=site, hostname="localhost", port=8000)
    return site


def bring(site: Site, text: str = PAGE, **how: bool) -> ImportReport:
    return import_page(site=site, data=text.encode(), name="ferry.txt", **how)


def outline(shown: list[Shown]) -> list[object]:
    return [(one.name, outline(one.replies)) for one in shown]


def test_page_becomes_a_story_and_a_thread_with_its_tree(courier: Site) -> None:
    report = bring(courier, publish=True)
    assert (report.paragraphs, report.comments, report.people, report.roots, report.levels) == (2, 5, 4, 2, 3)
    assert (report.added, report.already_there, report.story, report.published) == (5, 0, "made", True)
    thread = Thread.objects.get(site=courier, key=report.thread)
    assert outline(build.first(courier, thread, "best").roots) == [
        ("Marit Oske", [("pier_nine", [("Marit Oske", [])]), ("Jon", [])]),
        ("Old Tide", []),
    ]
    assert find_drift() == []


def test_unknown_dates_stay_unknown_and_are_shown_so(courier: Site) -> None:
    report = bring(courier, publish=True)
    assert not Comment.objects.exclude(created=None).exists()
    page = factories.Browser().get(f"/threads/{courier.key}/", {"key": report.thread})
    assert page.content.decode().count("date unknown") == 5


def test_same_file_twice_adds_nothing(courier: Site) -> None:
    first, second = bring(courier), bring(courier)
    assert (second.added, second.already_there, second.story) == (0, 5, "found")
    assert first.thread == second.thread
    assert (Comment.objects.count(), Thread.objects.count(), Import.objects.count()) == (5, 1, 1)


def test_grown_file_adds_what_is_new_in_its_place(courier: Site) -> None:
    bring(courier)
    grown = PAGE.replace("    • Jon\n", "    • Newcomer\n\n      I rowed.\n\n    • Jon\n")
    assert bring(courier, grown).added == 1
    added = Comment.objects.get(author_name="Newcomer")
    assert added.parent is not None
    assert added.parent.author_name == "Marit Oske"
    assert find_drift() == []


def test_dry_run_changes_nothing_and_says_what_would_be(courier: Site) -> None:
    report = bring(courier, dry_run=True)
    assert (report.comments, report.added, report.dry_run) == (5, 5, True)
    assert not Comment.objects.exists()
    assert not Thread.objects.exists()
    assert not Import.objects.exists()


def test_what_staff_removed_stays_removed_after_a_second_import(courier: Site) -> None:
    bring(courier)
    rude = Comment.objects.get(author_name="Jon")
    factories.decide(rude, "remove")
    bring(courier)
    assert Comment.objects.get(pk=rude.pk).state == Comment.State.REMOVED
    assert find_drift() == []


def test_one_person_of_the_page_is_one_commenter(courier: Site) -> None:
    bring(courier)
    assert Comment.objects.filter(author_name="Marit Oske").values("author").distinct().count() == 1


def test_long_name_and_long_text_are_kept_and_told(courier: Site) -> None:
    name, words = "Baron " * 15, "word " * 2500
    report = bring(courier, PAGE.replace("Old Tide", name.strip()).replace("Forty minutes is", words.strip()))
    assert len(report.adjusted) == 2
    kept = Comment.objects.get(author_name__startswith="Baron")
    assert len(kept.author_name) <= 60
    assert len(kept.body) > 10_000


def test_without_a_newsroom_the_thread_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.transfer.ports._writer", None)
    report = bring(factories.site())
    assert (report.story, report.added) == ("", 5)
    assert Thread.objects.get(key=report.thread).title == "Ferry late again"


def test_deep_tree_is_planted_whole(courier: Site) -> None:
    lines = ["Title", "", "A paragraph of the article, long enough to be one.", ""]
    for depth in range(120):
        lines += [" " * (2 * depth) + f"• Person {depth}", "", " " * (2 * depth + 2) + f"Words {depth}.", ""]
    assert bring(courier, "\n".join(lines)).added == 120
    assert Comment.objects.order_by("-depth").values_list("depth", flat=True)[0] == 119
    assert find_drift() == []


@pytest.mark.parametrize(
    "data", [b"", b"   \n\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"caf\xe9 au lait\n\nText.", b"PK\x03\x04\x00"]
)
def test_unreadable_file_is_refused_with_a_sentence_and_changes_nothing(courier: Site, data: bytes) -> None:
    with pytest.raises(RejoinderError) as refusal:
        import_page(site=courier, data=data, name="x")
    assert len(str(refusal.value)) > 20
    assert not Thread.objects.exists()


def test_seed_page_is_imported_whole_and_continued(courier: Site) -> None:
    data = shared_path("seeds/000_91a3c802be1beb7a.txt").read_bytes()
    report = import_page(site=courier, data=data, name="seed.txt", publish=True)
    found = (report.comments, report.people, report.roots, report.levels, report.unplaced)
    assert found == (24, 13, 4, 5, [])
    thread = Thread.objects.get(site=courier, key=report.thread)
    window = build.first(courier, thread, "best")
    assert (window.size, window.more) == (24, None)
    last = Comment.objects.get(thread=thread, author_name="Daniel Castro", depth=3)
    assert factories.Browser().write(thread, "Then let us try again.", parent=last).status_code == 201
    assert import_page(site=courier, data=data, name="seed.txt").added == 0
    assert Thread.objects.get(pk=thread.pk).comment_count == 25
    assert find_drift() == []


def test_report_says_what_became_of_the_story(courier: Site) -> None:
    def said(*, publish: bool = False) -> str:
        return "\n".join(bring(courier, publish=publish).lines())

    assert "The story was made, as a draft, at http://localhost:8000/stories/" in said()
    assert "The story was there already, as a draft, at" in said()
    assert "The story was there already, published, at" in said(publish=True)


def test_page_without_comments_says_so(courier: Site) -> None:
    report = bring(courier, PAGE.partition("  •")[0])
    assert report.lines()[0] == "Found: “Ferry late again”, 2 paragraphs, and no comments."
