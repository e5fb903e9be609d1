"""Annotations as Markdown: quote, note, tags and link, below each article's title and citation."""

import re
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
from archive.exporting.threads import threads
from archive.formats.frontmatter import citable_url

_PLAIN_TAG = re.compile(r"[^\W_]+(?:[-/_]+[^\W_]+)*")  # with characters that belong to the tag


def annotations_markdown(annotations: Iterable[Annotation], recipient: Recipient) -> Iterator[str]:
    """A section per article, in the given order, in pieces for a streaming response.

    Replies follow their parent, as ordered by `listing.in_reading_order`, and are indented below it.
    """
    passages = QuotedPassages()
    for article, group in groupby(annotations, key=lambda annotation: annotation.article):
        yield _heading(article)
        for thread in threads(group):
            yield thread_markdown(thread, passages, recipient) + "\n\n"


def cited(article: Article) -> str:
    """The article's reference with its address, on one line."""
    address = f" <{citable_url(article.source_url)}>" if article.source_url else ""
    return f"{one_line(reference(article))}{address}"


def block_id(annotation: Annotation) -> str:
    """The id by which Obsidian links to the note within its file."""
    return f"n{annotation.uuid.hex[:12]}"


def _heading(article: Article) -> str:
    return f"## {one_line(article.title)}\n\n{cited(article)}\n\n"


def thread_markdown(thread: list[Annotation], passages: QuotedPassages, recipient: Recipient) -> str:
    """A note with its replies; if the thread's first note was not requested, the replies below its quote."""
    first, *replies = thread
    if first.parent_id is not None:
        parent, replies = recipient.parent_of(first), thread
        parts = (
            ["In reply to:", passage_markdown(parent, passages, recipient)] if parent else ["In reply to another note:"]
        )
    else:
        lost = "This passage was lost when the article changed." if first.is_lost else ""
        passage = _identified(passage_markdown(first, passages, recipient), first, recipient)
        parts = [passage, lost, contained(first.note), _facts(first, recipient)]
    items = "\n\n".join(_reply(reply, recipient) for reply in replies)
    return "\n\n".join(part for part in [*parts, items] if part)


def _identified(passage: str, annotation: Annotation, recipient: Recipient) -> str:
    """The passage with its block id, if requested: below a quote, or at the end of a line."""
    if not recipient.with_block_ids:
        return passage
    is_quote = bool(annotation.exact) and annotation.parent_id is None
    return passage + ("\n\n^" if is_quote else " ^") + block_id(annotation)


def passage_markdown(annotation: Annotation, passages: QuotedPassages, recipient: Recipient) -> str:
    if annotation.image:
        address = picture_address(annotation.image, recipient.absolute)
        return "!" + link(one_line(annotation.image_alt) or "Picture", address)
    if annotation.exact:
        return quoted(as_markdown(passages.of(annotation)))
    return "" if annotation.parent_id else "Note on the whole article:"


def _facts(annotation: Annotation, recipient: Recipient) -> str:
    """The cite key, colour with its meaning, owner (if someone else), tags, and the date as a link."""
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
    return indented(f"{_identified(facts, reply, recipient)}\n\n{reply.note}".rstrip(), "- ")


def _name(annotation: Annotation) -> str:
    return f"**{one_line(annotation.owner.get_username())}**"


def _tags(annotation: Annotation) -> str:
    names = ("-".join(name.split()) for name in annotation.tag_names)
    return " ".join("#" + (name if _PLAIN_TAG.fullmatch(name) else one_line(name)) for name in names)


def _day(annotation: Annotation, recipient: Recipient) -> str:
    return link(f"{recipient.local(annotation.created_at):%Y-%m-%d}", recipient.absolute(annotation.get_absolute_url()))
