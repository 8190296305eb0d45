"""Pictures: sizes told in advance, nothing that runs, nothing that the camera wrote."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from lxml import html
from PIL import Image as Pixels

from rejoinder.newsroom import pictures
from rejoinder.newsroom.composing import Lead
from rejoinder.newsroom.models import FrontPage
from tests import factories
from tests.newsroom import papers

pytestmark = [pytest.mark.django_db, papers.LEFT_OPEN]


@pytest.fixture
def front() -> FrontPage:
    return papers.newsroom()


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def shown(front: FrontPage, image: Any) -> Any:
    page = papers.story(front, lead=Lead(image, "A quay"))
    tree = html.fromstring(Client().get(page.address).content)
    return tree.xpath("//figure[@class='shown wide']/img")[0]


def test_photograph_comes_in_widths_no_larger_than_it_is(front: FrontPage) -> None:
    image = shown(front, papers.photograph(1000, 600))
    assert [part.split()[1] for part in image.get("srcset").split(", ")] == ["480w", "800w"]
    assert (image.get("width"), image.get("height")) == ("800", "480")
    assert image.get("sizes")


def test_narrow_photograph_is_not_blown_up(front: FrontPage) -> None:
    image = shown(front, papers.photograph(300, 200))
    assert (image.get("width"), image.get("height"), image.get("srcset")) == ("300", "200", None)


def test_drawing_comes_as_it_is_with_its_size(front: FrontPage) -> None:
    image = shown(front, papers.drawing())
    assert image.get("src").endswith(".svg")
    assert (image.get("width"), image.get("height")) == ("300", "200")


def test_drawing_opened_by_itself_runs_nothing() -> None:
    response = Client().get(papers.drawing().file.url)
    assert response["Content-Type"] == "image/svg+xml"
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_what_the_camera_wrote_does_not_reach_readers(front: FrontPage) -> None:
    image = shown(front, papers.photograph(1000, 600))
    for part in image.get("srcset").split(", "):
        data = body_of(Client().get(part.split()[0]))
        assert b"Camera of Ada" not in data
        assert not Pixels.open(io.BytesIO(data)).getexif()


def test_photograph_as_uploaded_is_for_the_desk_only(front: FrontPage) -> None:
    address = papers.photograph().file.url
    assert Client().get(address).status_code == 404
    moderator = factories.signed_in(factories.staff(front.publication, "moderator"))
    assert moderator.get(address).status_code == 404
    editor = factories.signed_in(factories.staff(front.publication, "editor"))
    response = editor.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")
    response.close()


@pytest.mark.parametrize(
    "path",
    [
        "../rejoinder.sqlite3",
        "..%2Frejoinder.sqlite3",
        "original_images/../../secret-key",
        "original_images",
        "images/absent.png",
        "images/page.html",
        "documents/report.pdf",
        "%00.png",
        "images\\..\\x.png",
        "/etc/passwd",
    ],
)
def test_media_folder_serves_pictures_and_nothing_else(path: str) -> None:
    assert Client().get(f"/media/{path}").status_code in {404, 400}


def test_picture_that_unfolds_into_a_huge_one_is_refused(settings: Any) -> None:
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.images.fields import WagtailImageField

    stream = io.BytesIO()
    Pixels.new("1", (5000, 5000)).save(stream, "PNG")
    upload = SimpleUploadedFile("bomb.png", stream.getvalue(), "image/png")
    with pytest.raises(ValidationError, match="pixels"):
        WagtailImageField().clean(upload)


def test_card_for_networks_is_a_photograph_never_a_drawing(front: FrontPage) -> None:
    assert pictures.card(papers.drawing()) == ""
    page = papers.story(front, lead=Lead(papers.photograph(), "A quay"))
    tree = html.fromstring(Client().get(page.address).content)
    (address,) = tree.xpath("//meta[@property='og:image']/@content")
    assert address.startswith("http://testserver/media/images/")
    assert tree.xpath("//meta[@property='og:image:alt']/@content") == ["A quay"]


def test_lead_picture_needs_words_for_those_who_do_not_see_it(front: FrontPage) -> None:
    from django.core.exceptions import ValidationError

    page = papers.story(front, publish=False)
    page.lead_image = papers.drawing()
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        page.full_clean()
