"""A foreign page cannot find out who reads it: what it can see of our pages is the same for everybody."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.api.asking import origin
from tests.security.victims import Victim


def private(victim: Victim) -> dict[str, str]:
    """Addresses that answer the victim otherwise than they answer nobody."""
    site, key, held = victim.site.key, victim.thread.key, victim.held.public_id
    return {
        "account": "/people/me/",
        "download": "/people/me/download",
        "erase": "/people/me/erase",
        "sign-in": "/accounts/login/",
        "addresses": "/accounts/email/",
        "codes": "/accounts/second-factor/recovery-codes/download/",
        "sites": "/accounts/site/",
        "site": f"/accounts/site/{site}/",
        "mine": f"/threads/{site}/mine?key={key}",
        "search": f"/threads/{site}/search?key={key}",
        "thread's decisions": f"/threads/{site}/actions?key={key}",
        "held comment": f"/comments/{held}/actions/",
        "held fragment": f"/comments/{held}/fragment",
        "profile": f"/people/{site}/{victim.names(victim.own).values['PERSON']}/",
        "desk": "/desk/",
        "api: mine": f"/api/v1/sites/{site}/mine?key={key}",
        "api: held": f"/api/v1/comments/{held}",
        "window": f"/accounts/window/?site={site}&origin={origin(victim.site)}&state={'s' * 20}",
    }


NAVIGATED = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
AS_A_PART = [
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
    {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    {"sec-fetch-mode": "navigate", "sec-fetch-dest": "object"},
    {},
]


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_part_of_a_foreign_page_is_answered_as_to_nobody(site: str) -> None:
    """The same page to whoever is signed in and to whoever is not; so is a form that leads away."""
    who = make.staff(make.site())
    reader, unknown = make.signed_in(who, HTTP_SEC_FETCH_SITE=site), make.Browser(HTTP_SEC_FETCH_SITE=site)
    for says in AS_A_PART:
        answers = [one.get("/people/me/", headers=says) for one in (reader, unknown)]
        assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
    assert reader.get("/people/me/", headers=NAVIGATED).status_code == 200, "a link leads where it leads"


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_pages_and_what_people_type_keep_their_cookies(site: str | None) -> None:
    reader = make.signed_in(make.staff(make.site()))
    del reader.defaults["HTTP_SEC_FETCH_SITE"]
    says = (
        {} if site is None else {"sec-fetch-site": site, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}
    )
    assert reader.get("/people/me/", headers=says).status_code == 200


@pytest.mark.django_db
def test_every_private_answer_is_apart_from_who_opens_or_embeds_it() -> None:
    """Cross-Origin-Resource-Policy and Cross-Origin-Opener-Policy, on refusals too; nobody frames it."""
    victim = Victim()
    for browser in (make.guest(), make.signed_in(victim.owner)):
        for name, path in private(victim).items():
            answer = browser.get(path)
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin", name
            if name != "window":  # signing in for another page finds back to it
                assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name
            framed = answer["Content-Security-Policy"].partition("frame-ancestors ")[2].partition(";")[0]
            assert framed in ({"'none'"} if name != "desk" else {"'none'", "'self'"}), name
