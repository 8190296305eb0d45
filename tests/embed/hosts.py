"""Somebody else's web server, on this machine: pages of another origin, with a discussion of ours in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TEXT = (
    "<p>" + "The ferry left the quay at ten past two, and nobody had told the harbour office. " * 6 + "</p>\n"
)


@dataclass
class Host:
    """`pages`: path -> (headers, HTML). As 127.0.0.1 it is another site than localhost."""

    port: int
    pages: dict[str, tuple[dict[str, str], bytes]] = field(default_factory=dict)

    @property
    def foreign(self) -> str:
        """Its origin: another site than the server's."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def near(self) -> str:
        """Its origin: another port of the same site, as talk.paper.example is to paper.example."""
        return f"http://localhost:{self.port}"

    def put(self, path: str, html: str, *, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = ({"Content-Type": kind, **named}, html.encode())
        return self.foreign + path


def page(tag: str, *, head: str = "", above: str = TEXT * 24, below: str = TEXT, **html: str) -> str:
    """An article with a discussion beneath it, and something beneath that."""
    said = "".join(f' {name.rstrip("_")}="{value}"' for name, value in {"lang": "en", **html}.items())
    return (
        f"<!doctype html>\n<html{said}>\n<head><meta charset=utf-8><title>The ferry</title>"
        f'<meta name=viewport content="width=device-width">\n{head}</head>\n'
        f"<body><main><h1>The ferry</h1>\n{above}{tag}\n</main><footer>{below}</footer></body></html>"
    )


@contextmanager
def serving() -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = host.pages.get(self.path.partition("?")[0])
            headers, body = found or ({"Content-Type": "text/plain"}, b"")
            self.send_response(200 if found else 404)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host = Host(server.server_port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
