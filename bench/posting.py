"""Writers, in a process of their own: `python -m bench.posting JOB`, where JOB is JSON; the answer is JSON too.

JOB: port, site, key, kind (post, vote-one, vote-many), writers, seconds, parents (ids that may be answered or voted
on), reader (path to read gently meanwhile, or empty). Each writer is another person after ten comments, with an address
and a cookie of their own, as many people are; all have written here before (bench.inside).
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter
from typing import Any

from bench.form import address, comment_form, headers_of_a_person, regular, text, vote_form
from bench.wire import Reply, Wire, request

PER_PERSON = 10
READS_A_SECOND = 20
REPLIES = 0.6  # of all comments


class Storm:
    """What the writers of one run have done together."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.port = int(job["port"])
        self.known: list[str] = list(job["parents"])
        self.ids: list[str] = []
        self.ms: list[float] = []
        self.reader_ms: list[float] = []
        self.refused: Counter[str] = Counter()
        self.sentence = ""
        self.end = 0.0

    async def run(self) -> dict[str, Any]:
        began = time.perf_counter()
        self.end = began + float(self.job["seconds"])
        write = self._post if self.job["kind"] == "post" else self._vote
        tasks = [self._writer(write) for _ in range(int(self.job["writers"]))]
        if self.job["reader"]:
            tasks.append(self._reader(str(self.job["reader"])))
        await asyncio.gather(*tasks)
        return {
            "seconds": time.perf_counter() - began,
            "ms": self.ms,
            "ids": self.ids,
            "reader_ms": self.reader_ms,
            "refused": dict(self.refused),
            "sentence": self.sentence,
        }

    async def _writer(self, write: Any) -> None:
        wire = Wire(self.port)
        while time.perf_counter() < self.end:
            forwarded, cookie = address(), regular()
            for _ in range(PER_PERSON):
                if time.perf_counter() >= self.end:
                    break
                await self._timed(write, wire, forwarded, cookie)
        wire.close()

    async def _timed(self, write: Any, wire: Wire, forwarded: str, cookie: str) -> None:
        path, form = write()
        headers = {**headers_of_a_person(self.port, forwarded=forwarded), "Cookie": cookie}
        raw = request("POST", self.port, path, headers=headers, body=form)
        began = time.perf_counter()
        try:
            reply = await wire.send(raw)
        except (OSError, asyncio.IncompleteReadError) as error:
            wire.close()
            self.refused[type(error).__name__] += 1
            return
        self._count(reply, 1_000 * (time.perf_counter() - began))

    def _count(self, reply: Reply, ms: float) -> None:
        if reply.status not in {200, 201}:
            self.refused[str(reply.status)] += 1
            self.sentence = self.sentence or reply.body[:300].decode("utf-8", "replace")
            return
        self.ms.append(ms)
        if self.job["kind"] == "post":
            said = json.loads(reply.body)
            if said["state"] == "public":
                self.ids.append(said["id"])
                self.known.append(said["id"])
            else:  # stored, and seen by a moderator only: not what is to be measured
                self.refused[said["state"]] += 1

    def _post(self) -> tuple[str, bytes]:
        parent = random.choice(self.known) if self.known and random.random() < REPLIES else ""
        form = comment_form(str(self.job["key"]), text(), parent=parent)
        return f"/threads/{self.job['site']}/comments", form

    def _vote(self) -> tuple[str, bytes]:
        chosen = self.known[0] if self.job["kind"] == "vote-one" else random.choice(self.known)
        return f"/threads/{self.job['site']}/votes", vote_form(chosen, random.choice((1, 1, 1, -1)))

    async def _reader(self, path: str) -> None:
        """One reader, at set times: a late answer does not put off the next question, and counts from its time."""
        wire = Wire(self.port)
        raw = request("GET", self.port, path, headers={"Accept-Encoding": "br"})
        due = time.perf_counter()
        while due < self.end:
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            reply = await wire.send(raw)
            if reply.status != 200:
                self.refused[f"reader {reply.status}"] += 1
            self.reader_ms.append(1_000 * (time.perf_counter() - due))
            due += 1 / READS_A_SECOND
        wire.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(Storm(json.loads(sys.argv[1])).run())))
