"""Every address of the archive and of its administration, filled in for a `World`."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from archive.accounts.models import Device, Token
from archive.annotations.models import Annotation
from archive.curating.models import BulkChange, Collection, SavedSearch
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.notes_formats import NOTES_FORMATS
from tests.web.private_world import OWNER, World


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


def paths(world: World) -> list[str]:
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
        "doubles": [{"pk": 1}],
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


def administration(world: World) -> list[str]:
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


def paths_of_what_is_private() -> list[str]:
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


def administration_of_what_is_private() -> list[str]:
    return [
        reverse(f"admin:annotations_annotation_{page}", args=[annotation.pk])
        for annotation in Annotation.objects.filter(owner__username=OWNER)
        for page in ("change", "history", "delete")
    ]
