"""Articles of the archive as a book, written while it is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from archive.annotations.models import Annotation
from archive.articles import dates
from archive.articles.bylines import bylines
from archive.articles.models import Article
from archive.exporting.citation import appeared
from archive.exporting.epub import package
from archive.exporting.epub.chapters import Chapter, ChapterNote, chapter_page
from archive.exporting.epub.package import Book, File
from archive.exporting.epub.pictures import Pictures
from archive.exporting.recipient import Recipient
from archive.exporting.zips import zipped
from archive.formats.frontmatter import citable_url
from archive.text import Span, paint, render

MEDIA_TYPE = package.MIMETYPE
MOST_ARTICLES = 1_000  # of a book: devices open no larger ones in reasonable time
AT_ONCE = 20  # articles in memory
_STORED = ("mimetype", ".jpg", ".png", ".gif", ".webp")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wishes:
    """What a reader wants in the book. `recipient` is who reads it; without one, or without `with_notes`, no notes."""

    title: str = ""
    recipient: Recipient | None = None
    with_notes: bool = False


def epub(ids: Iterable[int], wishes: Wishes) -> Iterator[bytes]:
    """A book of these articles in this order, in pieces for a streamed answer. Those without a text are left out."""
    return zipped(_members(ids, wishes), stored=_STORED)


def _members(ids: Iterable[int], wishes: Wishes) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "mimetype", [package.MIMETYPE.encode()]
    yield "META-INF/container.xml", [package.CONTAINER.encode()]
    yield "OEBPS/style.css", [package.STYLE.encode()]
    book, pictures = Book(wishes.title, "", _NEVER), Pictures()
    names: Counter[str] = Counter()
    identities: list[str] = []
    for article in _articles(islice(ids, MOST_ARTICLES)):
        file = File(f"article-{len(book.chapters) + 1}.xhtml", "application/xhtml+xml")
        written = chapter_page(_chapter(article, wishes), pictures.find)
        yield f"OEBPS/{file.name}", [written.encode()]
        for picture, pieces in pictures.new():
            book.files.append(picture)
            yield f"OEBPS/{picture.name}", pieces
        book.chapters.append((file, article.title))
        book.languages.append(article.language)
        names.update(authorship.author.name for authorship in article.authorships.all())
        identities.append(article.identity)
        assert article.revision is not None
        book.modified = max(book.modified, article.revision.created_at)
        if len(book.chapters) == 1:
            _describe(book, article)
    if not book.chapters:
        book.chapters.append((File("article-1.xhtml", "application/xhtml+xml"), "No articles"))
        yield "OEBPS/article-1.xhtml", [chapter_page(Chapter("No articles"), pictures.find).encode()]
    _finish(book, wishes, names, identities)
    yield "OEBPS/cover.svg", [package.cover_picture(book).encode()]
    yield "OEBPS/cover.xhtml", [package.cover_page(book).encode()]
    yield "OEBPS/nav.xhtml", [package.contents(book).encode()]
    yield "OEBPS/package.opf", [package.package(book).encode()]


def _articles(ids: Iterable[int]) -> Iterator[Article]:
    left = iter(ids)
    while portion := list(islice(left, AT_ONCE)):
        found = (
            Article.objects.exclude(revision=None)
            .select_related("publication", "revision")
            .prefetch_related(bylines())
            .defer("metadata", "revision__original", "revision__headings")
            .in_bulk(portion)
        )
        yield from (found[pk] for pk in portion if pk in found)


def _describe(book: Book, article: Article) -> None:
    """What is said of a book of one article."""
    book.publisher = article.publication_name
    book.date = dates.machine(article.published, article.published_precision) if article.published else ""
    book.source = citable_url(article.source_url)


def _finish(book: Book, wishes: Wishes, names: Counter[str], identities: Sequence[str]) -> None:
    if len(book.chapters) == 1:
        book.title = book.title or book.chapters[0][1]
        book.creators = list(names)
    else:
        book.publisher = book.date = book.source = ""
        book.creators = [name for name, _ in names.most_common(3)] if len(names) <= 3 else []
        book.languages = [name for name, _ in Counter(book.languages).most_common()]
    book.title = book.title or "Commonplace"
    book.identifier = uuid5(NAMESPACE_URL, "\n".join([book.title, *identities])).urn


def _chapter(article: Article, wishes: Wishes) -> Chapter:
    assert article.revision is not None
    html = article.revision.html
    notes: list[ChapterNote] = []
    if wishes.with_notes and wishes.recipient is not None:
        html, notes = _annotated(article, html, wishes.recipient)
    byline = ", ".join(authorship.author.name for authorship in article.authorships.all())
    return Chapter(
        article.title,
        " · ".join(part for part in (byline, appeared(article)) if part),
        citable_url(article.source_url),
        article.language,
        html,
        notes,
    )


def _annotated(article: Article, html: str, recipient: Recipient) -> tuple[str, list[ChapterNote]]:
    """The body with the highlights that this person may see, and the notes."""
    seen = Annotation.objects.present().visible_to_reader(recipient.person).filter(article=article)
    found = list(seen.select_related("owner").prefetch_related("tags").order_by("start", "id"))  # type: ignore[misc]
    placed = [each for each in found if each.anchored_on_id == article.revision_id and not each.is_lost]
    spans = [
        Span(each.start, each.end, (str(each.uuid),), (each.colour,))
        for each in placed
        if each.start is not None and each.end is not None
    ]
    replies: dict[int, list[Annotation]] = {}
    for each in found:
        if each.parent_id is not None:
            replies.setdefault(each.parent_id, []).append(each)
    notes = [
        _note(each, recipient, replies.get(each.pk, []))
        for each in found
        if each.parent_id is None and (each.note or each.tags.all() or each.pk in replies or each not in placed)
    ]
    return paint(html, spans), notes


def _note(annotation: Annotation, recipient: Recipient, replies: Sequence[Annotation] = ()) -> ChapterNote:
    is_own = annotation.owner_id == recipient.person
    tags = " ".join(f"#{name}" for name in annotation.tag_names)
    lost = "This passage was lost when the article changed." if annotation.is_lost else ""
    facts = (recipient.colour(annotation), "" if is_own else annotation.owner.get_username(), tags, lost)
    return ChapterNote(
        str(annotation.uuid),
        annotation.exact or annotation.picture_name,
        render(annotation.note).html if annotation.note else "",
        " · ".join(fact for fact in facts if fact),
        [_note(reply, recipient) for reply in sorted(replies, key=lambda reply: reply.pk)],
    )
