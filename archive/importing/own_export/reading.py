"""Reads the folder: people and runs first, then articles, in batches of one transaction each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from archive.annotations.models import ColourMeaning
from archive.articles.bylines import set_authors
from archive.articles.models import Article, Publication
from archive.articles.turns import in_portions, take_turn
from archive.curating.models import Collection, CollectionItem, SavedSearch
from archive.importing.attachments import attach
from archive.importing.models import ImportProblem, ImportRun
from archive.importing.own_export.doubles import take_in_doubles
from archive.importing.own_export.records import Directory, Record, article_of, moment, revision_of, save_relations
from archive.importing.pictures import Picture, keep, media_type
from archive.importing.preparing import Job, Prepared, Refused
from archive.importing.problems import ERROR, Problem
from archive.importing.roots import NothingToImport
from archive.importing.tags import Tags
from archive.importing.workers import Workers
from archive.search import index

INSIDE = ".commonplace"
FORMAT = 1
AT_ONCE = 50  # articles per transaction

Report = Callable[[str, Problem | None], None]
"""Called with the outcome of each article (created, unchanged, failed) and its problem, if any."""


def is_own_export(path: Path) -> bool:
    """Whether `export_archive` wrote this folder."""
    return (path / INSIDE / "format.json").is_file()


def count_records(folder: Path) -> int:
    return sum(1 for _ in (folder / INSIDE / "articles").glob("*/*.json"))


def take_in(folder: Path, workers: Workers, report: Report) -> None:
    """Import every article that the archive does not have, with everything known about it; existing ones are left
    alone.

    Raises NothingToImport for a folder written by a newer version.
    """
    if _read(folder / INSIDE / "format.json").get("format") != FORMAT:
        raise NothingToImport(
            f"{folder} was exported by a newer version of Commonplace, or its format.json is damaged."
        )
    directory = Directory()
    with transaction.atomic():
        take_turn()
        _take_in_shared(folder, directory)
    paths = iter(sorted((folder / INSIDE / "articles").glob("*/*.json")))
    while portion := list(islice(paths, AT_ONCE)):
        _take_in_portion(folder, portion, workers, directory, report)
    with transaction.atomic():
        take_turn()
        _take_in_collections(folder, directory)
        _connect_problems(directory)
        take_in_doubles(_records(folder, "doubles"), directory)


def _take_in_portion(folder: Path, paths: list[Path], workers: Workers, directory: Directory, report: Report) -> None:
    known = set(Article.objects.filter(identity__in=[path.stem for path in paths]).values_list("identity", flat=True))
    records = []
    for path in paths:
        if path.stem in known:
            report("unchanged", None)
        elif (record := _read(path)).get("identity") == path.stem:
            records.append(record)
        else:
            report("failed", _problem(path.name, "The record is damaged. It was skipped."))
    prepared = _prepared(folder, records, workers)
    with transaction.atomic():
        take_turn()
        for record in records:
            outcomes = [next(prepared) for _ in record["revisions"]]
            refused = [outcome for outcome in outcomes if not isinstance(outcome, Prepared)]
            if refused:
                report("failed", _problem(record["file"], refused[0]))
                continue
            _save(folder, record, [each for each in outcomes if isinstance(each, Prepared)], directory)
            report("created", None)
    index.refresh()


def _prepared(folder: Path, records: list[Record], workers: Workers) -> Iterator[Prepared | str]:
    """The rendered originals, or why they cannot be read, in the order of the records."""
    originals = [_original(folder, revision) for record in records for revision in record["revisions"]]
    told = [(record, revision) for record in records for revision in record["revisions"]]
    for _, revision in told:
        _keep_pictures(folder, revision)
    jobs = [
        (_job(record, revision, data), len(data))
        for (record, revision), data in zip(told, originals, strict=True)
        if data is not None
    ]
    outcomes = workers.prepare(iter(jobs))
    for data in originals:
        if data is None:
            yield "The original file is missing or damaged. The article was skipped."
            continue
        outcome = next(outcomes)
        if isinstance(outcome, Refused):
            yield outcome.problem.message
        else:
            yield outcome if isinstance(outcome, Prepared) else "The original file is not an article. It was skipped."


def _job(record: Record, revision: Record, data: bytes) -> Job:
    """Rendering an original again. One that is no Markdown does not say what its page was."""
    job = Job(revision["path"], original=data, pictures=revision["images"], keep_in=settings.DATA_DIR)
    if (kind := revision.get("kind")) is None:
        return job
    return replace(job, kind=kind, url=record["source_url"], title=record["title"])


def _save(folder: Path, record: Record, prepared: list[Prepared], directory: Directory) -> None:
    article = article_of(record, directory)
    article.save()
    revisions = [revision_of(told, article, each) for told, each in zip(record["revisions"], prepared, strict=True)]
    for revision in revisions:
        revision.save()
    if record["current"] is not None:
        article.revision = revisions[record["current"]]
        article.save(update_fields=["revision"])
    set_authors({article.pk: record["authors"]})
    Tags().set({article.pk: record["tags"]})
    attach(
        [(revision.pk, _pictures(folder, told)) for revision, told in zip(revisions, record["revisions"], strict=True)]
    )
    save_relations(record, article, revisions, directory)


def _original(folder: Path, revision: Record) -> bytes | None:
    """The bytes of a revision, if they are those that were exported."""
    digest = str(revision["sha256"])
    try:
        data = (folder / INSIDE / "originals" / digest[:2] / Path(digest).name).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def _pictures(folder: Path, revision: Record) -> list[Picture]:
    """The images of a revision, identified by the content of their files in the folder."""
    found = []
    for sha256 in revision["attachments"]:
        for path in (folder / "pictures").glob(f"{Path(sha256).name}.*"):
            data = path.read_bytes()
            kind = media_type(data)
            if kind and hashlib.sha256(data).hexdigest() == sha256:
                found.append(Picture(sha256, kind, len(data)))
    return found


def _keep_pictures(folder: Path, revision: Record) -> None:
    for picture in _pictures(folder, revision):
        (path,) = (folder / "pictures").glob(f"{picture.sha256}.*")
        keep(settings.DATA_DIR, picture.file_name, path.read_bytes())


def _take_in_shared(folder: Path, directory: Directory) -> None:
    names = ("first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")
    for told in _records(folder, "people"):
        if told["username"] in directory.people:
            continue
        person = User(username=told["username"], **{name: told[name] for name in names})
        person.set_unusable_password()
        person.date_joined = moment(told["joined_at"]) or person.date_joined
        person.save()
        directory.people[person.username] = person
        ColourMeaning.objects.bulk_create(
            ColourMeaning(owner=person, colour=colour, meaning=meaning) for colour, meaning in told["colours"].items()
        )
    for told in _records(folder, "publications"):
        if told["name"] not in directory.publications:
            directory.publications[told["name"]] = Publication.objects.create(name=told["name"], host=told["host"])
    for told in _records(folder, "saved-searches"):
        made, is_new = SavedSearch.objects.get_or_create(
            owner=directory.person(told["person"]), name=told["name"], defaults={"address": told["address"]}
        )
        if is_new:
            SavedSearch.objects.filter(pk=made.pk).update(created_at=moment(told["created_at"]))
    _take_in_runs(folder, directory)


def _take_in_collections(folder: Path, directory: Directory) -> None:
    """Collections whose owner has none with the same name, with those of their articles that are here."""
    for told in _records(folder, "collections"):
        owner, deleted_at = directory.person(told["person"]), moment(told["deleted_at"])
        if Collection.objects.filter(owner=owner, name=told["name"], deleted_at=deleted_at).exists():
            continue
        fields = {name: told[name] for name in ("name", "note", "visibility", "version")}
        made = Collection.objects.create(owner=owner, deleted_at=deleted_at, **fields)
        Collection.objects.filter(pk=made.pk).update(created_at=moment(told["created_at"]))
        added = {each["identity"]: moment(each["added_at"]) for each in told["articles"]}
        ids = dict(Article.objects.filter(identity__in=added).values_list("identity", "pk"))
        for position, identity in enumerate(identity for identity in added if identity in ids):
            item = CollectionItem.objects.create(collection=made, article_id=ids[identity], position=position)
            CollectionItem.objects.filter(pk=item.pk).update(added_at=added[identity])


def _take_in_runs(folder: Path, directory: Directory) -> None:
    of_files = {"person", "problems", "started_at", "finished_at"}
    for told in _records(folder, "import-runs"):
        started_at = moment(told["started_at"])
        if started_at is None or started_at in directory.runs:
            continue
        person = directory.person(told["person"]) if told["person"] else None
        fields = {name: value for name, value in told.items() if name not in of_files}
        run = ImportRun.objects.create(
            started_by=person, started_at=started_at, finished_at=moment(told["finished_at"]), **fields
        )
        identities = [problem.pop("article", None) for problem in told["problems"]]
        made = ImportProblem.objects.bulk_create(
            ImportProblem.of(run, Problem(**problem)) for problem in told["problems"]
        )
        directory.problems += [
            (problem.pk, identity) for problem, identity in zip(made, identities, strict=True) if identity
        ]
        directory.runs[started_at] = run


def _connect_problems(directory: Directory) -> None:
    """Have the problems of the runs that came lead to the articles, which came after them."""
    for some in in_portions(directory.problems, AT_ONCE):
        ids = dict(Article.objects.filter(identity__in={each for _, each in some}).values_list("identity", "pk"))
        for pk, identity in some:
            ImportProblem.objects.filter(pk=pk).update(article=ids.get(identity))


def _records(folder: Path, name: str) -> list[Record]:
    try:
        found = json.loads((folder / INSIDE / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) else []


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _problem(path: str, message: str) -> Problem:
    return Problem(path, None, ERROR, "own-export", message)
