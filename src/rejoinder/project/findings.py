"""One thing that `rejoinder doctor` looked at."""

from __future__ import annotations

from dataclasses import dataclass

OK, ATTENTION, FAILURE = "ok", "attention", "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, attention or failure; `advice` is empty when all is well."""

    name: str
    state: str
    cause: str
    advice: str = ""

    def line(self) -> str:
        return f"{self.state:<9} {self.name}: {self.cause}" + (f" {self.advice}" if self.advice else "")
