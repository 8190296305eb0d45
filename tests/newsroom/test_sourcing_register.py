"""The register of sources at the desk."""

from __future__ import annotations

import pytest

from rejoinder.sourcing.models import Source
from tests.newsroom.sourcing_desk import UNION, Desk, desk, source_named

pytestmark = pytest.mark.django_db


def register(at: Desk, name: str, **more: str) -> Source:
    key = at.front.publication.key
    answer = at.post(f"sites/{key}/", **{"name": name, "kind": "party", **more})
    assert answer.status_code == 303, answer.content.decode()
    return source_named(name)


def test_sources_are_added_found_and_changed() -> None:
    at = desk()
    union = register(at, "Dockers' union", aliases="The union\nDU", side="dockers")
    key = at.front.publication.key
    assert at.browser.get("/desk/sourcing/")["Location"] == f"/desk/sourcing/sites/{key}/"
    assert "Dockers&#x27; union" in at.read(f"/desk/sourcing/sites/{key}/?q=du")
    assert "No source by that name yet." in at.read(f"/desk/sourcing/sites/{key}/?q=mayor")
    said = at.browser.get(f"/desk/sourcing/sites/{key}/names/?q=the+union").json()
    assert said == {"names": [{"name": "Dockers' union", "about": "party to the conflict, dockers"}]}
    twice = at.post(f"sites/{key}/", name="the UNION", kind="party")
    assert twice.status_code == 409
    path = f"sites/{key}/sources/{union.pk}/"
    assert at.post(path, name="Union", kind="party", aliases="DU", seen="1").status_code == 303
    late = at.post(path, name="Union of dockers", kind="party", seen="1")
    assert late.status_code == 409
    assert "What stands otherwise there now: Name" in late.content.decode()
    assert at.add(UNION, "du").sources.get() == union


def test_source_in_use_is_not_deleted_and_its_page_says_where_it_speaks() -> None:
    at = desk()
    union = register(at, "The union")
    idle = register(at, "The mayor")
    at.add(UNION, "The union")
    key = at.front.publication.key
    refused = at.post(f"sites/{key}/sources/{union.pk}/deletion/")
    assert refused.status_code == 409
    assert UNION in refused.content.decode()
    assert at.post(f"sites/{key}/sources/{idle.pk}/deletion/").status_code == 303
    assert list(Source.objects.all()) == [union]


def test_merge_asks_first_and_can_be_taken_back() -> None:
    at = desk()
    lost, kept = register(at, "The union"), register(at, "Dockers' union")
    claim = at.add(UNION, "The union")
    key = at.front.publication.key
    path = f"sites/{key}/sources/{lost.pk}/merge/"
    assert at.post(path, into="The union").status_code == 422
    assert at.post(path, into="Nobody").status_code == 422
    asked = at.post(path, into="dockers' union")
    assert "1 statement goes over" in asked.content.decode()
    assert claim.sources.get() == lost
    assert at.post(path, into="dockers' union", sure="1").status_code == 303
    assert claim.sources.get() == kept
    assert at.browser.get(f"/desk/sourcing/sites/{key}/sources/{lost.pk}/").status_code == 302
    merge = kept.merges.get()
    assert at.post(f"sites/{key}/sources/{kept.pk}/parting/", merge=str(merge.pk)).status_code == 303
    assert claim.sources.get() == lost
    assert at.post(f"sites/{key}/sources/{kept.pk}/parting/", merge=str(merge.pk)).status_code == 409
