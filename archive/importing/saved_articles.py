"""Writes other programs' articles to the archive. See docs/decisions/importing-other-programs.md."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError

from archive.annotations.imported import add_imported, find_imported
from archive.annotations.reanchoring import carry_over
from archive.articles.bylines import set_authors
from archive.articles.models import Article, DatePrecision, Revision
from archive.articles.tag_names import tag_key
from archive.articles.tagging import LONGEST_TAG
from archive.formats.frontmatter import canonical_url, names_nobody
from archive.formats.saved import SavedArticle
from archive.formats.values import json_safe
from archive.importing.attachments import attach
from archive.importing.changes import new_revision
from archive.importing.identity import article_of_identity, identity_of_title, identity_of_url
from archive.importing.models import ProgramRecord
from archive.importing.preparing import RECORD, Prepared
from archive.importing.problems import ERROR, NOTICE, WARNING, Problem
from archive.importing.publications import Publications
from archive.importing.saved_records import Finished, Reading, Record, digest_parts, title_of_address
from archive.importing.tags import Tags
from archive.importing.titles import Titles
from archive.importing.writing import Tally, Writer
from archive.reading import marking
from archive.reading.models import ReadingState

LONGEST_SHOWN = 60  # code points of a quote in a message
MOST_LOST_NAMED = 3  # quotes of an article


class SavedWriter:
    """Writes records in batches, each in a transaction, and updates the run's counts."""

    def __init__(self, writer: Writer, reading: Reading, by: User) -> None:
        self._writer = writer
        self._reading = reading
        self._by = by
        self._files = writer.run.total  # each counts as one until it is read
        self._recall()

    def _recall(self) -> None:
        self._publications = Publications()
        self._tags = Tags()
        self._titles = Titles()
        self._waiting = Titles(waiting=True)

    def write(self, batch: Sequence[Record | Finished]) -> None:
        """Write records in one transaction. If that fails, write each one separately. Raises OperationalError."""
        try:
            self._write_together(batch)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            self._recall()
            if len(batch) > 1:
                for each in batch:
                    self.write([each])
            elif isinstance(batch[0], Finished):
                raise
            else:
                reason = f"It could not be written to the archive ({type(error).__name__}: {error})."
                failed = Problem(_place(batch[0]), None, ERROR, "unwritable", reason)
                self._writer.refuse([failed])

    def _write_together(self, batch: Sequence[Record | Finished]) -> None:
        tally = Tally()
        with self._writer.keeping(tally, _place(batch[-1])):
            for each in batch:
                if isinstance(each, Finished):
                    tally.add_end(each.problems, each.left_out)
                elif isinstance(each.prepared, Prepared):
                    tally.add_article(_place(each), *self._write(each, each.prepared, tally))
                else:
                    tally.add("failed", [each.prepared.problem])
            tally.counts["total"] = self._files + self._reading.expected - self._writer.run.total

    def _write(self, record: Record, prepared: Prepared, tally: Tally) -> tuple[str, Article, list[Problem]]:
        saved, place = record.saved, _place(record)
        problems = list(prepared.problems)
        url = canonical_url(saved.url) or ""
        key = _hash(f"{url or identity_of_title(prepared.title, saved.authors)}")
        content_hash = hashlib.sha256(digest_parts(saved)).hexdigest()
        known = ProgramRecord.objects.filter(owner=self._by, format=record.export.form.name, key=key).first()
        if known is not None and known.content_hash == content_hash:
            return "unchanged", known.article, []
        article = (known and known.article) or self._find(url, prepared.title, saved)
        if article is None:
            article, outcome = self._create(url, saved, prepared), "created"
        else:
            is_same_program = known is not None
            changed = self._take_text(article, saved, prepared, is_same_program, place, problems, tally)
            changed |= self._fill(article, url, saved, prepared, place, problems)
            outcome = "updated" if changed else "unchanged"
        self._give_tags(article, saved, place, problems)
        tally.states += self._mark(article, saved)
        added = add_imported(self._by, article, saved.highlights, saved.notes)
        tally.highlights += added.added
        if added.added and outcome == "unchanged":
            outcome = "updated"
        problems += _lost(place, article, added.lost)
        if article.trashed_at is not None:
            message = f"“{article.title}” is in the trash and stays there."
            problems.append(Problem(place, None, NOTICE, "in-trash", message))
        self._remember(known, article, record, key, content_hash)
        return outcome, article, problems

    def _find(self, url: str, title: str, saved: SavedArticle) -> Article | None:
        if not url:
            own = identity_of_title(title, saved.authors)
            return article_of_identity(own) or self._titles.find(title, saved.authors)
        found = article_of_identity(identity_of_url(url))
        return found or (self._waiting.find(title, saved.authors) if saved.title else None)

    def _create(self, url: str, saved: SavedArticle, prepared: Prepared) -> Article:
        said = prepared.fields
        published = saved.published or said.get("published")
        article = Article.objects.create(
            identity=identity_of_url(url) if url else identity_of_title(prepared.title, saved.authors),
            title=prepared.title,
            source_url=saved.url,
            publication=self._publication(saved, prepared),
            published=published.date if published else None,
            published_precision=published.precision if published else DatePrecision.DAY,
            clipped=_date(saved.saved),
            description=saved.description or said.get("description", ""),
            language=(saved.language or said.get("language", ""))[:35],
            image=saved.image,
            word_count=prepared.word_count,
        )
        self._set_revision(article, prepared)
        set_authors({article.pk: saved.authors or said.get("authors", [])})
        self._titles.add(article)
        if not url:
            self._waiting.add(article)
        return article

    def _publication(self, saved: SavedArticle, prepared: Prepared) -> Any:
        name = saved.publication or prepared.publication
        name = "" if name.casefold().removeprefix("www.") == prepared.host else name
        return self._publications.of(name, prepared.host, names_site=bool(name))

    def _set_revision(self, article: Article, prepared: Prepared) -> Revision:
        revision = new_revision(prepared)
        revision.article = article
        revision.save()
        attach([(revision.pk, prepared.pictures)])
        article.revision, article.word_count = revision, prepared.word_count
        article.save(update_fields=["revision", "word_count"])
        return revision

    def _take_text(
        self, article: Article, saved: SavedArticle, prepared: Prepared, is_same_program: bool, place: str,
        problems: list[Problem], tally: Tally,
    ) -> bool:  # fmt: skip
        """Give a known article the text of a record, if it has none or its last one came from the same place.

        Another program's text of the page becomes one of the article's versions: nobody knows which is better.
        """
        current = article.revision
        if prepared.kind == RECORD:
            if current is None:
                self._set_revision(article, prepared)
            return False
        if article.revisions.filter(content_hash=prepared.content_hash).exists():
            return False
        is_first = current is None or not current.text.strip()
        if is_first or (is_same_program and current is not None and current.path == prepared.path):
            revision = self._set_revision(article, prepared)
            tally.annotations += carry_over(article, revision)
            tally.annotations += find_imported(article, revision)
        else:
            revision = new_revision(prepared)
            revision.article = article
            revision.save()
            attach([(revision.pk, prepared.pictures)])
            message = f"“{article.title}” already has text. The text from this file was kept among its versions."
            problems.append(Problem(place, None, NOTICE, "other-text", message))
        return True

    def _fill(
        self, article: Article, url: str, saved: SavedArticle, prepared: Prepared, place: str, problems: list[Problem]
    ) -> bool:
        """Fill in what is not known about an article yet. Known values stay, except that the earliest saved date is
        kept."""
        said = prepared.fields
        found: dict[str, Any] = {
            "description": saved.description or said.get("description", ""),
            "language": (saved.language or said.get("language", ""))[:35],
            "image": saved.image,
        }
        published = saved.published or said.get("published")
        changes = {name: value for name, value in found.items() if value and not getattr(article, name)}
        if published and article.published is None:
            changes |= {"published": published.date, "published_precision": published.precision}
        if saved.title and article.title == title_of_address(article.source_url or saved.url):
            changes["title"] = prepared.title
        if url and not article.source_url:
            changes["source_url"] = saved.url
            if not Article.objects.filter(identity=identity_of_url(url)).exists():
                changes["identity"] = identity_of_url(url)
        if article.publication is None and (publication := self._publication(saved, prepared)):
            changes["publication"] = publication
        clipped = _date(saved.saved)
        if clipped and (article.clipped is None or clipped < article.clipped):
            changes["clipped"] = clipped
        changes = {
            name: value
            for name, value in changes.items()
            if name.removesuffix("_precision") not in article.edited_fields and value != getattr(article, name)
        }
        authors = saved.authors or said.get("authors", [])
        authors = [name for name in authors if not names_nobody(name)]
        known = article.authorships.values_list("author__name", flat=True) if authors else ()
        has_new_authors = bool(authors) and "authors" not in article.edited_fields and all(map(names_nobody, known))
        if has_new_authors:
            set_authors({article.pk: authors}, replace=[article.pk])
        if changes:
            for name, value in changes.items():
                setattr(article, name, value)
            article.save(update_fields=list(changes))
        return bool(changes) or has_new_authors

    def _give_tags(self, article: Article, saved: SavedArticle, place: str, problems: list[Problem]) -> None:
        names = tags_of(saved)
        there = {tag_key(name) for name in article.tags.names()}
        new = [name for name in names if tag_key(name) not in there]
        if new and "tags" in article.edited_fields:
            message = f"The tags of “{article.title}” were edited; these were not added: {', '.join(new)}."
            problems.append(Problem(place, None, NOTICE, "edit-kept", message))
        elif new:
            self._tags.set({article.pk: new})

    def _mark(self, article: Article, saved: SavedArticle) -> int:
        """Set stars and reading states. Returns how many are new."""
        new = 0
        if saved.read:
            new += len(marking.mark_read(self._by, [article.pk]))
        if saved.starred:
            new += len(marking.star(self._by, [article.pk]))
        text = article.revision.text if article.revision else ""
        if saved.progress and 0 < saved.progress < 1 and not saved.read and text:
            is_known = ReadingState.objects.filter(owner=self._by, article=article).exclude(read_at=None, position=None)
            if not is_known.exists():
                marking.keep_place(self._by, article.pk, round(saved.progress * len(text)))
                new += 1
        return new

    def _remember(
        self, known: ProgramRecord | None, article: Article, record: Record, key: str, content_hash: str
    ) -> None:
        row = known or ProgramRecord(owner=self._by, format=record.export.form.name, key=key)
        row.article, row.content_hash = article, content_hash
        row.tags = sorted({*row.tags, *tags_of(record.saved)})
        row.saved = min(filter(None, (row.saved, _date(record.saved.saved))), default=None)
        row.record = json_safe(record.saved.metadata)
        row.save()


def tags_of(saved: SavedArticle) -> list[str]:
    """The tags of an article, and its collections as tags: a/b for b within a."""
    names = (" ".join(name.split()).strip("#/")[:LONGEST_TAG] for name in (*saved.tags, *saved.collections))
    return list(dict.fromkeys(filter(None, names)))


def _place(record: Record | Finished) -> str:
    if isinstance(record, Finished) or record.saved.row is None:
        return record.export.label
    return f"{record.export.label}#{record.saved.row}"


def _lost(place: str, article: Article, quotes: list[str]) -> list[Problem]:
    """A message about passages that were not found; None if there is no text to search yet."""
    if not quotes or article.revision is None or not article.revision.text.strip():
        return []
    shown = "; ".join(f"“{' '.join(quote.split())[:LONGEST_SHOWN]}”" for quote in quotes[:MOST_LOST_NAMED])
    more = f" and {len(quotes) - MOST_LOST_NAMED} more" if len(quotes) > MOST_LOST_NAMED else ""
    message = f"Not found in the text of “{article.title}”: {shown}{more}. They are kept with the lost passages."
    return [Problem(place, None, WARNING, "passage-lost", message)]


def _date(moment: datetime | date | None) -> date | None:
    """The date, in UTC if the file gives a time zone: programs write the same moment in different ones."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
