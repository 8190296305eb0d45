"""One line an event, on stderr: text for people, JSON for machines.

Nothing that a client sends can begin a line or reach a terminal as a control character.
"""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
# Django tells of every 4xx here; our own line for the request says it already.
_SILENT = {
    "django.request": "ERROR",
    "django.security.DisallowedHost": "CRITICAL",
    "django.security.csrf": "ERROR",
    "_granian": "WARNING",
    "django_tasks": "WARNING",
}


def clean(text: str) -> str:
    """The text on one line, without control characters: each is written as its escape."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def text_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """Renders an event for people. A traceback follows on indented lines."""
    moment, level = str(event.pop("timestamp", ""))[11:19], str(event.pop("level", "info"))
    name, traceback = event.pop("logger", ""), str(event.pop("exception", ""))
    said = clean(str(event.pop("event", "")))
    details = "".join(f" {key}={clean(str(value))}" for key, value in event.items())
    lines = [f"{moment} {level:<7} {clean(str(name))}: {said}{details}"]
    lines += [f"    | {clean(line)}" for line in traceback.splitlines()]
    return "\n".join(lines)


def _processors(form: str) -> list[Any]:
    render: Any = (
        structlog.processors.JSONRenderer(sort_keys=True, default=str) if form == "json" else text_line
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        render,
    ]


def _before() -> list[Any]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def formatter(form: str) -> logging.Formatter:
    """What turns a record of any library, or of ours, into a line. `form` is "text" or "json"."""
    return structlog.stdlib.ProcessorFormatter(processors=_processors(form), foreign_pre_chain=_before())


def as_dictionary(form: str, level: str = "INFO") -> dict[str, Any]:
    """The same as logging.config wants it; the HTTP server configures each of its processes with it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "rejoinder.project.logs.formatter", "form": form}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": level} for name, level in _SILENT.items()},
    }


def configure(form: str, level: str = "INFO") -> None:
    """Send all logging through here. Anything but "json" is text."""
    logging.config.dictConfig(as_dictionary("json" if form == "json" else "text", level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_before(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
