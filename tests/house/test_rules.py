from __future__ import annotations

import ast
import re

import pytest

from tests.house.rules import RULES, TEMPLATE_RULES, Rule, TemplateRule
from tests.house.sources import SRC, Module, modules, templates


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_objects_to_its_sample_and_not_to_the_better_way(rule: Rule) -> None:
    assert list(rule.find(ast.parse(rule.sample))), "the sample must break the rule"
    assert not list(rule.find(ast.parse(rule.better))), "the better way must keep it"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_package_keeps_the_rule(rule: Rule) -> None:
    objections = [text for module in modules() for text in rule.objections(module)]
    assert not objections, "\n" + "\n".join(objections)


def test_a_rule_holds_where_it_says_and_not_where_it_says_not() -> None:
    rule = next(rule for rule in RULES if rule.name == "own-clock")
    tree = ast.parse(rule.sample)
    assert rule.objections(Module("discussion/actions.py", tree, 1))
    assert not rule.objections(Module("core/clock.py", tree, 1))


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=lambda rule: rule.name)
def test_templates_keep_the_rule(rule: TemplateRule) -> None:
    assert re.search(rule.pattern, rule.sample), "the sample must break the rule"
    found = [f"{path}: {rule.teaches}" for path, text in templates() if re.search(rule.pattern, text)]
    assert not found, "\n" + "\n".join(found)


def test_every_module_can_be_read() -> None:
    for path in SRC.rglob("*.py"):
        compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)


UNTELLING = re.compile(r"(^|/)(utils?|helpers?|misc|services?)(\.py|/)")


def test_no_module_is_called_utils() -> None:
    found = [module.path for module in modules() if UNTELLING.search(module.path)]
    assert not found, f"name it after what is in it: {found}"
