from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.accounts.models import Site
    from rejoinder.discussion.models import Thread
    from rejoinder.discussion.moving import Step

NOT_DONE = "This was a preview; nothing was changed. Do it with --apply."
NO_WAY_BACK = "A merge cannot be taken apart again: before it, take a copy with `rejoinder backup`."


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", metavar="list|title|read|move|merge|map", required=True)
    listing = _sub(what, "list", "list threads: key, comments, title, address", "List threads, one a line.")
    listing.add_argument("--match", metavar="PATTERN", help="only keys like this, * for anything")
    title = _sub(what, "title", "give a thread a title", "Give a thread the title that readers see.")
    title.add_argument("key", help="the thread's key")
    title.add_argument("title", help="the title")
    read = _sub(
        what, "read", "read a thread's page", "Ask a thread's page for its title, author and date, now."
    )
    read.add_argument("key", help="the thread's key")
    move = _sub(
        what, "move", "give a thread another key", "Give a thread another key; the old one leads to it."
    )
    move.add_argument("key", help="the thread's key, often its page's address")
    move.add_argument("new", help="the new key")
    merge = _sub(what, "merge", "bring a thread into another", "Bring all of one thread into another.")
    merge.add_argument("key", help="the thread that ends")
    merge.add_argument("into", help="the thread that goes on")
    mapping = _sub(
        what, "map", "give many threads other keys", "Give all threads whose key matches another key."
    )
    mapping.add_argument("old", help="such as https://old.example/*")
    mapping.add_argument("new", help="such as https://new.example/*")
    mapping.add_argument("--regex", action="store_true", help="OLD is a regular expression, NEW has \\1 ...")
    mapping.add_argument(
        "--merge", action="store_true", help="where the new key is another thread's, merge them"
    )
    for sub in (move, merge, mapping):
        sub.add_argument("--apply", action="store_true", help="do it; without, it is only shown")


def _sub(what: argparse._SubParsersAction, name: str, line: str, says: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    sub: argparse.ArgumentParser = what.add_parser(name, help=line, description=says)
    sub.add_argument("--site", required=True, metavar="KEY", help="the site's key")
    return sub


def run(arguments: argparse.Namespace) -> int:
    from rejoinder.project.boot import start_on_database
    from rejoinder.project.sites import access_site

    start_on_database()
    ways = {"list": _list, "title": _title, "read": _read, "move": _move, "merge": _merge, "map": _map}
    return ways[arguments.what](access_site(arguments.site), arguments)


def _access(site: Site, key: str) -> Thread:
    from rejoinder.core.errors import NotFound
    from rejoinder.discussion.address import normalise_url
    from rejoinder.discussion.queries import find_thread

    found = find_thread(site, key) or find_thread(site, normalise_url(key) or key)
    if found is None:
        raise NotFound(
            f"{site.key} has no thread “{key}”; rejoinder thread list --site {site.key} lists them."
        )
    return found


def _list(site: Site, arguments: argparse.Namespace) -> int:
    from rejoinder.discussion.models import Thread
    from rejoinder.discussion.moving import by_stars
    from rejoinder.project.terminal import say

    matches = by_stars(arguments.match or "*", "")
    for thread in Thread.objects.filter(site=site).order_by("key"):
        if matches(thread.key) is not None:
            say(
                "\t".join(
                    [thread.key, str(thread.comment_count), thread.title or f"({thread.hint})", thread.url]
                )
            )
    return 0


def _title(site: Site, arguments: argparse.Namespace) -> int:
    from rejoinder.discussion.metadata import describe_thread
    from rejoinder.project.terminal import say

    thread = describe_thread(thread=_access(site, arguments.key), title=arguments.title)
    say(f"{thread.key}: {thread.title}")
    return 0


def _read(site: Site, arguments: argparse.Namespace) -> int:
    from rejoinder.project.terminal import say
    from rejoinder.transfer.reading import read_page_of

    thread = read_page_of(thread=_access(site, arguments.key))
    for name in ("title", "byline", "section", "published", "url"):
        say(f"{name}\t{getattr(thread, name) or '-'}")
    return 0


def _move(site: Site, arguments: argparse.Namespace) -> int:
    from rejoinder.discussion.actions.moves import move_thread
    from rejoinder.discussion.moving import Step, check_key
    from rejoinder.discussion.queries import find_thread
    from rejoinder.project.terminal import note, say

    thread, key = _access(site, arguments.key), check_key(arguments.new)
    there = find_thread(site, key)
    step = Step(thread, key, there if there and there.key == key and there.pk != thread.pk else None)
    say(_line(step))
    if there is not None and there.pk != thread.pk and there.key != key:
        say(f"{key} leads to {there.key} now; it would lead to this thread.")
    _warn_unregistered(site, [step])
    if not arguments.apply:
        note(NOT_DONE)
        return 0
    old = thread.key
    move_thread(thread=thread, key=key)
    say(f"To undo it: rejoinder thread move --site {site.key} --apply '{key}' '{old}'")
    return 0


def _merge(site: Site, arguments: argparse.Namespace) -> int:
    from rejoinder.discussion.actions.moves import merge_threads
    from rejoinder.discussion.moving import Step
    from rejoinder.project.terminal import note, say

    source, into = _access(site, arguments.key), _access(site, arguments.into)
    say(_line(Step(source, into.key, into)))
    note(NO_WAY_BACK)
    if not arguments.apply:
        note(NOT_DONE)
        return 0
    merged = merge_threads(source=source, into=into)
    say(f"{merged.key} has {merged.comment_count} comments now; {source.key} leads there.")
    return 0


def _map(site: Site, arguments: argparse.Namespace) -> int:
    from rejoinder.discussion.actions.moves import merge_threads, move_thread
    from rejoinder.discussion.moving import by_expression, by_stars, plan
    from rejoinder.project.terminal import note, say

    steps = plan(site, (by_expression if arguments.regex else by_stars)(arguments.old, arguments.new))
    todo = [step for step in steps if arguments.merge or step.into is None]
    for step in steps:
        say(_line(step) if step in todo else f"{_line(step)} (left as it is without --merge)")
    _warn_unregistered(site, todo)
    merges = sum(step.into is not None for step in todo)
    note(f"{len(todo) - merges} threads move, {merges} are merged, {len(steps) - len(todo)} are left.")
    if merges:
        note(NO_WAY_BACK)
    if not arguments.apply:
        note(NOT_DONE)
        return 0
    for step in todo:
        if step.into is None:
            move_thread(thread=step.thread, key=step.key)
        else:
            merge_threads(source=step.thread, into=step.into)
    note("To undo a move: rejoinder thread move --site KEY --apply NEW OLD, with the lines above.")
    return 0


def _line(step: Step) -> str:
    """One step as it is shown: old key, new key, how many comments, and what else happens."""
    public = step.thread.comment_count
    if step.into is None:
        return f"{step.thread.key}\t->\t{step.key}\t{public} comments"
    shut = "; it is closed" if step.into.closed else ""
    return f"{step.thread.key}\t=>\t{step.into.key}\t{public} comments join {step.into.comment_count}{shut}"


def _warn_unregistered(site: Site, steps: Iterable[Step]) -> None:
    """New addresses on origins that the site does not name: nobody could write from there."""
    from rejoinder.accounts.queries import is_registered
    from rejoinder.discussion.address import normalise_url
    from rejoinder.project.terminal import note

    pages = {"/".join(step.key.split("/")[:3]): step.key for step in steps if normalise_url(step.key)}
    for origin, page in sorted(pages.items()):
        if not is_registered(site, page):
            note(
                f"{site.key} does not name the origin {origin}: rejoinder site change {site.key} --add-origin {origin}"
            )
