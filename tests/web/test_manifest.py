"""For home screens: a manifest, and icons that exist in the sizes it states."""

import json
import struct
from pathlib import Path
from urllib.parse import urljoin

from django.contrib.staticfiles import finders
from django.urls import resolve

MANIFEST = json.loads(Path(finders.find("manifest.webmanifest")).read_text())


def test_its_icons_are_there():
    assert {icon["purpose"] for icon in MANIFEST["icons"]} == {"any", "maskable"}
    for icon in MANIFEST["icons"]:
        data = Path(finders.find(icon["src"])).read_bytes()
        if icon["type"] == "image/png":
            assert icon["sizes"] == "{}x{}".format(*struct.unpack_from(">II", data, 16))
        else:
            assert data.startswith(b"<svg ") and icon["sizes"] == "any"


def test_it_starts_at_the_library_in_the_colour_of_paper(client, public, db):
    assert resolve(urljoin("/static/manifest.webmanifest", MANIFEST["start_url"])).url_name == "library"
    page = client.get("/").content.decode()
    assert 'rel="manifest" href="/static/manifest.webmanifest"' in page
    assert 'rel="apple-touch-icon" href="/static/icons/touch.png"' in page
    assert f'content="{MANIFEST["theme_color"]}" media="(prefers-color-scheme: light)"' in page
