"""Small files, small functions, few positional parameters: the tail is what tires a reader."""

from __future__ import annotations

import ast
from statistics import median

from tests.house.sources import modules

FILE_LINES = 300
FUNCTION_LINES = 50
MEDIAN_LINES = 9
POSITIONAL = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> list[tuple[str, Function]]:
    return [
        (f"{module.path}:{node.lineno} {node.name}", node)
        for module in modules()
        if "/migrations/" not in module.path
        for node in ast.walk(module.tree)
        if isinstance(node, Function)
    ]


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    body = function.body
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    docstring = (body[0].end_lineno or 0) - body[0].lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def positional(function: Function) -> int:
    """Parameters that can be given by position, self and cls apart."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in names if name not in {"self", "cls"}])


def test_files_are_under_300_lines() -> None:
    long = [
        f"{module.path}: {module.lines} lines"
        for module in modules()
        if module.lines > FILE_LINES and "/migrations/" not in module.path
    ]
    assert not long, "divide it by what is in it: " + ", ".join(long)


def test_functions_are_under_50_lines() -> None:
    long = [f"{where}: {length(node)} lines" for where, node in functions() if length(node) > FUNCTION_LINES]
    assert not long, "\n".join(long)


def test_functions_take_at_most_five_positional_parameters() -> None:
    wide = [f"{where}: {positional(node)}" for where, node in functions() if positional(node) > POSITIONAL]
    assert not wide, "after the fifth, by keyword: " + ", ".join(wide)


def test_the_median_function_is_short() -> None:
    lengths = [length(node) for _, node in functions()]
    middle = median(lengths)
    print(f"{len(lengths)} functions, median {middle:g} lines")
    assert middle < MEDIAN_LINES
