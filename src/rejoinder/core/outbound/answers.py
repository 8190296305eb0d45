"""What comes back from outside, and what may be said when nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rejoinder.core.errors import Unavailable


class NoAnswer(Unavailable):
    """Nothing usable came back. The sentence is for staff and developers: to a stranger it would tell our network.

    Codes: outbound-url, -address, -name, -slow, -large, -redirects, -tls, -failed.
    """

    code = "outbound-failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """`url`: where it was found in the end. Header names are in small letters; of those that came twice, the first."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300
