"""Annotations as Markdown: quote, note, tags and link, under each article's title and citation."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from archive.annotations.models import Annotation, Visibility
from archive.articles.models import Article
from archive.exporting.citation import reference
from archive.exporting.excerpts import QuotedPassages
from archive.exporting.jsonld import picture_address
from archive.exporting.markdown_text import contained, indented, link, one_line, quoted
from archive.exporting.quote import as_markdown
from archive.exporting.recipient import Recipient
from archive.formats.frontmatter import citable_url


def annotations_markdown(annotations: Iterable[Annotation], recipient: Recipient) -> Iterator[str]:
    """A section per article, in the order given, in pieces for a streamed answer.

    Replies come right after what they answer, as `listing.in_reading_order` puts them, and stand indented below it.
    """
    passages = QuotedPassages()
    for article, group in groupby(annotations, key=lambda annotation: annotation.article):
        yield _heading(article)
        for _, thread in groupby(group, key=lambda annotation: annotation.parent_id or annotation.pk):
            yield _thread(list(thread), passages, recipient)


def _heading(article: Article) -> str:
    address = f" <{citable_url(article.source_url)}>" if article.source_url else ""
    return f"## {one_line(article.title)}\n\n{one_line(reference(article))}{address}\n\n"


def _thread(thread: list[Annotation], passages: QuotedPassages, recipient: Recipient) -> str:
    """A note with its replies; of a thread whose first note was not asked for, the replies below its quote."""
    first, *replies = thread
    if first.parent_id is not None:
        parent, replies = recipient.parent_of(first), thread
        parts = ["In reply to:", _passage(parent, passages, recipient)] if parent else ["In reply to another note:"]
    else:
        lost = "This passage was lost when the article changed." if first.is_lost else ""
        parts = [_passage(first, passages, recipient), lost, contained(first.note), _facts(first, recipient)]
    items = "\n\n".join(_reply(reply, recipient) for reply in replies)
    return "\n\n".join(part for part in [*parts, items] if part) + "\n\n"


def _passage(annotation: Annotation, passages: QuotedPassages, recipient: Recipient) -> str:
    if annotation.image:
        address = picture_address(annotation.image, recipient.absolute)
        return "!" + link(one_line(annotation.image_alt) or "Picture", address)
    if annotation.exact:
        return quoted(as_markdown(passages.of(annotation)))
    return "" if annotation.parent_id else "Note on the whole article:"


def _facts(annotation: Annotation, recipient: Recipient) -> str:
    """The cite key, colour with its meaning, whose it is where it is another's, tags, and the day as a link."""
    is_own = annotation.owner_id == recipient.person
    shared = "shared" if is_own and annotation.visibility == Visibility.SHARED else ""
    key = recipient.cite_keys.get(annotation.article_id)
    cited = f"[@{key}]" if key else ""
    facts = (
        cited,
        one_line(recipient.colour(annotation)),
        "" if is_own else _name(annotation),
        shared,
        _tags(annotation),
    )
    return " · ".join(fact for fact in (*facts, _day(annotation, recipient)) if fact)


def _reply(reply: Annotation, recipient: Recipient) -> str:
    facts = " · ".join(fact for fact in (_name(reply), _tags(reply), _day(reply, recipient)) if fact)
    return indented(f"{facts}\n\n{reply.note}".rstrip(), "- ")


def _name(annotation: Annotation) -> str:
    return f"**{one_line(annotation.owner.get_username())}**"


def _tags(annotation: Annotation) -> str:
    return " ".join("#" + one_line(tag.name.replace(" ", "-")) for tag in annotation.tags.all())


def _day(annotation: Annotation, recipient: Recipient) -> str:
    return link(f"{annotation.created_at:%Y-%m-%d}", recipient.absolute(annotation.get_absolute_url()))
