"""What a person can set, type, ask for or theme is documented, all of it, and nothing that is not there.

Each list is discovered from the code, never written down here.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from rejoinder.core.conf import SETTINGS
from rejoinder.project.commands import COMMANDS
from tests.house.sources import SRC
from tests.shared import ROOT

REFERENCE = ROOT / "docs" / "reference"
TABLE_ROW = re.compile(r"^\|\s*`([^`]+)`\s*\|(.*)\|\s*$", re.MULTILINE)


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def rows(name: str) -> dict[str, str]:
    """First cell -> rest, of each table row whose first cell is code."""
    return dict(TABLE_ROW.findall(page(name)))


def test_every_setting_is_documented() -> None:
    assert set(rows("settings.md")) == {setting.name for setting in SETTINGS}


def test_documented_defaults_are_the_ones_in_force() -> None:
    documented = rows("settings.md")
    wrong = [setting.name for setting in SETTINGS if f"`{setting.default}`" not in documented[setting.name]]
    assert not [name for name in wrong if _default(name)], "the second column says the default"


def _default(name: str) -> str:
    return next(setting.default for setting in SETTINGS if setting.name == name)


def parsers(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command with its sub-commands: `rejoinder site`, `rejoinder site add` ..."""
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, sub in action.choices.items():
                yield from parsers(sub, f"{name} {word}")


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for name, module, _ in COMMANDS:
        parser = argparse.ArgumentParser(prog=f"rejoinder {name}")
        importlib.import_module(f"rejoinder.project.commands.{module}").configure(parser)
        yield from parsers(parser, f"rejoinder {name}")


def sections(name: str) -> dict[str, str]:
    """Heading -> text beneath it, of headings that are one piece of code."""
    parts = re.split(r"^#{2,3} `([^`]+)`\s*$", page(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words(parser: argparse.ArgumentParser) -> set[str]:
    """What is typed after the command: long options, and the places of arguments."""
    found = set()
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        found |= {option for option in action.option_strings if option.startswith("--")}
        if not action.option_strings:
            found.add(str(action.metavar or action.dest.upper()))
    return found


def test_every_command_and_option_is_documented() -> None:
    documented = sections("commands.md")
    missing = []
    for name, parser in commands():
        wanted = words(parser)
        if name not in documented:
            has_parts = any(isinstance(action, argparse._SubParsersAction) for action in parser._actions)
            missing += [] if has_parts else [name]
        else:
            missing += [f"{name} {word}" for word in wanted if not _mentions(documented[name], word)]
    assert not missing


def _mentions(text: str, word: str) -> bool:
    return re.search(rf"`[^`]*(?<![\w-]){re.escape(word)}(?![\w-])[^`]*`", text) is not None


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert set(sections("commands.md")) <= {name for name, _ in commands()}


def routes() -> set[str]:
    """Our own routes, parameters as <name>; of another package's, the folder in which they lie: `/desk/...`."""
    return set(_routes(get_resolver().url_patterns, "/"))


def _routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif getattr(pattern.callback, "__module__", "").startswith("rejoinder."):
            yield route
        else:
            folder = re.match(r"/[\w-]+/", route)
            yield f"{folder[0]}..." if folder else route


def _plain(route: str) -> str:
    """`<slug:site>` as `<site>`, and a pattern for any path at all as `<page>`."""
    named = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route.removeprefix("^").removesuffix("$"))
    return re.sub(r"\(\(\?:.*\)\*\)", "<page>", named)


def test_every_route_is_documented() -> None:
    documented = {re.sub(r"^[A-Z, ]+ ", "", first) for first in rows("routes.md")}
    assert routes() - documented == set()


def test_no_route_is_documented_that_does_not_exist() -> None:
    documented = {re.sub(r"^[A-Z, ]+ ", "", first) for first in rows("routes.md")}
    assert documented - routes() == set()


DECLARED = re.compile(r"(?:^|[{;\s])(--[\w-]+)\s*:")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
WHOLE_PAGE = re.compile(r"(^|[\s,])(:root|:host|html|body|\*)[\s,:\[]*$")


def custom_properties() -> dict[str, set[str]]:
    """Each custom property that our style sheets declare -> the selectors under which they do."""
    found: dict[str, set[str]] = {}
    for path in SRC.rglob("static/**/*.css"):
        for selector, body in RULE.findall(COMMENT.sub("", path.read_text(encoding="utf-8"))):
            for name in DECLARED.findall(body):
                found.setdefault(name, set()).add(selector.strip().splitlines()[-1].strip())
    return found


def test_every_css_custom_property_is_documented() -> None:
    public = {name for name in custom_properties() if name.startswith("--rejoinder-")}
    assert public, "there are style sheets"
    assert set(rows("theming.md")) == public


def test_custom_properties_that_are_not_ours_by_name_stay_in_their_component() -> None:
    leaking = [
        f"{name} on {selector}"
        for name, selectors in custom_properties().items()
        if not name.startswith("--rejoinder-")
        for selector in selectors
        if WHOLE_PAGE.search(selector)
    ]
    assert not leaking, "a host's page may use the same name: begin it with --rejoinder-"


def test_links_between_documents_lead_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert not dead
