"""The changes that some files make to the archive: collected file by file, then saved together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from archive import text as rendering
from archive.accounts.keeper import keeper
from archive.annotations import marked
from archive.annotations.imported import find_imported
from archive.annotations.models.annotation import LOST, Status
from archive.annotations.reanchoring import carry_over
from archive.articles.bylines import set_authors
from archive.articles.models import Article, DatePrecision, Revision
from archive.importing.attachments import attach
from archive.importing.identity import Incoming, Match
from archive.importing.models import ImportRun, ProgramRecord, SourceFile
from archive.importing.preparing import Prepared
from archive.importing.problems import NOTICE, WARNING, Problem
from archive.importing.publications import Publications
from archive.importing.tags import Tags

LARGEST_COUNT = 2**31 - 1  # the limit of the database column
LONGEST_LANGUAGE = 35

UPDATED_FIELDS = [
    "identity",
    "title",
    "source_url",
    "publication",
    "published",
    "published_precision",
    "clipped",
    "modified",
    "description",
    "language",
    "image",
    "word_count",
    "word_count_stated",
    "metadata",
    "revision",
]


@dataclass
class _NewState:
    """A new or existing article, with what a file says about it now."""

    article: Article
    revision: Revision
    prepared: Prepared


@dataclass
class Changes:
    """The changes of one group of files, in which no two files concern the same article."""

    run: ImportRun
    publications: Publications
    tags: Tags
    created: list[_NewState] = field(default_factory=list)
    updated: list[_NewState] = field(default_factory=list)
    renamed: list[Article] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)  # restored from the trash
    displaced: list[SourceFile] = field(default_factory=list)
    sources: list[tuple[SourceFile, Article, bool]] = field(default_factory=list)
    annotations: Counter[str] = field(default_factory=Counter)  # carried over to new revisions, by resulting status
    highlights: int = 0  # created from marked text in the files

    def add(self, file: Incoming, match: Match) -> tuple[str, Article, list[Problem]]:
        """Add a file. Returns its outcome (created, updated, unchanged or moved), its article, which may not be saved
        yet, and its problems."""
        prepared = file.prepared
        problems = list(prepared.problems)
        if match.twin is not None:
            problems.append(_same_address(prepared, match.twin))
        if match.renamed_from:
            problems.append(_renamed(prepared, match.renamed_from))
        article = match.article or Article()
        # Uploads have no lasting path, so no file can move there.
        source = SourceFile() if file.is_upload or match.source is None else match.source
        has_moved = source.pk is not None and source.location != file.location
        known_content = {source.content_hash, article.revision and article.revision.content_hash}
        is_new_state = prepared.content_hash not in known_content

        if match.returns:
            self.returned.append(article.pk)
        if match.displaced is not None:
            match.displaced.missing_since = timezone.now()  # needed for matching the next files
            self.displaced.append(match.displaced)
        if is_new_state or has_moved:
            article.identity = match.identity
        if is_new_state:
            problems += self._describe(article, prepared)
            state = _NewState(article, new_revision(prepared), prepared)
            (self.updated if match.article else self.created).append(state)
        elif has_moved:
            self.renamed.append(article)
        if is_new_state or not file.is_upload:
            source.location, source.path, source.size = file.location, prepared.path, len(prepared.original)
            source.content_hash, source.missing_since, source.run = prepared.content_hash, None, self.run
            self.sources.append((source, article, is_new_state))
        if match.article is None:
            return "created", article, problems
        return "updated" if is_new_state else "moved" if has_moved else "unchanged", article, problems

    def _describe(self, article: Article, prepared: Prepared) -> list[Problem]:
        """Set an article's fields to what the file says, except for edited ones. Returns the edits that were kept."""
        said = {
            **_fields(prepared),
            "publication": self.publications.of(prepared.publication, prepared.host, names_site=prepared.names_site),
        }
        kept = []
        edited = set(article.edited_fields)
        for name, value in said.items():
            if name not in edited:
                setattr(article, name, value)
                if name == "published":
                    article.published_precision = _precision(prepared)
            elif getattr(article, name) != value:
                kept.append(_edit_kept(prepared, name, value))
        for name, current in _edited_lists(article, edited).items():
            value = prepared.fields.get(name, [])
            if sorted(current) != sorted(value):
                kept.append(_edit_kept(prepared, name, ", ".join(value)))
        article.metadata = prepared.metadata
        article.word_count = prepared.word_count
        return kept

    def save(self) -> list[tuple[Problem, Article]]:
        """Write everything. Call it within a transaction. Returns the problems with annotated passages."""
        SourceFile.objects.bulk_update(self.displaced, ["missing_since"])
        Article.objects.bulk_create(state.article for state in self.created)
        self._save_revisions()
        for article in self.renamed:
            article.save(update_fields=["identity"])
        Article.objects.filter(pk__in=self.returned).restore()
        self._save_names()
        attach([(state.revision.pk, state.prepared.pictures) for state in self.created + self.updated])
        for source, article, is_new_state in self.sources:
            source.article = article
            if article.revision is not None and (is_new_state or source.pk is None):
                source.revision = article.revision
            if source.pk is not None:
                source.save()
        SourceFile.objects.bulk_create(source for source, _, _ in self.sources if source.pk is None)
        problems = [(problem, state.article) for state in self.updated for problem in self._carry_annotations(state)]
        self._take_in_marks()
        return problems

    def _carry_annotations(self, state: _NewState) -> list[Problem]:
        counts = carry_over(state.article, state.revision)
        found = find_imported(state.article, state.revision)
        counts[Status.ORPHAN] -= found.total()
        counts = +counts + found
        self.annotations += counts
        lost = sum(counts[status] for status in LOST)
        return [_passages_lost(state.prepared, lost)] if lost else []

    def _take_in_marks(self) -> None:
        """Runs after the annotations have been carried over, so that marks already imported are recognised."""
        with_marks = [state for state in self.created + self.updated if state.prepared.marked]
        if with_marks:
            owner = self.run.started_by or keeper()
            self.highlights += sum(marked.take_in(owner, state.revision, state.prepared.marked) for state in with_marks)

    def _save_revisions(self) -> None:
        states = self.created + self.updated
        for state in states:
            state.revision.article = state.article
        Revision.objects.bulk_create(state.revision for state in states)
        for state in states:
            state.article.revision = state.revision
        # A single statement for all of them: updating one by one, or with a list of cases, takes as long as everything
        # else.
        newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        Article.objects.filter(pk__in=[state.article.pk for state in self.created]).update(revision=Subquery(newest))
        for state in self.updated:
            state.article.save(update_fields=UPDATED_FIELDS)

    def _known_to_programs(self) -> dict[tuple[str, int], list[str]]:
        """The tags that other programs' exports gave to articles whose files have changed: a clipping adds to them. The
        earliest saved date is kept too."""
        states = {state.article.pk: state for state in self.updated}
        tags: dict[tuple[str, int], list[str]] = {}
        for record in ProgramRecord.objects.filter(article__in=states).only("article", "tags", "saved").order_by("pk"):
            tags.setdefault(("tags", record.article_id), []).extend(record.tags)
            article = states[record.article_id].article
            if record.saved and "clipped" not in article.edited_fields:
                first = _earliest((article.clipped, record.saved))
                if first != article.clipped:
                    article.clipped = first
                    article.save(update_fields=["clipped"])
        return tags

    def _save_names(self) -> None:
        states = self.created + self.updated
        more = self._known_to_programs()

        def named(name: str) -> tuple[Mapping[int, list[str]], list[int]]:
            free = [state for state in states if name not in state.article.edited_fields]
            names = {
                state.article.pk: [*state.prepared.fields.get(name, []), *more.get((name, state.article.pk), [])]
                for state in free
            }
            return names, [state.article.pk for state in self.updated if state.article.pk in names]

        authors, replaced = named("authors")
        set_authors(authors, replace=replaced)
        tags, replaced = named("tags")
        self.tags.set(tags, replace=replaced)


def _earliest(dates: Iterable[date | None]) -> date | None:
    return min(filter(None, dates), default=None)


def _fields(prepared: Prepared) -> dict[str, Any]:
    said = prepared.fields
    stated = said.get("word_count")
    return {
        "title": prepared.title,
        "source_url": said.get("source_url", ""),
        **{name: said[name].date if name in said else None for name in ("published", "clipped", "modified")},
        "description": said.get("description", ""),
        "language": said.get("language", "")[:LONGEST_LANGUAGE],
        "image": said.get("image", ""),
        "word_count_stated": stated if stated is not None and 0 <= stated <= LARGEST_COUNT else None,
    }


def _precision(prepared: Prepared) -> str:
    published = prepared.fields.get("published")
    return published.precision if published else DatePrecision.DAY


def new_revision(prepared: Prepared) -> Revision:
    return Revision(
        original=prepared.original,
        content_hash=prepared.content_hash,
        path=prepared.path,
        encoding=prepared.encoding,
        kind=prepared.kind,
        html=prepared.html,
        text=prepared.text,
        headings=prepared.headings,
        images=prepared.picture_addresses,
        renderer_version=rendering.RENDERER_VERSION,
    )


def _edited_lists(article: Article, edited: set[str]) -> dict[str, list[str]]:
    current = {}
    if "tags" in edited:
        current["tags"] = list(article.tags.names())
    if "authors" in edited:
        current["authors"] = list(article.authors.values_list("name", flat=True))
    return current


def _edit_kept(prepared: Prepared, name: str, value: object) -> Problem:
    label = name.replace("_", " ")
    message = f"The file now has the {label} “{value}”." if value else f"The file now has no {label}."
    return Problem(prepared.path, None, NOTICE, "edit-kept", f"{message} The edited one was kept.")


def _passages_lost(prepared: Prepared, lost: int) -> Problem:
    passages = "One marked passage was" if lost == 1 else f"{lost} marked passages were"
    message = f"{passages} not found in the new text. The notebook lists what was lost."
    return Problem(prepared.path, None, WARNING, "passage-lost", message)


def _renamed(prepared: Prepared, former: str) -> Problem:
    message = f"By its text this is “{former}”, renamed and edited. Its notes and highlights were kept."
    return Problem(prepared.path, None, NOTICE, "renamed", message)


def _same_address(prepared: Prepared, twin: Article) -> Problem:
    message = f"It has the source address of “{twin.title}” and another text. Both were kept, as two articles."
    return Problem(prepared.path, None, WARNING, "same-address", message)
