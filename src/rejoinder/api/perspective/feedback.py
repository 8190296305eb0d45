"""Answering comments:suggestscore: what a client's moderators decided is learned from."""

from __future__ import annotations

from typing import Any

from rejoinder.api.perspective.asking import Suggest
from rejoinder.api.perspective.errors import Wrong
from rejoinder.api.perspective.scoring import check_on, language_of
from rejoinder.assist.actions import learn
from rejoinder.assist.clients import token_of
from rejoinder.assist.models import Client
from rejoinder.core import clock

# A suggestion nearer than this to the middle says neither.
UNSURE = 0.05


def keep(client: Client, told: Suggest) -> dict[str, Any]:
    """Learn from a suggestion that says something about rejection. The JSON of the answer. Raises Wrong."""
    check_on(client.site)
    if told.keep and told.rejected is not None and abs(told.rejected - 0.5) >= UNSURE:
        comment = told.comment
        learn(
            site=client.site,
            comment_id=token_of(client, community=told.community, token=told.token, text=comment.text),
            body=comment.text,
            label=int(told.rejected > 0.5),
            weight=round(2 * abs(told.rejected - 0.5), 3),
            at=clock.now(),
            language=_language(told, client),
            parent=comment.parent,
        )
    return {"clientToken": told.token} if told.token else {}


def _language(told: Suggest, client: Client) -> str:
    try:
        return language_of(told.comment, client.site)[0]
    except Wrong:
        return ""
