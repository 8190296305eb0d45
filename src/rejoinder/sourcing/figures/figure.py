from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a range: [low, high], either of them open (None). `written`: its words; `unit`: of what.

    20: low and high are 20. "At least 20": high is open. "At most 20": low is open. "10 to 15": both. "About 20":
    as 20, and `approx`. "Dozens": 24 to 99, `approx`: what such words span is in figures.words.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str = ""
    approx: bool = False
    written: str = ""

    @property
    def at_least(self) -> bool:
        return self.high is None

    @property
    def at_most(self) -> bool:
        return self.low is None

    @property
    def exact(self) -> bool:
        return self.low == self.high and not self.approx

    def contradicts(self, other: Figure) -> bool:
        """Whether both cannot be right: of one unit, and no number lies in both ranges.

        What is approximate is taken a tenth wider at either end.
        """
        if self.unit.casefold() != other.unit.casefold():
            return False
        (low, high), (other_low, other_high) = self._wide(), other._wide()
        apart = low is not None and other_high is not None and low > other_high
        return apart or (high is not None and other_low is not None and high < other_low)

    def _wide(self) -> tuple[Decimal | None, Decimal | None]:
        if not self.approx:
            return self.low, self.high
        slack = Decimal("0.1")
        low = self.low if self.low is None else self.low - abs(self.low) * slack
        return low, self.high if self.high is None else self.high + abs(self.high) * slack
