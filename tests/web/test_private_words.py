"""Nothing that one person wrote for themselves reaches another: every address there is, as another reader, as other
staff and as a visitor.

Two things are looked for. No page holds one of the words, tags and names. And each page is, to the letter, what it was
before they were written: so no count, order, suggestion or ETag tells of them either. The addresses are those of
`urls.py` and of the administration: a new page whose arguments are not known here fails the test.
"""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from archive.accounts.models import Device, Token
from archive.annotations.models import Annotation
from archive.curating.models import BulkChange, Collection, CollectionItem, SavedSearch
from archive.web.answers import FRAGMENT
from tests.web.addresses import administration, administration_of_what_is_private, paths, paths_of_what_is_private
from tests.web.private_world import BACKEND, OWNER, World, write_privately

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("public"),
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),  # of the administration
]

SECRET = re.compile("whisper[a-z]+", re.IGNORECASE)
"""Every private word, tag and name begins so: long enough that no random address or token has it by chance."""
VIEWERS = ("another reader", "other staff", "a visitor")
if connection.vendor == "postgresql":
    VIEWERS = ("other staff",)  # who see the most pages: here it matters that each address answers
ASKED = {
    "/": (
        "q=whispernote", "q=whisperno*", "q=whispernoto", "q=notes:whispernote", "q=highlights:lamp",
        "tag=whispertag", "q=lamp+OR+whispernote", "q=collection:whisperlists", "collection=whispercollection",
        "q=has:notes", "q=has:highlights", "q=is:starred", "q=-is:starred", "q=is:unread", "is=noted", "q=lamp",
        "q=tides",
    ),
    "/completions": ("before=tag:whisper&after=", "before=whisper&after=", "before=lam&after=", "before=tag:&after="),
    "/filters/tag/": ("q=is:starred", "prefix=whisper", "q=whispernote"),
    "/feed": ("q=whispernote", "q=is:starred", "q=tides"),
    "/notebook/": ("q=whispernote", "tag=whispertag", "person=whisperowner", "colour=red", "view=stream"),
    "/notebook/change": ("q=whispernote", "tag=whispertag"),
    "/notebook/export.csv": ("q=whispernote", "person=whisperowner"),
    "/notebook/export.csl": ("q=whispernote", "person=whisperowner"),
    "/articles/1/book.epub": ("notes=1",),
    "/articles/1/article.zip": ("notes=1",),
    "/export/articles.epub": ("notes=1", "notes=1&q=tides", "q=whispernote&notes=1", "q=is:starred"),
    "/export/articles.zip": ("notes=1", "notes=1&q=tides", "q=whispernote&notes=1", "q=is:starred"),
    "/export/articles.bookmarks": ("q=whispernote", "q=is:starred"),
    "/notebook/export.hypothesis": ("q=whispernote", "person=whisperowner"),
    "/doubles/": ("import=1", "pair=1", "pair=2", "after=1"),
    "/export": ("article=1", "q=whispernote", "q=is:starred", "q=tides"),
    "/opds/articles": ("q=whispernote", "is=starred", "is=unread", "collection=whispercollection"),
    "/unapi": ("id=1", "id=1&format=rdf_zotero", "id=2&format=rdf_zotero"),
    "/export/articles.csl": ("q=whispernote", "q=notes:whispernote", "q=is:starred", "q=tides"),
    "/sign-in/link/": ("sesame=guessed",),
    "/changes/new": ("q=is:starred", "q=whispernote"),
    "/articles/1/tides-0/": ("q=whispernote", "q=lamp", "person=whisperowner", "note-tag=whispertag"),
}  # fmt: skip
"""Pages that answer a search, and what is asked of them that a private note could change."""
TOKEN = r'(csrfmiddlewaretoken" value=|X-CSRFToken&quot;: &quot;|data-csrf=|name="form_key" value=|"token": )"?[\w-]+'
ADMINISTRATION_ASKED = ("q=whisper", "note__contains=whisper", "personal__contains=whisper", "annotations__isnull=0")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_page_tells_what_another_wrote(db, viewer):
    world = World()
    client = _client(viewer)  # once: the administration has a log of who signed in
    before = dict(_answers(client, viewer, world))
    write_privately(world)
    after = dict(_answers(client, viewer, world))
    assert len(after) > 120
    assert after.keys() == before.keys()
    told = {place: found for place, answer in after.items() if place[2] == "" and (found := _secrets(place[0], answer))}
    assert not told, f"private words: {told}"
    changed = {place: _difference(before[place], after[place]) for place in after if after[place] != before[place]}
    assert not changed, f"tells that something was written: {changed}"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_another_wrote_is_not_there(db, viewer):
    world = World()
    write_privately(world)
    client = _client(viewer)
    as_it_was = _stored()
    for path in [*paths_of_what_is_private(), *administration_of_what_is_private()]:
        for ask, accept in (
            (client.get, "text/html"),
            (client.get, "application/ld+json"),
            (client.post, "text/html"),
            (client.post, FRAGMENT),
        ):
            response = ask(path, headers={"Accept": accept})
            assert response.status_code in (302, 401, 403, 404, 405, 410), (path, response.status_code)
            assert not SECRET.search(_text(response)), path
    assert _stored() == as_it_was


def _stored() -> list[dict[str, Any]]:
    models = (Annotation, SavedSearch, BulkChange, Collection, CollectionItem, Device, Token)
    return [each for model in models for each in model.objects.order_by("pk").values()]


def _client(viewer: str) -> Client:
    client = Client()
    name = {"another reader": "reader", "other staff": "keeper"}.get(viewer)
    if name:
        client.force_login(get_user_model().objects.get(username=name), BACKEND)
    return client


Place = tuple[str, str, str]
"""Path, header, and what is asked for that names a private word."""


def _answers(client: Client, viewer: str, world: World) -> Iterator[tuple[Place, str]]:
    of_administration = administration(world)
    if viewer != "other staff":  # all of it asks them to sign in
        of_administration = of_administration[::10]
    for path in [*paths(world), *of_administration]:
        yield (path, "", ""), _text(client.get(path))
        if not path.startswith("/admin/"):
            if path in ASKED or path.startswith("/annotations/"):
                for name, value in (("HX-Request", "true"), ("Accept", "application/ld+json"), ("Accept", FRAGMENT)):
                    yield (path, value, ""), _text(client.get(path, headers={name: value}))
            for asked in ASKED.get(path, ()):
                yield (path, "", asked), _text(client.get(f"{path}?{asked}"))
        elif "?" not in path and viewer == "other staff":
            for asked in ADMINISTRATION_ASKED if path.count("/") == 4 else ():
                yield (path, "", asked), _text(client.get(f"{path}?{asked}"))


def _text(response: Any) -> str:
    """All that a browser is told, but what differs from one request to the next."""
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):  # what is packed is told, too
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    told = [
        str(response.status_code),
        *(f"{name}: {response.get(name, '')}" for name in ("ETag", "Last-Modified", "Location")),
    ]
    text = "\n".join([*told, body.decode("utf-8", "replace")])
    return re.sub(TOKEN, "", text)


def _difference(before: str, after: str) -> list[str]:
    """The lines of a page that differ."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line[:300] for line in lines if not line.startswith(("---", "+++", "@@"))]


def _secrets(path: str, answer: str) -> set[str]:
    """The private words of a page. Who has an account is no secret to those who administer accounts."""
    return set(SECRET.findall(answer)) - ({OWNER} if path.startswith("/admin/") else set())
