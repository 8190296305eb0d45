"""What import-linter cannot see points downwards too: relations, migrations, names in strings, tags."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.db.migrations.loader import MigrationLoader

from tests.house.layers import heights, may_use
from tests.house.rules import dotted
from tests.house.sources import SRC, modules, templates

LABEL = re.compile(r"rejoinder_(\w+)")


def ours() -> Iterator[AppConfig]:
    return (config for config in apps.get_app_configs() if config.name.startswith("rejoinder."))


def app_of(name: str) -> str:
    """`discussion` of `rejoinder.discussion` and of what lies in it."""
    return name.split(".")[1]


def test_every_app_has_its_place_on_the_map() -> None:
    assert {app_of(config.name) for config in ours()} <= set(heights())


def test_labels_follow_the_names() -> None:
    assert {config.label for config in ours()} == {f"rejoinder_{app_of(config.name)}" for config in ours()}


def test_the_map_knows_up_from_down() -> None:
    assert may_use("moderation", "discussion")
    assert not may_use("discussion", "moderation")
    assert not may_use("api", "console")


def test_relations_point_downwards() -> None:
    upwards = [
        f"{field.model.__module__}.{field.model.__name__}.{field.name} -> {target.__module__}"
        for config in ours()
        for model in config.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created
        and isinstance(target := field.related_model, type)
        and target.__module__.startswith("rejoinder.")
        # settings.AUTH_USER_MODEL is the project's choice: the relation is to whatever it names.
        and not getattr(target, "is_authenticated", False)
        and not may_use(app_of(config.name), app_of(target.__module__))
    ]
    assert not upwards


def test_migrations_depend_downwards() -> None:
    graph = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    upwards = [
        f"{label}.{name} -> {dependency}"
        for (label, name), migration in graph.items()
        for dependency in (*migration.dependencies, *migration.run_before)
        if (here := LABEL.fullmatch(label)) and (there := LABEL.fullmatch(dependency[0]))
        if not may_use(here[1], there[1]) and not _is_user_model(dependency)
    ]
    assert not upwards


def _is_user_model(dependency: object) -> bool:
    return type(dependency).__name__ == "SwappableTuple"


NAMES_A_MODEL = re.compile(r"rejoinder_(\w+)(\.\w+)?|rejoinder\.(\w+)(\.\w+)*")


def test_names_in_strings_point_downwards() -> None:
    """`get_model("rejoinder_x", ..)`, `import_module("rejoinder.x")`, a relation to `"rejoinder_x.Model"`."""
    upwards = [
        f"{module.path}:{node.lineno}: {node.value}"
        for module in modules()
        if module.app in heights() and module.app != "project"
        for node in _strings_that_fetch(module.tree)
        if (found := NAMES_A_MODEL.fullmatch(node.value))
        and (app := found[1] or found[3]) in heights()
        and not may_use(module.app, app)
    ]
    assert not upwards


FETCHING = re.compile(
    r"(.*\.)?(get_model|get_app_config|import_module|import_string|ForeignKey|OneToOneField|ManyToManyField)"
)


def _strings_that_fetch(tree: ast.Module) -> Iterator[ast.Constant]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and FETCHING.fullmatch(dotted(call.func)):
            for node in (*call.args, *(word.value for word in call.keywords)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node


def test_a_name_that_points_upwards_would_be_found() -> None:
    tree = ast.parse("apps.get_model('rejoinder_moderation', 'Decision')")
    assert [node.value for node in _strings_that_fetch(tree)] == ["rejoinder_moderation", "Decision"]
    assert (found := NAMES_A_MODEL.fullmatch("rejoinder_moderation")) and found[1] == "moderation"


def tag_libraries() -> dict[str, str]:
    """Tag library -> app that has it."""
    return {
        path.stem: path.relative_to(SRC).parts[0]
        for path in SRC.rglob("templatetags/*.py")
        if path.stem != "__init__"
    }


def test_template_tags_and_includes_point_downwards() -> None:
    libraries = tag_libraries()
    upwards = []
    for path, text in templates():
        app = path.split("/")[0]
        loaded = [name for line in re.findall(r"\{%\s*load\s+([^%]+)%\}", text) for name in line.split()]
        used = [libraries[name] for name in loaded if name in libraries]
        used += re.findall(r"\{%\s*(?:include|extends)\s+[\"'](?:rejoinder/)?(\w+)/", text)
        upwards += [f"{path} -> {lower}" for lower in used if lower in heights() and not may_use(app, lower)]
    assert not upwards
