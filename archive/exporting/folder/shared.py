"""What belongs to no single article: people, publications, saved searches, import runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model

from archive.annotations.models import ColourMeaning
from archive.articles.models import Publication
from archive.curating.models import Collection, SavedSearch
from archive.exporting.folder.records import Record, moment
from archive.importing.models import ImportRun

_OF_PERSON = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")
_OF_RUN = (
    "state", "paths", "total", "done", "last_path", "created", "updated", "unchanged", "moved", "missing", "failed",
    "skipped", "warnings", "annotations", "highlights", "states", "ignored", "ignored_paths", "error",
)  # fmt: skip


def shared_records() -> Iterator[tuple[str, list[Record]]]:
    """The files below `.commonplace`, each with its records. Passwords, sessions and secret addresses are in none."""
    yield "people", [_person(person) for person in get_user_model()._default_manager.order_by("pk")]
    publications = Publication.objects.order_by("name", "pk")
    yield "publications", [{"name": each.name, "host": each.host} for each in publications]
    yield "saved-searches", [_saved_search(each) for each in SavedSearch.objects.order_by("pk")]
    yield "collections", [_collection(each) for each in Collection.objects.order_by("pk")]
    yield "import-runs", [_run(run) for run in ImportRun.objects.order_by("pk")]


def _person(person: Any) -> Record:
    meanings = ColourMeaning.objects.filter(owner=person).order_by("colour")
    return {
        **{name: getattr(person, name) for name in _OF_PERSON},
        "joined_at": moment(person.date_joined),
        "colours": {each.colour: each.meaning for each in meanings},
    }


def _saved_search(saved: SavedSearch) -> Record:
    return {
        "person": saved.owner.get_username(),
        "name": saved.name,
        "address": saved.address,
        "created_at": moment(saved.created_at),
    }


def _collection(collection: Collection) -> Record:
    items = collection.items.order_by("position").values_list("article__identity", "added_at")
    return {
        "person": collection.owner.get_username(),
        **{name: getattr(collection, name) for name in ("name", "note", "visibility", "version")},
        "created_at": moment(collection.created_at),
        "deleted_at": moment(collection.deleted_at),
        "articles": [{"identity": identity, "added_at": moment(added_at)} for identity, added_at in items],
    }


def _run(run: ImportRun) -> Record:
    problems = run.problems.order_by("pk").values("path", "line", "severity", "code", "message")
    return {
        **{name: getattr(run, name) for name in _OF_RUN},
        "person": run.started_by.get_username() if run.started_by else None,
        "started_at": moment(run.started_at),
        "finished_at": moment(run.finished_at),
        "problems": list(problems),
    }
