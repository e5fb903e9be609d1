"""Writing the folder: only what changed, each file whole, and what no longer belongs removed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from archive.annotations.models import Annotation
from archive.articles.bylines import bylines
from archive.articles.models import Article, Attachment, Revision
from archive.articles.tagging import tag_names
from archive.exporting.files import Busy, locked
from archive.exporting.folder.markdown_files import PICTURES, file_name, markdown_file, picture_name
from archive.exporting.folder.records import article_record, in_order
from archive.exporting.folder.shared import shared_records
from archive.exporting.jsonld import collection_jsonld

FORMAT = 1
INSIDE = ".commonplace"
AT_ONCE = 100  # articles in memory


class CannotExport(Exception):
    """Why nothing was written, in a sentence."""


@dataclass
class Outcome:
    """How many articles are in the folder; how many files were written, found as they should be, and removed."""

    articles: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    missing: list[str] = field(default_factory=list)  # pictures whose files are gone from the data folder


Progress = Callable[[int], None]


def export_folder(folder: Path, ids: Iterable[int] | None = None, progress: Progress = lambda done: None) -> Outcome:
    """Make this folder hold these articles, or all, and nothing else of ours; other files in it are left alone.

    Broken off at any moment, the next run ends right. Raises CannotExport, OSError.
    """
    with _locked(folder):
        export = _Export(folder)
        export.put(f"{INSIDE}/format.json", _json({"format": FORMAT, "program": "Commonplace"}))
        for article, tags in _articles(ids):
            export.article(article, sorted(tags))
            progress(export.outcome.articles)
        for name, records in shared_records():
            export.put(f"{INSIDE}/{name}.json", _json(records))
        export.tidy()
        (folder / INSIDE / "part").unlink(missing_ok=True)
        return export.outcome


class _Export:
    """One run of an export."""

    def __init__(self, folder: Path) -> None:
        self.outcome = Outcome()
        self._folder = folder
        self._kept: set[str] = set()  # the identities, originals and pictures that belong into the folder
        self._names: dict[str, str] = {}  # of pictures by their SHA-256

    def article(self, article: Article, tags: list[str]) -> None:
        """Write an article's files. Its record comes last: it tells which Markdown file is ours."""
        authors = [authorship.author.name for authorship in article.authorships.all()]
        name = file_name(article)
        for revision in article.revisions.all():
            self._original(revision)
            for attachment in revision.attachments.all():
                self._picture(attachment)
        self.put(name, markdown_file(article, tags, authors, self._names))
        self._web_annotations(article)
        place = _record_of(article.identity)
        former = _read(self._folder / place).get("file")
        if isinstance(former, str) and former != name:
            self._remove(former)
        self.put(place, _json(article_record(article, name, tags, authors)))
        self._kept.add(place)
        self._kept.add(name)
        self.outcome.articles += 1

    def put(self, name: str, content: bytes) -> None:
        """Write a file, unless it is there as it should be."""
        path = self._folder / name
        try:
            if path.stat().st_size == len(content) and path.read_bytes() == content:
                self.outcome.unchanged += 1
                return
        except OSError:
            path.parent.mkdir(parents=True, exist_ok=True)
        part = self._folder / INSIDE / "part"
        part.write_bytes(content)
        part.replace(path)
        self.outcome.written += 1

    def tidy(self) -> None:
        """Remove the files of articles that are no longer among these, and what belonged to them alone."""
        for path in sorted((self._folder / INSIDE / "articles").glob("*/*.json")):
            place = path.relative_to(self._folder).as_posix()
            if place not in self._kept:
                former = _read(path).get("file")
                if isinstance(former, str) and former not in self._kept:
                    self._remove(former)
                self._remove(place)
        for pattern in (f"{INSIDE}/originals/*/*", f"{INSIDE}/annotations/*/*", f"{PICTURES}/*"):
            for path in sorted(self._folder.glob(pattern)):
                place = path.relative_to(self._folder).as_posix()
                if place not in self._kept and len(path.name.partition(".")[0]) == 64:
                    self._remove(place)

    def _web_annotations(self, article: Article) -> None:
        """The same annotations in the W3C's words, whose names for things do not depend on this archive's numbers."""
        annotations = in_order(article.annotations.all())
        if not annotations:
            return
        by_id = {annotation.pk: annotation for annotation in annotations}
        for annotation in annotations:
            annotation.article = article
            annotation.parent = by_id.get(annotation.parent_id) if annotation.parent_id else None
        here, name = article.get_absolute_url(), f"urn:commonplace:article:{article.identity}"
        place = f"{INSIDE}/annotations/{article.identity[:2]}/{article.identity}.jsonld"
        pieces = collection_jsonld(
            annotations,
            lambda path: name if path == here else f"urn:commonplace:{path.strip('/')}",
            id=f"{name}:annotations",
            label=article.title,
            total=len(annotations),
        )
        self.put(place, "".join(pieces).encode("utf-8", "surrogatepass"))
        self._kept.add(place)

    def _original(self, revision: Revision) -> None:
        place = f"{INSIDE}/originals/{revision.content_hash[:2]}/{revision.content_hash}"
        self._kept.add(place)
        self.put(place, bytes(revision.original))

    def _picture(self, attachment: Attachment) -> None:
        if attachment.sha256 in self._names:
            return
        name = picture_name(attachment)
        path = self._folder / name
        if not path.is_file() or path.stat().st_size != attachment.size:
            try:
                content = Path(settings.MEDIA_ROOT, str(attachment.file)).read_bytes()
            except OSError:
                self.outcome.missing.append(attachment.sha256)
                return
            self.put(name, content)
        else:
            self.outcome.unchanged += 1
        self._names[attachment.sha256] = name
        self._kept.add(name)

    def _remove(self, name: str) -> None:
        """Remove a file of ours. A name that leads out of the folder is not."""
        path = self._folder / name
        if ".." in Path(name).parts or Path(name).is_absolute() or not path.is_file():
            return
        path.unlink()
        self.outcome.removed += 1
        for parent in (path.parent, path.parent.parent):
            if parent == self._folder or any(parent.iterdir()):
                break
            parent.rmdir()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder, made if need be, for one export at a time. Raises CannotExport for somebody else's folder."""
    inside = folder / INSIDE
    if folder.exists() and not folder.is_dir():
        raise CannotExport(f"{folder} is not a folder.")
    if folder.is_dir() and not inside.is_dir() and any(folder.iterdir()):
        raise CannotExport(f"{folder} is not empty and holds no export. Name a new folder, or an empty one.")
    found = _read(inside / "format.json").get("format", FORMAT)
    if found != FORMAT:
        raise CannotExport(f"{folder} was written by another version of Commonplace. Name a new folder.")
    inside.mkdir(parents=True, exist_ok=True)
    try:
        with locked(inside, f"Another process is writing {folder}."):
            yield
    except Busy as error:
        raise CannotExport(str(error)) from None


def _articles(ids: Iterable[int] | None) -> Iterator[tuple[Article, list[str]]]:
    """The articles with all that is written of them, and their tags, some at a time; all of them in the order of their
    identities.
    """
    last = ""
    left = None if ids is None else iter(ids)
    while True:
        if left is None:
            portion = list(_everything(Article.objects.filter(identity__gt=last).order_by("identity")[:AT_ONCE]))
        else:
            some = list(islice(left, AT_ONCE))
            portion = list(_everything(Article.objects.filter(pk__in=some)))
        if not portion and (left is None or not some):
            return
        tags = tag_names(Article, [article.pk for article in portion])
        for article in portion:
            article.revision = next((each for each in article.revisions.all() if each.pk == article.revision_id), None)
            yield article, tags.get(article.pk, [])
        last = portion[-1].identity if portion else last


def _everything(articles: Any) -> Any:
    revisions = Revision.objects.defer("html", "text", "headings").prefetch_related("attachments")
    annotations = Annotation.objects.select_related("owner").prefetch_related("tags", "changes__person")  # type: ignore[misc]
    return articles.select_related("publication", "cite_key").prefetch_related(
        bylines(),
        "edits__person",
        "reading_states__owner",
        "source_files__run",
        Prefetch("revisions", revisions),
        Prefetch("annotations", annotations),
    )


def _record_of(identity: str) -> str:
    return f"{INSIDE}/articles/{identity[:2]}/{identity}.json"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def _read(path: Path) -> dict[str, Any]:
    """A record; nothing for one that is not there or was damaged by others."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
