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
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from archive.accounts import tokens
from archive.accounts.models import Device, Token
from archive.annotations import writing
from archive.annotations.models import Annotation, Visibility
from archive.curating import bulk_changes, collections, saved_searches
from archive.curating.models import BulkChange, Collection, CollectionItem, SavedSearch, Verb
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.notes_formats import NOTES_FORMATS
from archive.importing.models import ImportProblem, ImportRun
from archive.query import parse
from archive.reading import marking
from archive.search import index
from archive.web.answers import FRAGMENT
from tests.factories import annotation, article

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("public"),
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),  # of the administration
]

SECRET = re.compile("whisper[a-z]+", re.IGNORECASE)
"""Every private word, tag and name begins so: long enough that no random address or token has it by chance."""
OWNER = "whisperowner"
BACKEND = "django.contrib.auth.backends.ModelBackend"
VIEWERS = ("another reader", "other staff", "a visitor")
TEXT = "Tides rise twice a day. The lamp burned all night. Nobody slept in the harbour, and nobody spoke of bread."
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
    _write_privately(world)
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
    _write_privately(world)
    client = _client(viewer)
    as_it_was = _stored()
    for path in [*_paths_of_what_is_private(), *_administration_of_what_is_private()]:
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


class World:
    """What there is before: articles, and what its owner shared once and took back."""

    def __init__(self) -> None:
        people = get_user_model().objects
        self.owner = people.create_user(OWNER)
        self.reader = people.create_user("reader")
        self.keeper = people.create_superuser("keeper")
        self.forgetful = people.create_user("forgetful")
        self.reset_token = default_token_generator.make_token(self.forgetful)
        Client(headers={"User-Agent": "whisperbrowser"}).force_login(self.owner, BACKEND)
        tokens.make(self.owner, "whisperprogram", ["read"])
        self.articles = [
            article(title=f"Tides {number}", text=f"{TEXT} {number}", tags=("sea/tides",), publication="Post",
                    authors=("Ada Brook",))
            for number in range(3)
        ]  # fmt: skip
        first = self.articles[0]
        for person in (self.reader, self.keeper):
            annotation(first, person, quote="lamp burned", note="Mine", tags=("own",))
        self.run = ImportRun.objects.create(state=ImportRun.State.FINISHED, total=1, done=1)
        ImportProblem.objects.create(run=self.run, path="a.md", severity="notice", code="x", message="m")
        # Shared, answered, and then made private; and shared, and then thrown away.
        hidden = annotation(
            first, self.owner, quote="Nobody slept", note="whisperhidden", tags=("whisperhiddentag",), shared=True
        )
        writing.reply(self.reader, hidden, "My answer")
        writing.edit(self.owner, hidden, version=hidden.version, visibility=Visibility.PRIVATE)
        trashed = annotation(
            first, self.owner, quote="twice a day", note="whispertrashed", tags=("whispertrashedtag",), shared=True
        )
        writing.reply(self.owner, trashed, "whisperanswer")
        writing.trash(self.owner, trashed)
        # A collection of somebody else's, and one that was shared and then made private.
        own = collections.create(self.reader, "Mine")
        shared = collections.create(self.owner, "whispercollection")
        collections.edit(
            self.owner, shared.pk, version=1, name="whispercollection", note="whisperintro", visibility="shared"
        )
        for person, made in ((self.reader, own), (self.owner, shared)):
            collections.add(person, made.pk, [each.pk for each in self.articles])
        collections.edit(self.owner, shared.pk, version=2, name="whispercollection", note="", visibility="private")
        self.collections = [own.pk, shared.pk]
        self.taken_back = [str(hidden.uuid), str(trashed.uuid)]
        index.refresh()
        self._ids = {model: set(model._default_manager.values_list("pk", flat=True)) for model in admin.site._registry}

    def ids_before(self, app: str, model: str) -> set[Any]:
        return self._ids[apps.get_model(app, model)]


def _write_privately(world: World) -> None:
    owner, (first, second, third) = world.owner, world.articles
    made = annotation(
        first, owner, quote="The lamp burned", note="whispernote whispernotes lamp tides", tags=("whispertag", "sea")
    )
    writing.edit(
        owner,
        made,
        version=made.version,
        note="whisperlater tides",
        tags=["whisperlatertag", "whispertag"],
        colour="red",
    )
    writing.reply(owner, made, "whisperreply")
    annotation(second, owner, note="whisperwhole tides tides tides", tags=("whisperwholetag",))
    writing.trash(owner, annotation(second, owner, quote="Nobody slept", note="whisperthrown"))
    shared_by_reader = annotation(second, owner, note="whisperonce", shared=False)
    writing.edit(owner, shared_by_reader, version=1, tags=["whisperoncetag"])
    writing.name_colours(owner, {"red": "whispermeaning"})
    marking.star(owner, [first.pk])
    marking.mark_read(owner, [second.pk])
    made = collections.create(owner, "whisperlist")
    collections.edit(owner, made.pk, version=1, name="whisperlists", note="whisperabout", visibility="private")
    collections.add(owner, made.pk, [third.pk, first.pk])
    saved_searches.keep(owner, "whispersearch", "q=whisperaddress")
    change = bulk_changes.begin(owner, Verb.STAR, parse("tides").node, "q=whisperbulk")
    bulk_changes.work(owner, change.pk)
    assert third.pk
    index.refresh()


def _client(viewer: str) -> Client:
    client = Client()
    name = {"another reader": "reader", "other staff": "keeper"}.get(viewer)
    if name:
        client.force_login(get_user_model().objects.get(username=name), BACKEND)
    return client


Place = tuple[str, str, str]
"""Path, header, and what is asked for that names a private word."""


def _answers(client: Client, viewer: str, world: World) -> Iterator[tuple[Place, str]]:
    administration = _administration(world)
    if viewer != "other staff":  # all of it asks them to sign in
        administration = administration[::10]
    for path in [*_paths(world), *administration]:
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


def _routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address of `urls.py` and of the administration, with its arguments in angle brackets."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def _of_accounts() -> list[Any]:
    """What the owner's account page has: browsers, and tokens."""
    return [
        uuid
        for model in (Device, Token)
        for uuid in model.objects.filter(owner__username=OWNER).values_list("uuid", flat=True)
    ]


def _filled(route: str, values: dict[str, object]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), route)


def _paths(world: World) -> list[str]:
    """The addresses of `urls.py`. Raises KeyError for a route whose arguments are not known."""
    first = world.articles[0]
    mine = Annotation.objects.exclude(owner=world.owner).values_list("uuid", flat=True)
    revision = first.revision_id
    of_article = {"pk": first.pk, "revision_pk": revision, "old_pk": revision, "new_pk": revision, "edit_pk": 1}
    known: dict[str, list[dict[str, object]]] = {
        "filters": [{"name": name} for name in ("tag", "site", "author", "year")],
        "articles": [{**of_article, "slug": first.slug, "format": format} for format in BIBLIOGRAPHIES],
        "annotations": [{"uuid": uuid} for uuid in (*mine, *world.taken_back)],
        "searches": [{"pk": number} for number in (1, 2)],
        "changes": [{"pk": number} for number in (1, 2)],
        "collections": [
            {"pk": number, "format": format} for number in world.collections for format in ("zip", *NOTES_FORMATS)
        ],
        "feeds": [{"secret": "guessed"}],
        "notebook": [{"format": format} for format in ("zip", *NOTES_FORMATS, *BIBLIOGRAPHIES)],
        "export": [{"format": format} for format in ("epub", "zip", "bookmarks", *BIBLIOGRAPHIES)],
        "opds": [{"pk": number} for number in (first.pk, *world.collections)],
        "attachments": [{"sha256": "0" * 64}],
        "imports": [{"pk": world.run.pk}],
        "account": [{"uuid": uuid} for uuid in _of_accounts()],
        # A good link of somebody's own, where it leads, and then the same with another's number.
        "sign-in": [
            {"uidb64": urlsafe_base64_encode(force_bytes(person.pk)), "token": token}
            for person in (world.forgetful, world.owner)
            for token in (world.reset_token, "set-password")
        ],
    }
    routes = [route for route in _routes() if not route.startswith("admin/")]
    paths = (
        _filled(route, values) for route in routes for values in (known[route.split("/")[0]] if "<" in route else [{}])
    )
    return list(dict.fromkeys(paths))


def _administration(world: World) -> list[str]:
    """The addresses of the administration, with every object of each model that it shows."""
    paths = []
    for route in _routes():
        if not route.startswith("admin/"):
            continue
        if "<" not in route:
            paths.append(f"/{route}")
        elif route == "admin/r/<path:shortcut>":
            kinds = [ContentType.objects.get_for_model(model).pk for model in apps.get_models()]
            paths += [f"/admin/r/{kind}/{number}/" for kind in kinds for number in (1, 4, 8)]
        elif found := re.match(r"admin/(\w+)/(\w+)/<", route):
            ids = sorted(world.ids_before(found[1], found[2]))[:2]
            paths += [_filled(route, {"object_id": pk, "id": pk}) for pk in ids]
        else:
            assert route.startswith(("admin/r/", "admin/^", "admin/(?P<url>")), f"What are the arguments of {route}?"
    return paths + _completions_of_administration()


def _completions_of_administration() -> list[str]:
    return [
        f"/admin/autocomplete/?app_label={model._meta.app_label}&model_name={model._meta.model_name}"
        f"&field_name={field.name}&term={term}"
        for model in apps.get_models()
        if model.__module__.startswith("archive.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model in admin.site._registry
        for term in ("", "whisper")
    ]


def _paths_of_what_is_private() -> list[str]:
    """Of what the owner alone may see: each address that has its number."""
    numbers = {
        "annotations": Annotation.objects.filter(owner__username=OWNER).values_list("uuid", flat=True),
        "searches": SavedSearch.objects.values_list("pk", flat=True),
        "changes": BulkChange.objects.values_list("pk", flat=True),
        "collections": Collection.objects.filter(owner__username=OWNER).values_list("pk", flat=True),
        "account": _of_accounts(),
    }
    routes = [route for route in _routes() if "<" in route and route.split("/")[0] in numbers]
    assert len(routes) > 12
    return [
        _filled(route, {"uuid": number, "pk": number, "format": "md"})
        for route in routes
        for number in numbers[route.split("/")[0]]
    ]


def _administration_of_what_is_private() -> list[str]:
    return [
        reverse(f"admin:annotations_annotation_{page}", args=[annotation.pk])
        for annotation in Annotation.objects.filter(owner__username=OWNER)
        for page in ("change", "history", "delete")
    ]
