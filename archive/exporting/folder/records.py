"""What Markdown cannot hold of an article, as JSON: docs/archive-format.md describes every key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from archive.annotations.models import Change
from archive.articles.models import ArticleEdit, Attachment, Revision
from archive.exporting.folder.reading import People, Runs, Whole
from archive.importing.models import ProgramRecord, SourceFile
from archive.reading.models import ReadingState

Record = dict[str, Any]
REVISION_KEYS = {"revision_id": "revision", "anchored_on_id": "anchored_on"}
PLAIN = ("title", "source_url", "published_precision", "description", "language", "image", "word_count",
         "word_count_stated", "edited_fields", "metadata")  # fmt: skip
DAYS = ("published", "clipped", "modified")
OF_ANNOTATION = ("motivation", "exact", "image", "image_alt", "prefix", "suffix", "image_now", "start", "end", "status",
                 "score", "candidates", "colour", "note", "visibility", "version", "imported")  # fmt: skip


def moment(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def article_record(whole: Whole, file: str, people: People, runs: Runs) -> Record:
    """All that is known of an article, but for bytes."""
    article = whole.article
    numbers = {revision.pk: number for number, revision in enumerate(whole.revisions)}
    return {
        "identity": article.identity,
        "file": file,
        "created_at": moment(article.created_at),
        "trashed_at": moment(article.trashed_at),
        "cite_key": article.cite_key.key if hasattr(article, "cite_key") else None,
        **{name: getattr(article, name) for name in PLAIN},
        **{name: day.isoformat() if (day := getattr(article, name)) else None for name in DAYS},
        "publication": article.publication.name if article.publication else None,
        "authors": whole.authors,
        "tags": whole.tags,
        "current": numbers[article.revision_id] if article.revision_id else None,
        "revisions": [_revision(revision, whole.attachments[revision.pk]) for revision in whole.revisions],
        "edits": [_edit(edit, people) for edit in whole.edits],
        "reading": [_reading(state, people) for state in whole.states],
        "annotations": _annotations(whole, numbers, people),
        "files": [_source(source, numbers, runs) for source in whole.sources],
        "brought_by": moment(runs.of(whole.brought_by)),
        "program_records": [_program_record(record, people) for record in whole.program_records],
    }


def _revision(revision: Revision, attachments: list[Attachment]) -> Record:
    return {
        "sha256": revision.content_hash,
        "path": revision.path,
        "encoding": revision.encoding,
        "kind": revision.kind,
        "images": revision.images,
        "attachments": sorted(attachment.sha256 for attachment in attachments),
        "created_at": moment(revision.created_at),
    }


def _edit(edit: ArticleEdit, people: People) -> Record:
    names = ("before", "after", "edited_before", "edited_after")
    return {
        "person": people.of(edit.person_id),
        "made_at": moment(edit.made_at),
        **{name: getattr(edit, name) for name in names},
    }


def _reading(state: ReadingState, people: People) -> Record:
    return {
        "person": people.of(state.owner_id),
        "position": state.position,
        "read_at": moment(state.read_at),
        "starred_at": moment(state.starred_at),
    }


def _annotations(whole: Whole, numbers: Mapping[int, int], people: People) -> list[Record]:
    uuids = {annotation.pk: str(annotation.uuid) for annotation in whole.annotations}
    return [
        {
            "uuid": uuids[annotation.pk],
            "person": people.of(annotation.owner_id),
            "parent": uuids.get(annotation.parent_id) if annotation.parent_id else None,
            "revision": numbers[annotation.revision_id],
            "anchored_on": numbers[annotation.anchored_on_id],
            **{name: getattr(annotation, name) for name in OF_ANNOTATION},
            "tags": annotation.tag_names,
            "created_at": moment(annotation.created_at),
            "modified_at": moment(annotation.modified_at),
            "trashed_at": moment(annotation.trashed_at),
            "history": [_change(each, numbers, people) for each in whole.changes[annotation.pk]],
            "marks": whole.marks[annotation.pk],
        }
        for annotation in whole.annotations
    ]


def _change(change: Change, numbers: Mapping[int, int], people: People) -> Record:
    return {
        "person": people.of(change.person_id),
        "made_at": moment(change.made_at),
        "undone_at": moment(change.undone_at),
        "batch": str(change.batch) if change.batch else None,
        "before": _with_numbers(change.before, numbers),
        "after": _with_numbers(change.after, numbers),
    }


def _with_numbers(state: Record | None, numbers: Mapping[int, int]) -> Record | None:
    """A state with places in the list of revisions for ids of the database."""
    if state is None:
        return None
    return {REVISION_KEYS.get(name, name): numbers.get(value) if name in REVISION_KEYS else value
            for name, value in state.items()}  # fmt: skip


def _source(source: SourceFile, numbers: Mapping[int, int], runs: Runs) -> Record:
    return {
        "location": source.location,
        "path": source.path,
        "sha256": source.content_hash,
        "size": source.size,
        "revision": numbers[source.revision_id],
        "run": moment(runs.of(source.run_id)),
        "missing_since": moment(source.missing_since),
    }


def _program_record(record: ProgramRecord, people: People) -> Record:
    """What another program's export said of the article, to the person who imported it."""
    return {
        "person": people.of(record.owner_id),
        **{name: getattr(record, name) for name in ("format", "key", "content_hash", "tags", "record")},
        "saved": record.saved.isoformat() if record.saved else None,
    }
