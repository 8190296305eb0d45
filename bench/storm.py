"""A flood: `python -m bench.storm [SECONDS [ADDRESSES]]` posts 10,000 comments a minute to a server of its own.

They come from 500 addresses, or from as many as are said: from few, most are refused for being too many.

Beside it a hundred people write who solved their puzzle, and readers read. Promised: readers' p95 at most 300 ms, none
of the flood public that the policy would hold, 99 of 100 people's comments taken, at a p95 of at most a second.
Prints JSON.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from altcha import solve_challenge_v1

from bench.form import comment_form, headers_of_a_person, text
from bench.ours import SITE, Ours
from bench.servers import ends_on_signals
from bench.wire import Wire, request

A_MINUTE, ADDRESSES, PEOPLE, READS_A_SECOND, LANES = 10_000, 500, 100, 20, 64
KEY = "thread-100"
PATIENCE = 30.0  # seconds: for one answer, and for what is on its way when the flood ends
# What is advertised, in words that are changed a little each time.
OFFER = (
    "Earn a thousand a week from home with {}: ask me how it is done, no risk, see https://shop-{}.example/{}"
)


@dataclass
class Storm:
    port: int
    seconds: float
    addresses: int = ADDRESSES
    states: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    public: list[str] = field(default_factory=list)
    people_ms: list[float] = field(default_factory=list)
    reader_ms: list[float] = field(default_factory=list)
    refused_ms: list[float] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)

    async def run(self) -> dict[str, Any]:
        await self._solve()
        end = time.perf_counter() + self.seconds
        floods = [self._flood(lane, end) for lane in range(LANES)]
        every = [asyncio.ensure_future(one) for one in (*floods, self._people(end), self._read(end))]
        # However slow the server is, it is over then; what was not answered is counted so.
        _done, late = await asyncio.wait(every, timeout=self.seconds + PATIENCE)
        for one in late:
            one.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for one in _done:
            one.result()
        unsent = PEOPLE - self.people.total()
        if unsent:
            self.people["not answered in time"] += unsent
        return {
            "flood": dict(self.states),
            "flood public": self.public[:5],
            "people": dict(self.people),
            "refused, median ms": round(median(self.refused_ms or [0.0]), 1),
            "people p95 ms": p95(self.people_ms),
            "readers p95 ms": p95(self.reader_ms),
        }

    async def _solve(self) -> None:
        """Puzzles are solved on the writers' own machines: here, before it begins."""
        wire = Wire(self.port)
        path = f"/threads/{SITE}/challenge?{urlencode({'key': KEY})}"
        for _ in range(PEOPLE):
            headers = headers_of_a_person(self.port)
            found = json.loads((await wire.send(request("GET", self.port, path, headers=headers))).body)
            answer = solve_challenge_v1(found["challenge"], found["salt"], "SHA-256", found["maxnumber"])
            assert answer is not None
            solved = json.dumps({**found, "number": answer.number}).encode()
            self.proofs.append(base64.b64encode(solved).decode())
        wire.close()

    async def _flood(self, lane: int, end: float) -> None:
        wire, pause = Wire(self.port), LANES * 60 / A_MINUTE
        due = time.perf_counter() + pause * lane / LANES
        while max(due, time.perf_counter()) < end:
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            number = random.randrange(self.addresses)
            forwarded = f"10.66.{number // 250}.{number % 250 + 1}"
            offer = OFFER.format(text(4), random.randrange(50), random.randrange(1_000))
            status, said, ms = await self._post(wire, forwarded, comment_form(KEY, offer))
            if status == 429:
                self.refused_ms.append(ms)
            state = str(said.get("state", status))
            self.states[state] += 1
            if state == "public":
                self.public.append(str(said["id"]))
            due += pause
        wire.close()

    async def _people(self, end: float) -> None:
        wire = Wire(self.port)
        for number, proof in enumerate(self.proofs):
            due = end - self.seconds * (PEOPLE - number) / PEOPLE
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            form = comment_form(KEY, text()) + b"&" + urlencode({"proof": proof, "elapsed": "45000"}).encode()
            status, said, ms = await self._post(wire, f"10.77.{number}.9", form)
            self.people[str(said.get("state", status))] += 1
            self.people_ms.append(ms)
        wire.close()

    async def _post(self, wire: Wire, forwarded: str, form: bytes) -> tuple[int, dict[str, Any], float]:
        headers = headers_of_a_person(self.port, forwarded=forwarded)
        began = time.perf_counter()
        try:
            raw = request("POST", self.port, f"/threads/{SITE}/comments", headers=headers, body=form)
            reply = await asyncio.wait_for(wire.send(raw), PATIENCE)
            said = json.loads(reply.body)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            wire.close()
            return 0, {"state": type(error).__name__}, 1_000 * (time.perf_counter() - began)
        return reply.status, said, 1_000 * (time.perf_counter() - began)

    async def _read(self, end: float) -> None:
        wire, due = Wire(self.port), time.perf_counter()
        path = f"/threads/{SITE}/window?{urlencode({'key': KEY})}"
        raw = request("GET", self.port, path, headers={"Accept-Encoding": "br"})
        while due < end:
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            await wire.send(raw)
            self.reader_ms.append(1_000 * (time.perf_counter() - due))
            due += 1 / READS_A_SECOND
        wire.close()


def p95(ms: list[float]) -> float:
    return round(quantiles(ms, n=20)[-1], 1) if len(ms) > 1 else 0.0


def main(words: list[str]) -> int:
    seconds = float(words[0]) if words else 60.0
    addresses = int(words[1]) if len(words) > 1 else ADDRESSES
    ends_on_signals()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours("sqlite", Path(folder))
        ours.command("migrate")
        ours.command("site", "add", SITE, "--name", "Bench", "--origin", f"http://127.0.0.1:{ours.port}")
        ours.command("generate", "--site", SITE, "--key", KEY, "--comments", "100")
        with ours.serving():
            found = asyncio.run(Storm(ours.port, seconds, addresses).run())
    print(json.dumps(found, indent=1))
    return 0 if found["readers p95 ms"] <= 300 and found["people p95 ms"] <= 1_000 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
