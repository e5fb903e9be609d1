"""Articles as the plain files that `export_archive` writes, in a zip that is sent while it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.db.models import Sum
from django.db.models.functions import Length

from archive.annotations.models import Annotation
from archive.articles.bylines import bylines
from archive.articles.models import Article, Attachment, Revision
from archive.exporting.folder.markdown_files import file_name, front_matter, markdown_file, picture_name
from archive.exporting.mirror.layout import Layout
from archive.exporting.mirror.note_file import Section, new_file
from archive.exporting.recipient import Recipient
from archive.exporting.zips import pieces_of, zipped

AT_ONCE = 50  # articles in memory
_OF_A_MEMBER = 400  # bytes: its name twice, and the front matter that the archive adds
Member = tuple[str, Iterable[bytes]]
_STORED = (".jpg", ".png", ".gif", ".webp", ".avif")


def articles_zip(ids: Iterable[int], recipient: Recipient | None = None) -> Iterator[bytes]:
    """A Markdown file for each of these articles, in this order, and their pictures; for a recipient also a file with
    the notes that they may see on it, below `notes/`.
    """
    return zipped(_members(ids, recipient), stored=_STORED)


def about_bytes(ids: Collection[int], total: int) -> int:
    """About how large the zip of so many articles will be, judged by these of them: texts are kept packed as well as a
    zip packs them.
    """
    if not ids:
        return 0
    texts = Revision.objects.filter(current_of__in=ids).aggregate(bytes=Sum(Length("original")))["bytes"]
    shown = Attachment.objects.filter(revisions__current_of__in=ids).distinct()
    pictures = sum(shown.values_list("size", flat=True))
    return ((texts or 0) + pictures + _OF_A_MEMBER * len(ids)) * total // len(ids)


def _members(ids: Iterable[int], recipient: Recipient | None) -> Iterator[Member]:
    written: set[str] = set()  # pictures
    layout, left = Layout(), iter(ids)
    while portion := list(islice(left, AT_ONCE)):
        found = _articles(portion)
        notes = _notes([*found], recipient) if recipient else {}
        for article in (found[pk] for pk in portion if pk in found):
            tags = sorted(tag.name for tag in article.tags.all())
            authors = [authorship.author.name for authorship in article.authorships.all()]
            pictures = _pictures(article)
            yield from ((name, pieces_of(each.file)) for name, each in pictures.items() if name not in written)
            written.update(pictures)
            names = {attachment.sha256: name for name, attachment in pictures.items()}
            yield file_name(article), [markdown_file(article, tags, authors, names)]
            if recipient and article.pk in notes:
                front = front_matter(article, tags, authors)
                text = layout.text(article, notes[article.pk], recipient, "")
                # As in a notes folder, so that an import of the zip takes it for no article; but of no person's.
                yield f"notes/{file_name(article)}", [new_file(Section(article.identity, "", front, text))]


def _articles(ids: Sequence[int]) -> dict[int, Article]:
    readable = Article.objects.select_related("publication", "revision").defer("revision__html", "metadata")
    return readable.prefetch_related(bylines(), "tags", "revision__attachments").in_bulk(ids)  # type: ignore[misc]


def _notes(ids: Sequence[int], recipient: Recipient) -> dict[int, list[Annotation]]:
    """The notes on these articles that the recipient may see, in reading order."""
    visible = Annotation.objects.present().visible_to_reader(recipient.person).filter(article__in=ids)
    related = visible.select_related("owner", "parent").defer("candidates")
    by_article = defaultdict(list)
    for annotation in related.prefetch_related("tags").in_reading_order():  # type: ignore[misc]  # taggit's manager
        by_article[annotation.article_id].append(annotation)
    return by_article


def _pictures(article: Article) -> dict[str, Attachment]:
    """The pictures of the current revision, by their names. Without its file, a picture's address stays in the text."""
    attachments = article.revision.attachments.all() if article.revision else ()
    return {picture_name(each): each for each in attachments if Path(each.file.path).is_file()}
