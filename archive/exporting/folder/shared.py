"""What belongs to no single article: people, publications, saved searches, collections, decisions about doubles, import
runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model

from archive.annotations.models import ColourMeaning
from archive.articles.models import Article, Publication, Revision
from archive.curating.models import Collection, DoublePair, SavedSearch
from archive.exporting.folder.reading import People, Runs
from archive.exporting.folder.records import Record, moment
from archive.importing.models import ImportRun, SourceFile

_OF_PERSON = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")
_OF_RUN = (
    "kind", "state", "paths", "total", "done", "last_path", "created", "updated", "unchanged", "moved", "missing",
    "failed", "skipped", "warnings", "annotations", "highlights", "states", "ignored", "ignored_paths", "error",
)  # fmt: skip


class Selection:
    """The articles that an export holds, for what is told beside them."""

    def __init__(self) -> None:
        self.identities: set[str] = set()
        self.publications: set[int] = set()

    def add(self, article: Article) -> None:
        self.identities.add(article.identity)
        if article.publication_id is not None:
            self.publications.add(article.publication_id)


def shared_records(selection: Selection | None, people: People, runs: Runs) -> Iterator[tuple[str, list[Record]]]:
    """The files below `.commonplace`, each with its records. Passwords, sessions and secret addresses are in none.

    With a selection they hold what these articles have to do with: their publications, the collections they are in,
    the imports that `runs` has come upon, and at last the people that `people` has. Saved searches belong to none.
    """
    publications = Publication.objects.order_by("name", "pk")
    yield (
        "publications",
        [
            {"name": each.name, "host": each.host}
            for each in publications
            if selection is None or each.pk in selection.publications
        ],
    )
    saved = SavedSearch.objects.order_by("pk") if selection is None else ()
    yield "saved-searches", [_saved_search(each, people) for each in saved]
    yield "collections", list(_collections(selection, people))
    yield "doubles", list(_doubles(selection, people))
    yield (
        "import-runs",
        [
            _run(run, selection, people)
            for run in ImportRun.objects.order_by("pk")
            if selection is None or run.pk in runs
        ],
    )
    everybody = get_user_model()._default_manager.order_by("pk")
    yield "people", [_person(person) for person in everybody if selection is None or person.pk in people]


def _person(person: Any) -> Record:
    meanings = ColourMeaning.objects.filter(owner=person).order_by("colour")
    return {
        **{name: getattr(person, name) for name in _OF_PERSON},
        "joined_at": moment(person.date_joined),
        "colours": {each.colour: each.meaning for each in meanings},
    }


def _saved_search(saved: SavedSearch, people: People) -> Record:
    return {
        "person": people.of(saved.owner_id),
        "name": saved.name,
        "address": saved.address,
        "created_at": moment(saved.created_at),
    }


def _collections(selection: Selection | None, people: People) -> Iterator[Record]:
    for collection in Collection.objects.order_by("pk"):
        items = collection.items.order_by("position").values_list("article__identity", "added_at")
        articles = [
            {"identity": identity, "added_at": moment(added_at)}
            for identity, added_at in items
            if selection is None or identity in selection.identities
        ]
        if selection is None or articles:
            yield {
                "person": people.of(collection.owner_id),
                **{name: getattr(collection, name) for name in ("name", "note", "visibility", "version")},
                "created_at": moment(collection.created_at),
                "deleted_at": moment(collection.deleted_at),
                "articles": articles,
            }


def _doubles(selection: Selection | None, people: People) -> Iterator[Record]:
    decided = DoublePair.objects.exclude(state=DoublePair.State.FOUND).order_by("decided_at", "pk")
    pairs = decided.select_related("first", "second", "kept")
    for pair in pairs.defer("first__metadata", "second__metadata", "kept__metadata"):
        if selection is None or {each.identity for each in pair.articles} <= selection.identities:
            yield _pair(pair, people)


def _pair(pair: DoublePair, people: People) -> Record:
    """What a person decided about two articles. Of a join, the revisions and files that were the other article's, by
    their places among the revisions of the article that has them now."""
    first, second = sorted((pair.first.identity, pair.second.identity))
    told: Record = {
        "first": first,
        "second": second,
        "likeness": pair.likeness,
        "state": pair.state,
        "person": people.of(pair.decided_by_id),
        "decided_at": moment(pair.decided_at),
        "found_at": moment(pair.found_at),
        "kept": pair.kept.identity if pair.kept else None,
    }
    if pair.kept is not None:
        holder = pair.kept.joined_into_id or pair.kept.pk
        numbers = {
            pk: number
            for number, pk in enumerate(
                Revision.objects.filter(article=holder).order_by("pk").values_list("pk", flat=True)
            )
        }
        record = pair.record
        files = SourceFile.objects.filter(pk__in=record["files"]).order_by("pk")
        joined = Article.objects.filter(pk__in=record["joined"]).order_by("identity")
        told |= {
            "revisions": [numbers[pk] for pk in record["revisions"] if pk in numbers],
            "current": numbers.get(record["revision"]),
            "files": list(files.values_list("location", flat=True)),
            "joined": list(joined.values_list("identity", flat=True)),
        }
    return told


def _run(run: ImportRun, selection: Selection | None, people: People) -> Record:
    return {
        **{name: getattr(run, name) for name in _OF_RUN},
        "person": people.of(run.started_by_id),
        "started_at": moment(run.started_at),
        "finished_at": moment(run.finished_at),
        "problems": [
            {**problem, "article": identity}
            for problem, identity in _problems(run)
            if selection is None or identity in selection.identities
        ],
    }


def _problems(run: ImportRun) -> Iterator[tuple[Record, str | None]]:
    names = ("path", "line", "severity", "code", "message")
    for problem in run.problems.order_by("pk").values(*names, "article__identity"):
        identity = problem.pop("article__identity")
        yield problem, identity
