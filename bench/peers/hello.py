"""A three-line application on the server that runs ours, with its settings: what the server itself can do.

`python -m bench.peers.hello PORT WORKERS FOLDER`: each kept answer of FOLDER at /NAME, bytes and headers as ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.servers import Running, answers, free_port, running

_kept: dict[str, tuple[bytes, list[tuple[str, str]]]] = {}
_asgi: dict[str, tuple[bytes, list[tuple[bytes, bytes]]]] = {}


def _load() -> None:
    folder = Path(os.environ["BENCH_KEPT"])
    for path in folder.glob("*.body"):
        headers = [(name.lower(), value) for name, value in json.loads(path.with_suffix(".json").read_text())]
        body = path.read_bytes()
        _kept[f"/{path.stem}"] = (body, [*headers, ("content-length", str(len(body)))])
    _kept["/"] = (b"", [("content-length", "0")])
    for path_, (body, headers) in list(_kept.items()):
        _asgi[path_] = (body, [(name.encode(), value.encode()) for name, value in headers])


async def asgi(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        body, headers = _asgi[scope["path"]]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def rsgi(scope: Any, protocol: Any) -> None:
    body, headers = _kept[scope.path]
    protocol.response_bytes(200, headers, body)


def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    body, headers = _kept[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return [body]


def settings_of_ours(workers: int, port: int) -> dict[str, Any]:
    """The arguments with which our own command makes its HTTP server, as it would make it now."""
    from rejoinder.project import serve

    caught: dict[str, Any] = {}

    class Caught:
        def __init__(self, target: str, **settings: Any) -> None:
            caught.update(settings)

    serve.Server = Caught  # type: ignore[assignment, misc]
    serve._server("127.0.0.1", port, workers, "text")
    return caught


def main(words: list[str]) -> int:
    from granian import Granian

    port, workers, folder = int(words[0]), int(words[1]), words[2]
    os.environ["BENCH_KEPT"] = folder
    _load()
    settings = settings_of_ours(workers, port)
    chosen = str(getattr(settings["interface"], "value", settings["interface"]))
    application = {"asgi": asgi, "asginl": asgi, "rsgi": rsgi, "wsgi": wsgi}[chosen]
    settings.pop("log_dictconfig", None)
    server = Granian("bench.peers.hello:asgi", **settings)
    server.serve(target_loader=lambda: application, wrap_loader=False)
    return 0


@contextlib.contextmanager
def serving_hello(kept: Path, *, workers: int, environment: dict[str, str]) -> Iterator[Running]:
    port = free_port()
    command = [sys.executable, "-m", "bench.peers.hello", str(port), str(workers), str(kept)]
    with running(
        command, port=port, log=kept / "hello.log", ready=lambda: answers(port), environment=environment,
        folder=Path(__file__).resolve().parents[2],
    ) as server:  # fmt: skip
        yield server


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
