"""Builds database rows from the records of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from archive.anchoring import Selector, locate
from archive.annotations.models import Annotation, Change, ImportedMark, Status
from archive.articles.models import Article, ArticleEdit, CiteKey, Publication, Revision
from archive.importing.models import ImportedArticle, ImportRun, ProgramRecord, SourceFile
from archive.importing.preparing import Prepared
from archive.reading.models import ReadingState
from archive.text import RENDERER_VERSION

Record = dict[str, Any]
IDS = {"revision": "revision_id", "anchored_on": "anchored_on_id"}
PLAIN = ("identity", "title", "source_url", "published_precision", "description", "language", "image", "word_count",
         "word_count_stated", "edited_fields", "metadata")  # fmt: skip
OF_ANNOTATION = ("motivation", "exact", "image", "image_alt", "prefix", "suffix", "image_now", "start", "end", "status",
                 "score", "candidates", "colour", "note", "visibility", "version", "imported")  # fmt: skip


class Directory:
    """The people, publications and import runs named in records."""

    def __init__(self) -> None:
        self.people = {person.get_username(): person for person in User.objects.all()}
        self.publications = {publication.name: publication for publication in Publication.objects.all()}
        self.runs = {run.started_at: run for run in ImportRun.objects.all()}
        self.problems: list[tuple[int, str]] = []  # of the runs that came: ids, and the article that the file became

    def run(self, started_at: str | None) -> ImportRun | None:
        """The import run that started at this time."""
        when = moment(started_at)
        return self.runs.get(when) if when else None

    def person(self, name: str) -> User:
        """The person with this name; created without rights or password if unknown."""
        if name not in self.people:
            self.people[name] = User.objects.create_user(name)
        return self.people[name]


def moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def article_of(record: Record, directory: Directory) -> Article:
    """The article's unsaved row."""
    name = record["publication"]
    if name and name not in directory.publications:
        directory.publications[name] = Publication.objects.create(name=name)
    days = {
        key: date.fromisoformat(record[key]) if record[key] else None for key in ("published", "clipped", "modified")
    }
    return Article(
        publication=directory.publications[name] if name else None,
        trashed_at=moment(record["trashed_at"]),
        **{key: record[key] for key in PLAIN},
        **days,
    )


def revision_of(record: Record, article: Article, prepared: Prepared) -> Revision:
    """A revision's row. Derived data comes from its original as this version renders it."""
    return Revision(
        article=article,
        original=prepared.original,
        content_hash=record["sha256"],
        path=record["path"],
        encoding=prepared.encoding,
        html=prepared.html,
        text=prepared.text,
        headings=prepared.headings,
        kind=record.get("kind"),
        images=record["images"],
        renderer_version=RENDERER_VERSION,
    )


def save_relations(record: Record, article: Article, revisions: Sequence[Revision], directory: Directory) -> None:
    """Save everything that belongs to an article and its revisions, with the original timestamps."""
    Article.objects.filter(pk=article.pk).update(created_at=moment(record["created_at"]))
    for revision, told in zip(revisions, record["revisions"], strict=True):
        Revision.objects.filter(pk=revision.pk).update(created_at=moment(told["created_at"]))
    if record["cite_key"] and not CiteKey.objects.filter(key=record["cite_key"]).exists():
        CiteKey.objects.create(article=article, key=record["cite_key"])
    for told in record["edits"]:
        names = ("before", "after", "edited_before", "edited_after")
        person = directory.person(told["person"]) if told["person"] else None
        edit = ArticleEdit.objects.create(article=article, person=person, **{name: told[name] for name in names})
        ArticleEdit.objects.filter(pk=edit.pk).update(made_at=moment(told["made_at"]))
    ReadingState.objects.bulk_create(
        ReadingState(
            article=article, owner=directory.person(told["person"]), position=told["position"],
            read_at=moment(told["read_at"]), starred_at=moment(told["starred_at"]),
        )
        for told in record["reading"]
    )  # fmt: skip
    SourceFile.objects.bulk_create(
        SourceFile(
            article=article, revision=revisions[told["revision"]], location=told["location"], path=told["path"],
            content_hash=told["sha256"], size=told["size"], missing_since=moment(told["missing_since"]),
            run=directory.run(told["run"]),
        )
        for told in record["files"]
    )  # fmt: skip
    run = directory.run(record.get("brought_by"))
    if run is not None:
        ImportedArticle.objects.create(article=article, run=run)
    for told in record.get("program_records", ()):
        _save_program_record(told, article, directory)
    _save_annotations(record, article, revisions, directory)


def _save_program_record(told: Record, article: Article, directory: Directory) -> None:
    owner, saved = directory.person(told["person"]), told["saved"]
    ProgramRecord.objects.get_or_create(
        owner=owner, format=told["format"], key=told["key"],
        defaults={
            "article": article, "saved": date.fromisoformat(saved) if saved else None,
            **{name: told[name] for name in ("content_hash", "tags", "record")},
        },
    )  # fmt: skip


def _save_annotations(record: Record, article: Article, revisions: Sequence[Revision], directory: Directory) -> None:
    saved: dict[str, Annotation] = {}
    # Parents come before their replies.
    for told in sorted(record["annotations"], key=lambda told: told["parent"] is not None):
        annotation = Annotation(
            uuid=UUID(told["uuid"]),
            article=article,
            owner=directory.person(told["person"]),
            parent=saved[told["parent"]] if told["parent"] else None,
            revision=revisions[told["revision"]],
            anchored_on=revisions[told["anchored_on"]],
            trashed_at=moment(told["trashed_at"]),
            **{name: told[name] for name in OF_ANNOTATION},
        )
        if annotation.exact:
            _place(annotation)
        annotation.save()
        if told["tags"]:
            annotation.tags.set(told["tags"])
        moments = {name: moment(told[name]) for name in ("created_at", "modified_at")}
        Annotation.objects.filter(pk=annotation.pk).update(**moments)
        for change in told["history"]:
            _save_change(annotation, change, revisions, directory)
        ImportedMark.objects.bulk_create(ImportedMark(annotation=annotation, key=key) for key in told.get("marks", ()))
        saved[told["uuid"]] = annotation


def _place(annotation: Annotation) -> None:
    """Locate the passage again if this version renders the text differently from the one that exported it."""
    text, end = annotation.anchored_on.text, annotation.end
    is_there = text[annotation.start : end].split() == annotation.exact.split()
    is_other = annotation.is_lost or annotation.status == Status.CHANGED  # then the text does not match the quote
    if (is_there or is_other) and end is not None and end <= len(text):
        return
    there = locate(text, Selector(annotation.exact, annotation.prefix, annotation.suffix))
    if there.start is not None and there.end is not None:
        annotation.start, annotation.end = there.start, there.end
    else:
        annotation.status = Status.ORPHAN


def _save_change(annotation: Annotation, told: Record, revisions: Sequence[Revision], directory: Directory) -> None:
    change = Change.objects.create(
        annotation=annotation,
        person=directory.person(told["person"]),
        before=_with_ids(told["before"], revisions),
        after=_with_ids(told["after"], revisions),
        undone_at=moment(told["undone_at"]),
        batch=UUID(told["batch"]) if told["batch"] else None,
    )
    Change.objects.filter(pk=change.pk).update(made_at=moment(told["made_at"]))


def _with_ids(state: Mapping[str, Any] | None, revisions: Sequence[Revision]) -> dict[str, Any] | None:
    """The state with database ids in place of indexes in the list of revisions."""
    if state is None:
        return None
    return {IDS.get(name, name): revisions[value].pk if name in IDS and value is not None else value
            for name, value in state.items()}  # fmt: skip
