"""The same way out for packages that speak `requests`: sign-in by other providers does."""

from __future__ import annotations

import io
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from rejoinder.core.outbound.addresses import target_of
from rejoinder.core.outbound.answers import Answer, NoAnswer
from rejoinder.core.outbound.fetching import MOST, REDIRECTS, SECONDS, agent
from rejoinder.core.outbound.wire import Deadline, exchange


class _Way(BaseAdapter):
    """Sends what requests has prepared through our wire. Proxies, certificates and verify=False are not listened to."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        body = request.body or b""
        if not isinstance(body, str | bytes):
            raise requests.exceptions.InvalidSchema("a body is text or bytes", request=request)
        headers = {
            str(name): str(value)
            for name, value in request.headers.items()
            if name.lower() not in {"host", "connection", "content-length", "accept-encoding", "cookie"}
        }
        try:
            answer = exchange(
                target_of(request.url or ""),
                method=request.method or "GET",
                headers=headers,
                body=body.encode() if isinstance(body, str) else body,
                most=MOST,
                deadline=Deadline(SECONDS),
            )
        except NoAnswer as error:
            raise requests.exceptions.ConnectionError(str(error), request=request) from error
        return _response(request, answer)

    def close(self) -> None:
        """Nothing is kept open."""


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict(answer.headers)
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response.raw = io.BytesIO(answer.body)
    response.url = answer.url
    response.request = request
    return response


def session() -> requests.Session:
    """A session that goes the one way out: no proxies or passwords from the environment, no cookies.

    Each request and each redirect takes 5 s and 1 MiB at most. What fails raises requests' ConnectionError.
    """
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = REDIRECTS
    made.headers["User-Agent"] = agent()
    for adapter in list(made.adapters):
        made.mount(adapter, _Way())
    return made
