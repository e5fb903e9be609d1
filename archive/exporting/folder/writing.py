"""Writing articles into the folder, and what belongs to them beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from archive.articles.models import Attachment, Revision
from archive.exporting.folder.indented_json import indented_json
from archive.exporting.folder.markdown_files import file_name, markdown_file, picture_name
from archive.exporting.folder.reading import People, Runs, Whole, whole_articles
from archive.exporting.folder.records import article_record
from archive.exporting.folder.shared import Selection, shared_records
from archive.exporting.folder.target import FORMAT, INSIDE, RECORDS, Outcome, Target, opened
from archive.exporting.jsonld import collection_jsonld

Progress = Callable[[int], None]


def export_folder(folder: Path, ids: Iterable[int] | None = None, progress: Progress = lambda done: None) -> Outcome:
    """Make this folder hold these articles, or all, and nothing else of ours; other files in it are left alone.

    With `ids`, people and all else beside the articles are those that have to do with these. Broken off at any moment,
    the next run ends right. Raises CannotExport, OSError.
    """
    outcome = Outcome()
    with opened(folder, outcome) as target:
        export = _Export(target, outcome)
        target.put(f"{INSIDE}/format.json", indented_json({"format": FORMAT, "program": "Commonplace"}))
        for whole in whole_articles(ids):
            export.article(whole)
            progress(outcome.articles)
        for name, records in shared_records(None if ids is None else export.selection, export.people, export.runs):
            target.put(f"{INSIDE}/{name}.json", indented_json(records))
        target.tidy()
    return outcome


class _Export:
    """One run of an export."""

    def __init__(self, target: Target, outcome: Outcome) -> None:
        self.people, self.runs, self.selection = People(), Runs(), Selection()
        self._target, self._outcome = target, outcome
        self._pictures: dict[str, str] = {}  # their files by their SHA-256

    def article(self, whole: Whole) -> None:
        """Write an article's files. Its record comes last: it tells which Markdown file is ours."""
        article = whole.article
        # What became part of another article has no text of its own.
        name = file_name(article) if article.joined_into_id is None else ""
        for revision in whole.revisions:
            self._original(revision)
            for attachment in whole.attachments[revision.pk]:
                self._picture(attachment)
        if name:
            self._target.put(name, markdown_file(article, whole.tags, whole.authors, self._pictures))
        self._web_annotations(whole)
        place = f"{RECORDS}/{article.identity[:2]}/{article.identity}.json"
        record = indented_json(article_record(whole, name, self.people, self.runs))
        if not self._target.holds(place, record):
            former = self._target.former(place)
            if former and former != name:
                self._target.remove(former)
            self._target.write(place, record)
        self.selection.add(article)
        self._outcome.articles += 1

    def _web_annotations(self, whole: Whole) -> None:
        """The same annotations in the W3C's words, whose names for things do not depend on this archive's numbers."""
        article, annotations = whole.article, whole.annotations
        if not annotations:
            return
        by_id = {annotation.pk: annotation for annotation in annotations}
        for annotation in annotations:
            annotation.article = article
            annotation.parent = by_id.get(annotation.parent_id) if annotation.parent_id else None
        here, name = article.get_absolute_url(), f"urn:commonplace:article:{article.identity}"
        pieces = collection_jsonld(
            annotations,
            lambda path: name if path == here else f"urn:commonplace:{path.strip('/')}",
            id=f"{name}:annotations",
            label=article.title,
            total=len(annotations),
        )
        place = f"{INSIDE}/annotations/{article.identity[:2]}/{article.identity}.jsonld"
        self._target.put(place, "".join(pieces).encode("utf-8", "surrogatepass"))

    def _original(self, revision: Revision) -> None:
        digest = revision.content_hash
        self._target.put(f"{INSIDE}/originals/{digest[:2]}/{digest}", bytes(revision.original))

    def _picture(self, attachment: Attachment) -> None:
        sha256, name = attachment.sha256, picture_name(attachment)
        if sha256 in self._pictures or sha256 in self._outcome.missing:
            return
        if not self._target.has(name, attachment.size):
            try:
                content = Path(settings.MEDIA_ROOT, str(attachment.file)).read_bytes()
            except OSError:
                self._outcome.missing.append(sha256)
                return
            self._target.put(name, content)
        self._pictures[sha256] = name
