"""Pages as plain text: nothing is lost, nothing is invented, nobody answers somebody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from rejoinder.core.text.render import plain
from rejoinder.transfer.importers.found import FoundComment, Page
from rejoinder.transfer.importers.markdown import one_line
from rejoinder.transfer.importers.outline import read_lines
from rejoinder.transfer.importers.page import read_page
from tests.shared import shared_path
from tests.transfer.importers.outlines import Layout, Said, articles, layouts, names, trees, written

# Above comments that stand further in, "- no" is the first of them, or a title: nobody can tell (test_page_refusals).
titles = names.filter(lambda title: not read_lines(title)[0].bullet)
SLOW_TO_MAKE = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def page(text: str) -> Page:
    return read_page(text.encode(), name="page.txt")


def flat(tree: tuple[Said, ...]) -> Iterator[tuple[str, str | None, str, str]]:
    """Key, parent, name and body of each comment, as a page should give them."""
    waiting = [(said, str(number), None) for number, said in reversed(list(enumerate(tree, 1)))]
    while waiting:
        said, key, parent = waiting.pop()
        yield key, parent, said.name, said.body
        replies = [(reply, f"{key}.{number}", key) for number, reply in enumerate(said.replies, 1)]
        waiting += reversed(replies)


def told(comment: FoundComment) -> tuple[str, str | None, str, str]:
    return comment.key, comment.parent, comment.author, plain(comment.body)


@SLOW_TO_MAKE
@given(titles, articles, trees, layouts())
def test_any_tree_written_as_text_is_read_back(
    title: str, article: list[list[str]], tree: tuple[Said, ...], layout: Layout
) -> None:
    text = "\n\n".join([title, *("\n".join(group) for group in article), "\n".join(written(tree, layout))])
    found = page(text)
    assert [told(comment) for comment in found.comments] == list(flat(tree))
    assert found.title == one_line(title)
    assert found.unplaced == ()
    expected = "\n".join(line.removeprefix("- ") for group in article for line in group)
    said = "\n".join(plain(block.text).replace("\n\n", "\n") for block in found.blocks)
    assert said.split() == expected.split()


def test_the_seed_is_read_whole() -> None:
    path = next(shared_path("seeds").glob("*.txt"))
    found = read_page(path.read_bytes(), name=path.name)
    assert (len(found.blocks), len(found.comments), found.people) == (7, 24, 13)
    assert (len(found.roots), found.depth, found.unplaced) == (4, 5, ())
    assert all(comment.created is None for comment in found.comments)


def test_no_word_of_the_seed_is_lost_or_added() -> None:
    path = next(shared_path("seeds").glob("*.txt"))
    found = read_page(path.read_bytes(), name=path.name)
    parts = [found.title, *(plain(block.text) for block in found.blocks)]
    parts += [f"{comment.author} {plain(comment.body)}" for comment in found.comments]
    assert " ".join(parts).split() == path.read_text().replace("•", "").split()


HEAD = "Ferry timetable halved\n\nThe council met on Monday.\n\n"


def test_a_list_in_the_article_is_no_thread() -> None:
    found = page(HEAD + "They want:\n\n• cheaper tickets\n• a boat on Sundays\n\nA vote follows.\n")
    assert found.comments == ()
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph", "list", "paragraph"]
    assert found.blocks[2].text == "- cheaper tickets\n- a boat on Sundays"


def test_list_items_that_go_on_in_a_second_line_are_no_comments() -> None:
    item = "• A second boat in summer, paid for by the harbour towns and the\n  holiday houses together\n"
    found = page(HEAD + item * 3)
    assert found.comments == ()
    assert found.blocks[-1].text.count("\n") == 2


def test_a_list_at_the_articles_end_stays_out_of_the_thread() -> None:
    found = page(HEAD + "• cheaper tickets\n• a boat on Sundays\n\n\n  • Ida Brekke\n\n    Hear, hear.\n")
    assert [comment.author for comment in found.comments] == ["Ida Brekke"]
    assert found.blocks[-1].text == "- cheaper tickets\n- a boat on Sundays"


def test_a_list_in_a_comment_is_part_of_what_is_said() -> None:
    found = page(HEAD + "• Ida\n\n  Two things:\n\n  • the fare\n  • the hour\n\n• Noor\n\n  Agreed.\n")
    assert [plain(comment.body) for comment in found.comments] == [
        "Two things:\n\n• the fare\n• the hour",
        "Agreed.",
    ]


@pytest.mark.parametrize("bullet", ["•", "*", "-", "–", "◦", "‣"])
def test_each_bullet_makes_a_thread(bullet: str) -> None:
    found = page(f"{HEAD}{bullet} Ida\n\n  Late again.\n\n  {bullet} Noor\n\n    Twice.\n")
    assert [(comment.author, comment.parent) for comment in found.comments] == [("Ida", None), ("Noor", "1")]


def test_names_may_stand_directly_above_their_text() -> None:
    found = page(HEAD + "- Ida\n  Late again.\n  - Noor\n    Twice.\n- Sven\n  Thrice.\n")
    assert [comment.key for comment in found.comments] == ["1", "1.1", "2"]


def test_a_slip_of_the_indentation_changes_nobodys_answer() -> None:
    lines = [
        "    • Ida",
        "        A",
        "     • Noor",
        "        B",
        "        • Sven",
        "           C",
        "       • Per",
        "           D",
    ]
    found = page(HEAD + "\n\n".join(lines))
    assert [(one.author, one.parent) for one in found.comments] == [
        ("Ida", None),
        ("Noor", None),
        ("Sven", "2"),
        ("Per", "2"),
    ]


def test_a_line_break_is_kept_and_a_blank_line_parts_paragraphs() -> None:
    (comment,) = page(HEAD + "• Ida\n\n  one\n  two\n\n\n  three\n").comments
    assert comment.body == "one\ntwo\n\nthree"


def test_what_looks_like_markup_stays_as_typed() -> None:
    typed = (
        "<b>no</b> & *stars* _lines_ [brackets](x) `ticks` ~~waves~~\n1. first\n# second\n- third\n> fourth"
    )
    body = "\n".join("  " + line for line in typed.split("\n"))
    (comment,) = page(f"{HEAD}• Ida\n\n{body}\n").comments
    assert plain(comment.body) == typed


def test_lines_after_the_thread_are_reported() -> None:
    found = page(HEAD + "  • Ida\n\n    Late again.\n\nShare this page\nwith friends\n")
    assert [comment.body for comment in found.comments] == ["Late again."]
    assert [(one.where, one.text) for one in found.unplaced] == [
        ("line 9", "Share this page"),
        ("line 10", "with friends"),
    ]


def test_a_name_without_a_text_is_reported() -> None:
    found = page(HEAD + "• Ida\n\n  Late again.\n\n• Noor\n\n• Sven\n\n  Thrice.\n")
    assert [comment.author for comment in found.comments] == ["Ida", "Sven"]
    assert [(one.why, one.text) for one in found.unplaced] == [("a name without a text", "• Noor")]


def test_a_name_whose_text_is_gone_keeps_its_replies() -> None:
    found = page(HEAD + "• Ida\n\n  Late again.\n\n• Noor\n\n  • Sven\n\n    Thrice.\n")
    assert [(one.key, one.author, one.body) for one in found.comments][1:] == [
        ("2", "Noor", ""),
        ("2.1", "Sven", "Thrice."),
    ]


def test_long_names_and_bodies_are_kept_whole() -> None:
    name, body = "I" * 300, "x" * 20_000
    (comment,) = page(f"{HEAD}• {name}\n\n  {body}\n").comments
    assert (comment.author, comment.body) == (name, body)


def test_three_thousand_levels_are_read() -> None:
    lines = [f"{' ' * level}• Ida\n{' ' * level}  a" for level in range(3000)]
    found = page(HEAD + "\n".join(lines))
    assert (len(found.comments), found.depth) == (3000, 3000)
    assert len({comment.key for comment in found.comments}) == 3000


@pytest.mark.parametrize("many", [20_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_any_number_of_comments_is_read(many: int) -> None:
    found = page(HEAD + "• Ida\n\n  Late again.\n\n" * many)
    assert len(found.comments) == many
    assert found.comments[-1].key == str(many)
