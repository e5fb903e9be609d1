"""What Markdown cannot hold of an article, as JSON: docs/archive-format.md describes every key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from archive.annotations.models import Annotation
from archive.articles.models import Article, Revision
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


def article_record(article: Article, file: str, tags: Sequence[str], authors: Sequence[str]) -> Record:
    """All that is known of an article, but for bytes; its relations are prefetched by the caller."""
    revisions = sorted(article.revisions.all(), key=lambda revision: revision.pk)
    numbers = {revision.pk: number for number, revision in enumerate(revisions)}
    return {
        "identity": article.identity,
        "file": file,
        "created_at": moment(article.created_at),
        "trashed_at": moment(article.trashed_at),
        "cite_key": article.cite_key.key if hasattr(article, "cite_key") else None,
        **{name: getattr(article, name) for name in PLAIN},
        **{name: day.isoformat() if (day := getattr(article, name)) else None for name in DAYS},
        "publication": article.publication.name if article.publication else None,
        "authors": list(authors),
        "tags": list(tags),
        "current": numbers[article.revision_id] if article.revision_id else None,
        "revisions": [_revision(revision) for revision in revisions],
        "edits": [_edit(edit) for edit in sorted(article.edits.all(), key=lambda edit: edit.pk)],
        "reading": [_reading(state) for state in sorted(article.reading_states.all(), key=lambda state: state.pk)],
        "annotations": _annotations(article.annotations.all(), numbers),
        "files": [_source(source, numbers) for source in sorted(article.source_files.all(), key=lambda each: each.pk)],
    }


def _revision(revision: Revision) -> Record:
    return {
        "sha256": revision.content_hash,
        "path": revision.path,
        "encoding": revision.encoding,
        "images": revision.images,
        "attachments": sorted(attachment.sha256 for attachment in revision.attachments.all()),
        "created_at": moment(revision.created_at),
    }


def _edit(edit: Any) -> Record:
    names = ("before", "after", "edited_before", "edited_after")
    who = edit.person.get_username() if edit.person else None
    return {"person": who, "made_at": moment(edit.made_at), **{name: getattr(edit, name) for name in names}}


def _reading(state: ReadingState) -> Record:
    return {
        "person": state.owner.get_username(),
        "position": state.position,
        "read_at": moment(state.read_at),
        "starred_at": moment(state.starred_at),
    }


def _annotations(found: Iterable[Annotation], numbers: Mapping[int, int]) -> list[Record]:
    annotations = in_order(found)
    uuids = {annotation.pk: str(annotation.uuid) for annotation in annotations}
    return [
        {
            "uuid": str(annotation.uuid),
            "person": annotation.owner.get_username(),
            "parent": uuids.get(annotation.parent_id) if annotation.parent_id else None,
            "revision": numbers[annotation.revision_id],
            "anchored_on": numbers[annotation.anchored_on_id],
            **{name: getattr(annotation, name) for name in OF_ANNOTATION},
            "tags": annotation.tag_names,
            "created_at": moment(annotation.created_at),
            "modified_at": moment(annotation.modified_at),
            "trashed_at": moment(annotation.trashed_at),
            "history": [_change(each, numbers) for each in sorted(annotation.changes.all(), key=lambda each: each.pk)],
        }
        for annotation in annotations
    ]


def in_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    """As they were made, whatever numbers a database gave them."""
    return sorted(annotations, key=lambda annotation: (annotation.created_at, annotation.uuid))


def _change(change: Any, numbers: Mapping[int, int]) -> Record:
    return {
        "person": change.person.get_username(),
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


def _source(source: Any, numbers: Mapping[int, int]) -> Record:
    return {
        "location": source.location,
        "path": source.path,
        "sha256": source.content_hash,
        "size": source.size,
        "revision": numbers[source.revision_id],
        "run": moment(source.run.started_at) if source.run else None,
        "missing_since": moment(source.missing_since),
    }
