"""Programs that ask as Coral and Comentario do, by what is documented of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client as Http

from rejoinder.accounts.models import Site
from rejoinder.assist.clients import add_client
from rejoinder.assist.judging import Judged
from rejoinder.assist.learning import Judgement, Text, Thresholds

ANALYZE, SUGGEST = "/v1alpha1/comments:analyze", "/v1alpha1/comments:suggestscore"


def ask(path: str, body: Any, key: str = "", **headers: str) -> Any:
    """A POST with a body as JSON, or as bytes."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    address = f"{path}?key={key}" if key else path
    return Http().generic("POST", address, raw, content_type="application/json", headers=headers)


def a_key(site: Site, name: str = "Coral", **more: Any) -> str:
    return add_client(site=site, name=name, **more)[1]


@dataclass
class Coral:
    """One attribute, a threshold, `languages` of what it knows and else "en"; any error lets the comment pass."""

    key: str
    attribute: str = "TOXICITY"
    threshold: float = 0.8
    tenant: str = "https://coral.example"
    statuses: list[int] = field(default_factory=list)

    def holds(self, text: str) -> bool:
        body = {
            "comment": {"text": text},
            "doNotStore": True,
            "requestedAttributes": {self.attribute: {}},
            "languages": ["en"],
        }
        answer = ask(ANALYZE, body, self.key)
        self.statuses.append(answer.status_code)
        if answer.status_code != 200:
            return False
        return (
            float(answer.json()["attributeScores"][self.attribute]["summaryScore"]["value"]) > self.threshold
        )

    def decides(self, text: str, *, rejected: bool, number: str) -> Any:
        """A moderator's decision is sent as feedback; what it is about stands in the context as JSON."""
        about = {
            "url": f"{self.tenant}/story",
            "reply_to_id_Coral_comment_id": None,
            "Coral_comment_id": number,
        }
        body = {
            "comment": {"text": text},
            "context": {"entries": [{"text": json.dumps(about)}]},
            "attributeScores": {self.attribute: {"summaryScore": {"value": int(rejected)}}},
            "languages": ["en"],
            "communityId": f"Coral:{self.tenant}",
            "clientToken": f"comment:{number}",
        }
        answer = ask(SUGGEST, body, self.key)
        self.statuses.append(answer.status_code)
        return answer


SIX = ("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT")


def comentario_flags(text: str, key: str) -> set[str]:
    """Six attributes at once, each flagged above one half; an error is read as zeros."""
    body = {
        "comment": {"text": text, "type": "PLAIN_TEXT"},
        "requestedAttributes": {name: {} for name in SIX},
    }
    scores = ask(ANALYZE, body, key).json().get("attributeScores", {})
    return {name for name, score in scores.items() if score["summaryScore"]["value"] > 0.5}


class Told:
    """A model that knows one word, so that what the door makes of a score can be told by heart."""

    def __init__(self, *, version: int | None = 1, probability: float | None = None) -> None:
        self.version, self.probability = version, probability
        self.asked: list[Text] = []

    def __call__(self, _site: Site, texts: list[Text], *, why: bool = True) -> list[Judged]:
        self.asked += texts
        return [self._judged(text) for text in texts]

    def _judged(self, text: Text) -> Judged:
        score = 0.7 if "fiend" in text.body else 0.3
        judgement = Judgement(score, self.probability)
        return Judged(judgement, text.language, self.version, Thresholds(), (0.3, 0.7))
