"""Models in files: ours are taken, and whatever else lies there is refused without being run."""

from __future__ import annotations

import os
import pickle

import pytest

from rejoinder.accounts.models import Site
from rejoinder.assist import queries, refitting, shelf
from rejoinder.assist.judging import judge
from rejoinder.assist.learning import Text
from rejoinder.assist.models import Version
from rejoinder.assist.taking import take_bytes
from rejoinder.core import clock
from rejoinder.core.errors import InvalidInput
from tests import factories as make
from tests.assist import histories

pytestmark = pytest.mark.django_db
ROTTEN = Text("What a worthless snorkwaffle you are, you rotten grumbler.", "en")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr("rejoinder.assist.storing.measure", lambda _site, _made: ({}, {}))
    shelf.forget()
    made = make.site()
    histories.decide(made, 80)
    refitting.refit_site(made)
    return made


def the_file(site: Site) -> bytes:
    found = queries.active_version(site)
    assert found is not None and found.blob is not None
    return bytes(found.blob)


def test_model_of_another_site_judges_as_it_did_there_and_is_learned_on_from(site: Site) -> None:
    said, other = judge(site, [ROTTEN])[0], make.site()
    taken = take_bytes(site=other, content=the_file(site))
    shelf.forget()
    assert judge(other, [ROTTEN])[0].score == pytest.approx(said.score)
    histories.decide(other, 60, seed=2, at=clock.now())
    refitting.refit_site(other, forced=True)
    later = queries.active_version(other)
    assert later is not None
    assert (later.number, later.base, taken.why) == (2, 1, "imported")


class Harm:
    """What a pickle may do to whoever opens it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("/nowhere/at/all",)


WRONG = {
    "empty": lambda whole: b"",
    "short": lambda whole: whole[: len(whole) // 2],
    "one bit": lambda whole: whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
    "more": lambda whole: whole + b"x",
    "pickle": lambda whole: pickle.dumps(Harm()),
    "text": lambda whole: b"{}" * 100,
    "large": lambda whole: whole + b"\0" * 5_000_000,
}


@pytest.mark.parametrize("name", WRONG)
def test_file_that_is_no_model_is_refused_with_a_sentence(site: Site, name: str) -> None:
    content = WRONG[name](the_file(site))
    with pytest.raises(InvalidInput, match="model"):
        take_bytes(site=site, content=content)
    assert Version.objects.filter(site=site).count() == 1
