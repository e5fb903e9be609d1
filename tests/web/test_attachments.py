import hashlib

import pytest
from django.core.files.base import ContentFile

from archive.articles.models import Attachment

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def picture(data_dir, db):
    made = Attachment(sha256=hashlib.sha256(SVG).hexdigest(), media_type="image/svg+xml", size=len(SVG))
    made.file.save("ab/picture.svg", ContentFile(SVG))
    return made


def test_an_image_has_its_own_type_and_can_do_nothing_else(client, public, picture):
    response = client.get(f"/attachments/{picture.sha256}")
    assert b"".join(response.streaming_content) == SVG
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert "immutable" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_in_a_private_archive_images_are_private(client, picture):
    assert client.get(f"/attachments/{picture.sha256}").status_code == 302


@pytest.mark.parametrize("address", ["0" * 64, "..", "x", "%2e%2e%2fsecret_key"])
def test_what_is_not_there(client, public, picture, address):
    assert client.get(f"/attachments/{address}").status_code == 404


def test_a_lost_file_is_not_an_error_of_the_server(client, public, picture):
    picture.file.storage.delete(picture.file.name)
    assert client.get(f"/attachments/{picture.sha256}").status_code == 404
