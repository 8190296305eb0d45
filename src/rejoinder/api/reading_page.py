"""What the page for reading is filled with: the OpenAPI description as lists of names and words."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

# Not translated: it speaks of names in code, to whoever writes code.
WORDS = {
    "title": "The API",
    "lead": "Read and write discussions from a page, an app or a program of your own. JSON in, JSON out; "
    "what cannot be taken is answered with a code and a sentence.",
    "file": "The same as OpenAPI 3.1",
    "takes": "Takes",
    "answers": "Answers",
    "shapes": "Shapes",
    "required": "required",
    "bearer": "With Authorization: Bearer, where one speaks as somebody.",
    "contents": "Contents",
}


def groups(said: Json) -> list[Json]:
    """The operations, by what one does with them: [{name, anchor, operations}]."""
    found: dict[str, list[Json]] = {}
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(
                _operation(path, method.upper(), operation, said)
            )
    return [{"name": name, "operations": operations} for name, operations in found.items()]


def _operation(path: str, method: str, operation: Json, said: Json) -> Json:
    taken = [
        {
            "name": one["name"],
            "place": one["in"],
            "kind": _kind(one["schema"]),
            "required": one["required"],
            "means": one.get("description", ""),
        }
        for one in operation["parameters"]
    ]
    return {
        "anchor": operation["operationId"],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "bearer": "security" in operation,
        "takes": [*taken, *_body(operation, said)],
        "answers": [_answer(status, one) for status, one in sorted(operation["responses"].items())],
    }


def _body(operation: Json, said: Json) -> list[Json]:
    if "requestBody" not in operation:
        return []
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return [one | {"place": "body"} for one in _fields(_resolved(schema, said))]


def _answer(status: str, answer: Json) -> Json:
    content: Json = next(iter(answer.get("content", {}).values()), {})
    return {
        "status": status,
        "means": answer.get("description", ""),
        "shape": content.get("schema", {}).get("$ref", "").rpartition("/")[2],
    }


def shapes(said: Json) -> list[Json]:
    """The shapes of answers and bodies, by name: [{name, means, fields}]."""
    return [
        {"name": name, "means": schema.get("description", ""), "fields": _fields(schema)}
        for name, schema in sorted(said["components"]["schemas"].items())
        if schema.get("properties")
    ]


def _fields(schema: Json) -> list[Json]:
    required = set(schema.get("required", ()))
    return [
        {
            "name": name,
            "kind": _kind(one),
            "required": name in required,
            "means": one.get("description", ""),
        }
        for name, one in schema.get("properties", {}).items()
    ]


def _resolved(schema: Json, said: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Json = said["components"]["schemas"][name] if name else schema
    return found


def _kind(schema: Json) -> str:
    """A type in a few words: `string, 1 to 500`, `list of Listed`, `one of 1, -1`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return "one of " + ", ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return "list of " + _kind(schema["items"])
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return "names with " + _kind(schema["additionalProperties"])
    return str(schema.get("format") or schema.get("type", "")) + _range(schema)


def _range(schema: Json) -> str:
    least = schema.get("minLength", schema.get("minimum"))
    most = schema.get("maxLength", schema.get("maximum"))
    if least is not None and most is not None:
        return f", {least} to {most}"
    return f", at most {most}" if most is not None else ""
