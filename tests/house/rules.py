"""House rules that a machine can hold: each finds a habit that has hurt, and says what to write instead.

A rule finds the places in a module that it objects to. `sample` breaks it and `better` does not; both are
tried in test_rules.py, so a rule that no longer bites is seen.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.house.sources import Module

Finder = Callable[[ast.Module], Iterator[ast.AST]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`only`/`never`: patterns of paths (relative to src/rejoinder) where the rule holds / does not hold."""

    name: str
    teaches: str
    find: Finder
    sample: str
    better: str
    only: str = r".*"
    never: str = r"(?!)"

    def objections(self, module: Module) -> list[str]:
        if not re.fullmatch(self.only, module.path) or re.fullmatch(self.never, module.path):
            return []
        lines = sorted({getattr(node, "lineno", 1) for node in self.find(module.tree)})
        return [f"{module.path}:{line}: {self.teaches}" for line in lines]


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names and attributes, without calls and indexes: `a().b` is `a.b`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Call(func=value) | ast.Subscript(value=value):
            return dotted(value)
    return ""


def calls(pattern: str) -> Finder:
    """Calls whose dotted name matches the whole pattern."""

    def find(tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and re.fullmatch(pattern, dotted(node.func)):
                yield node

    return find


def imports(pattern: str) -> Finder:
    """Imports of a module, or of a name from a module, whose dotted name matches the whole pattern."""

    def find(tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            if any(re.fullmatch(pattern, name) for name in _imported(node)):
                yield node

    return find


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names):
            return [module, *(f"{module}.{alias.name}" for alias in names)]
    return []


def either(*finders: Finder) -> Finder:
    def find(tree: ast.Module) -> Iterator[ast.AST]:
        for finder in finders:
            yield from finder(tree)

    return find


def swallowed(tree: ast.Module) -> Iterator[ast.AST]:
    """`except:` or `except Exception:` with nothing but pass, continue or ... in it."""
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=caught, body=body):
                if _catches_all(caught) and all(map(_does_nothing, body)):
                    yield node
            case ast.With(items=items):
                if any(_suppresses_all(item.context_expr) for item in items):
                    yield node


def _catches_all(caught: ast.expr | None) -> bool:
    return caught is None or dotted(caught) in {"Exception", "BaseException"}


def _does_nothing(line: ast.stmt) -> bool:
    return isinstance(line, ast.Pass | ast.Continue) or ast.unparse(line) == "..."


def _suppresses_all(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and dotted(node.func) in {"suppress", "contextlib.suppress"}
        and any(_catches_all(argument) for argument in node.args)
    )


def forwarded_headers(tree: ast.Module) -> Iterator[ast.AST]:
    """A whole string that is the name of a header which a proxy writes, and anybody else can too."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _FORWARDED.fullmatch(node.value)
        ):
            yield node


def fetches_one(tree: ast.Module) -> Iterator[ast.AST]:
    """`objects.get(...)`, `objects.filter(pk=...)`, `get_object_or_404(...)`: one row, by what a request said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            by_name = {word.arg for word in node.keywords}
            whatever_it_says = re.search(r"(\.objects\b.*\.(get|in_bulk)|\bget_object_or_404)$", name)
            filtered = re.search(r"\.objects\b.*\.filter$", name) and not by_name.isdisjoint(_NAMES_OF_ONE)
            if whatever_it_says or filtered:
                yield node


_NAMES_OF_ONE = {"pk", "id", "key", "slug", "token", "uuid"}
_FORWARDED = re.compile(
    r"(HTTP_)?(X[-_](FORWARDED[-_].+|REAL[-_]IP)|FORWARDED|CF[-_]CONNECTING[-_]IP)", re.IGNORECASE
)
_FROM_OUTSIDE = {
    "request",
    "params",
    "parameters",
    "query",
    "cleaned_data",
    "payload",
    "body",
    "GET",
    "POST",
    "data",
}


def expanded_input(tree: ast.Module) -> Iterator[ast.AST]:
    """`filter(**params)` and `order_by(*params)`: whoever writes the keys writes the query."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _QUERY_METHODS
        ):
            stars = [word.value for word in node.keywords if word.arg is None]
            stars += [argument.value for argument in node.args if isinstance(argument, ast.Starred)]
            if any(not _FROM_OUTSIDE.isdisjoint(dotted(star).split(".")) for star in stars):
                yield node


_QUERY_METHODS = {
    "filter",
    "exclude",
    "get",
    "order_by",
    "annotate",
    "alias",
    "aggregate",
    "values",
    "update",
}


def positional_actions(tree: ast.Module) -> Iterator[ast.AST]:
    """Public functions of a module that write and whose parameters can be given by position."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            by_position = node.args.args or node.args.posonlyargs
            if by_position and any(_writes(ast.Module([node], []))):
                yield node


_writes = calls(r"(.*\.)?(writing|atomic|save|create|bulk_create|get_or_create|update|delete|publish)")


def service_classes(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and re.search(r"(Service|Helper|Util|Utils)$", node.name):
            yield node


# Code that says what `manage.py` would: it talks to a person at a terminal.
_TERMINAL = r"project/(cli|commands)(\.py|/.*)"

RULES = (
    Rule(
        "swallowed-error",
        "an error that nobody sees: catch the one you expect, or log it and say why going on is right.",
        swallowed,
        sample="try:\n    send()\nexcept Exception:\n    pass",
        better="try:\n    send()\nexcept TimeoutError:\n    pass",
    ),
    Rule(
        "raw-sql",
        "say it with expressions (F, Q, Func); what needs SQL lives in queries.py, search.py or windows/rows.py.",
        calls(r".*\.extra|(.*\.)?RawSQL|.*\.objects\.raw"),
        sample="Comment.objects.extra(where=['state = 1'])",
        better="Comment.objects.filter(state=1)",
        never=r".*/(queries|search)(\.py|/.*)|discussion/windows/rows\.py",
    ),
    Rule(
        "marked-safe",
        "core.text makes HTML out of text, discussion.windows draws it; else use format_html.",
        calls(r"(.*\.)?(mark_safe|SafeString|SafeText|Markup)"),
        sample="html = mark_safe('<p>' + body)",
        better="html = format_html('<p>{}', body)",
        never=r"core/text(\.py|/.*)|discussion/windows/(draw|markup)\.py|assist/plots\.py",
    ),
    Rule(
        "fetched-around-the-door",
        "a view fetches through the viewer: call access_..., which answers absent and forbidden alike.",
        fetches_one,
        sample="comment = Comment.objects.get(pk=pk)",
        better="comment = access_comment(viewer=viewer, id=pk)",
        only=r".*/(views|feeds|api)(\.py|/.*)|(api|console|embed)/(?!(queries|models|migrations)).*",
    ),
    Rule(
        "own-clock",
        "ask core.clock.now() for the time: tests hold that one still, and it is aware and in UTC.",
        either(
            calls(
                r"((datetime\.)?datetime|(datetime\.)?date|timezone|django\.utils\.timezone)\.(now|utcnow|today)"
            ),
            calls(r"time\.time(_ns)?"),
            imports(r"django\.utils\.timezone\.now"),
        ),
        sample="moment = datetime.now(UTC)",
        better="moment = clock.now()",
        never=r"core/clock\.py",
    ),
    Rule(
        "printed",
        "a server has no terminal: log it with structlog; commands write to theirs.",
        calls(r"print"),
        sample="print('posted')",
        better="log.info('posted')",
        never=_TERMINAL,
    ),
    Rule(
        "forwarded-header",
        "anybody can write this header: core.client.address(request) believes it from named proxies only.",
        forwarded_headers,
        sample="ip = request.META['HTTP_X_FORWARDED_FOR']",
        better="ip = client.address(request)",
        never=r"core/client\.py",
    ),
    Rule(
        "expanded-input",
        "whoever writes the keys writes the query: name each field; sorts come from a closed list.",
        expanded_input,
        sample="Comment.objects.filter(**request.GET.dict())",
        better="Comment.objects.filter(thread=thread, **visible)",
    ),
    Rule(
        "second-way-out",
        "core.outbound is the only way out: it checks and pins the address, and keeps answers small.",
        either(
            imports(r"(urllib\.request|http\.client|httpx|requests|aiohttp|urllib3|ftplib|smtplib)(\..*)?"),
            imports(r"trafilatura\.(downloads.*|fetch_url|fetch_response)"),
            calls(r"(socket\.)?create_connection|trafilatura\.fetch_(url|response)|(.*\.)?urlopen"),
        ),
        sample="from urllib.request import urlopen",
        better="from urllib.parse import urlsplit",
        # A command that looks whether its own port is taken calls this machine only.
        never=r"core/outbound(\.py|/.*)|project/port\.py",
    ),
    Rule(
        "positional-action",
        "an action takes keyword arguments only, who acts first: def post(*, viewer, thread, body).",
        positional_actions,
        sample="def post(viewer, body):\n    Comment.objects.create(body=body)",
        better="def post(*, viewer, body):\n    Comment.objects.create(body=body)",
        only=r".*/actions(\.py|/.*)",
    ),
    Rule(
        "service-class",
        "no service or helper classes: a function in actions.py, or a method of the one object it is about.",
        service_classes,
        sample="class VoteService:\n    votes = 0",
        better="class Vote:\n    value = 0",
    ),
    Rule(
        "foreign-user",
        "a host project has its own user model: use settings.AUTH_USER_MODEL, or get_user_model().",
        imports(r"django\.contrib\.auth\.models\.User"),
        sample="from django.contrib.auth.models import User",
        better="from django.contrib.auth import get_user_model",
        never=r"project/.*",
    ),
    Rule(
        "migration-imports-models",
        "a migration outlives today's models: take them from apps.get_model(), and copy the constants.",
        imports(r"rejoinder\..*models(\..*)?"),
        sample="from rejoinder.discussion.models import Comment",
        better="from rejoinder.core.ids import Field",
        only=r".*/migrations/.*",
    ),
    Rule(
        "decisions-are-added",
        "decisions come through moderation.decisions.record, and stay as they are: add another one that undoes it.",
        calls(
            r"(.*\.)?Decision|(.*\.)?(Decision\.objects|decisions)(\..*)?\.(create|bulk_create|get_or_create|update"
            r"|update_or_create|bulk_update|delete)|(.*\.)?decision\.(save|delete)"
        ),
        sample="comment.decisions.filter(action='hold').update(reason='')",
        better="record(site=site, action='undo', reason=reason, undoes=decision)",
        never=r"moderation/decisions/(recording|chain)\.py|.*/migrations/.*",
    ),
    Rule(
        "unsafe-xml",
        "parse with lxml, entities and network off, as core's modules do; the standard parsers do not.",
        imports(r"xml\.(etree|dom|sax|parsers)(\..*)?"),
        sample="from xml.etree import ElementTree",
        better="from html import escape",
    ),
)


@dataclass(frozen=True, slots=True)
class TemplateRule:
    """A pattern that no template may contain."""

    name: str
    teaches: str
    pattern: str
    sample: str


TEMPLATE_RULES = (
    TemplateRule(
        "marked-safe",
        "render it in Python, by core.text: a template trusts nothing (help texts of our own forms apart).",
        r"(?<!\.help_text)\|\s*safe(seq)?\b",
        "{{ body|safe }}",
    ),
    TemplateRule(
        "escaping-off",
        "leave escaping on; core.text gives what is safe.",
        r"\{%-?\s*autoescape\s+(off|false)",
        "{% autoescape off %}",
    ),
    TemplateRule(
        "inline-handler",
        "the content policy refuses inline handlers: a module in static files listens.",
        r"<[a-zA-Z][^>]*\son[a-z]+\s*=",
        '<a href="#" onclick="x()">',
    ),
    TemplateRule(
        "inline-style",
        "the content policy refuses inline style: a class, in the component's CSS file.",
        r"<[a-zA-Z][^>]*\sstyle\s*=|<style\b",
        '<p style="color: red">',
    ),
    TemplateRule(
        "inline-script",
        "the content policy refuses inline script: an ES module in static files.",
        r"<script\b(?![^>]*(\bsrc=|\btype=\"(importmap|application/(ld\+)?json)\"))",
        "<script>x()</script>",
    ),
    TemplateRule(
        "third-party",
        "readers' browsers contact nobody else: serve it from static files.",
        r"<(script|img|link|iframe|video|audio|source)\b[^>]*\s(src|href)=[\"']?(https?:)?//",
        '<script src="https://cdn.example/x.js">',
    ),
)
