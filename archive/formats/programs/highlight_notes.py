"""Markdown files with the highlights of one article, as written by the plugins of Readwise, Omnivore, Hypothesis,
Matter and Kindle for Obsidian and Logseq. People customise these layouts, so they are recognised by shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.formats import frontmatter
from archive.formats.frontmatter import PartialDate
from archive.formats.plain_words import plain_words
from archive.formats.programs.highlight_sections import SECTION, article_text, has_long_text, split
from archive.formats.recognising import Format, Signs
from archive.formats.saved import Content, RowProblem, SavedArticle, SavedHighlight, SavedNote
from archive.formats.source import Source
from archive.formats.values import distinct

_GLUED = re.compile(r"(?<=[^\s#])[ \t]*(#{1,6} New highlights added .{4,40} at .{4,12})$", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)[-*+][ \t]+(?P<text>.*)$")
_FIELD = re.compile(
    r"^(?:[-*+][ \t]+)?\**(?P<key>tags?|notes?|annotations?|comments?|colou?r|location|link|updated|created)"
    r"\**::?\**[ \t]*(?P<value>.*)$",
    re.IGNORECASE,
)
_TAG = re.compile(r"#?\[\[([^\[\]]+)\]\]|(?<!\S)#([^\s#,\[\]]+)")
_OMNIVORE_TAG = re.compile(r"(?:[ \t]+#[^\s#]+)+[ \t]*$")
# What follows a quote: labelled links back to the program.
_BACK_LINK = re.compile(
    r"[ \t]*(?:\(\[(?:View Highlight|View Tweet|Location[^\]]*|Page[^\]]*|Time[^\]]*|[^\]]{1,40})\]\(https?://[^)]*"
    r"(?:readwise|getmatter|kindle|omnivore)[^)]*\)\)|\[(?:⤴️?|View Highlight|↗)\]\([^)]*\)"
    r"|[—-]+[ \t]*\[(?:Updated on|View|Link)[^\]]*\]\([^)]*\)(?:[ \t]*[—-]+[ \t]*Group:[ \t]*\S+)?"
    r"|[—-]+[ \t]*location:[ \t]*\[[^\]]*\]\([^)]*\)|\(\[View Highlight\]\([^)]*\)\))[ \t]*(?:\^[\w-]+)?[ \t]*"
)
_BLOCK_ID = re.compile(r"[ \t]+\^[\w-]+[ \t]*$")
_MARKERS = re.compile(
    r"readwise\.io/|\(\[View Highlight\]|rw-book-cover|omnivore\.app/|hypothesis-highlights|hyp\.is/|hypothes\.is/a/"
    r"|getmatter\.|kindle://|\[\[Readwise\]\]",
    re.IGNORECASE,
)
_BY_READWISE = re.compile(r"!\[rw-book-cover\]|^full-title:: ", re.MULTILINE)
_TOP = 2_000  # code points in which Readwise says what the file is about
_HAS_METADATA = re.compile(r"^#{1,6}[ \t]+Metadata[ \t]*$", re.MULTILINE)
_CATEGORIES = frozenset(
    ["articles", "article", "books", "book", "tweets", "podcasts", "supplementals", "omnivore", "matter"]
)
_TITLE_END = re.compile(r"[ \t]*\(highlights\)$", re.IGNORECASE)


def _is_notes(signs: Signs) -> bool:
    text = signs.text
    if signs.is_html or text.lstrip()[:1] in ("{", "["):
        return False
    if _BY_READWISE.search(text[:_TOP]):
        return True  # even if its highlights are cut off, or still to come
    lines = text.split("\n") if "ighlight" in text else []
    first = next((number for number, line in enumerate(lines) if SECTION.match(line)), None)
    if first is None:
        return False
    if not has_long_text(frontmatter.parse("\n".join(lines[:first])).body):
        return bool(_MARKERS.search(text) or _HAS_METADATA.search(text))
    # An article with text of its own may mention such a program anywhere else.
    return bool(_MARKERS.search("\n".join(lines[first:])))


@dataclass(slots=True)
class _Item:
    """A bullet or a block of quoted lines, with what is indented below it."""

    indent: int
    lines: list[str]
    children: list[_Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def _read(source: Source) -> Iterator[SavedArticle | RowProblem]:
    written = _GLUED.sub(r"\n\1", source.text())
    front = frontmatter.parse(written)
    fields = front.fields
    title = str(fields.get("title") or frontmatter.title_from_body(front.body) or "")
    title = _TITLE_END.sub("", title) or frontmatter.title_from_filename(source.name) or ""
    published, saved = fields.get("published"), fields.get("clipped")
    sections = split(front.body)
    highlights = [found for each in sections if each.kind == "highlights" for found in _highlights(each.lines)]
    notes = [SavedNote(each.text) for each in sections if each.kind == "note" and each.text]
    text = article_text(sections)
    authors, tags = fields.get("authors"), fields.get("tags")
    yield SavedArticle(
        url=str(fields.get("source_url") or ""),
        title=title,
        authors=list(authors) if isinstance(authors, list) else [],
        publication=str(fields.get("site") or ""),
        published=published if isinstance(published, PartialDate) else None,
        saved=saved.date if isinstance(saved, PartialDate) else None,
        description=str(fields.get("description") or ""),
        content=Content(text.encode("utf-8", "replace"), "markdown", source.path) if text else None,
        tags=[tag for tag in tags if tag.casefold() not in _CATEGORIES] if isinstance(tags, list) else [],
        notes=notes,
        highlights=highlights,
        metadata=dict(front.metadata),
        row=1,
    )
    if not highlights and not text:
        yield RowProblem("The file has no highlights that could be read.", left_out=0)


def _highlights(lines: list[str]) -> Iterator[SavedHighlight]:
    items = _quoted(lines) if _is_of_quotes(lines) else _tree(lines)
    for item in items:
        if (made := _highlight(item)) is not None:
            yield made


def _is_of_quotes(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return first.lstrip().startswith(">")


def _tree(lines: list[str]) -> list[_Item]:
    """The bullets with what is below them. Indented lines without a bullet belong to the bullet above."""
    roots: list[_Item] = []
    path: list[_Item] = []
    for line in lines:
        width = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if match := _ITEM.match(line):
            while path and path[-1].indent >= width:
                path.pop()
            item = _Item(width, [match["text"]])
            (path[-1].children if path else roots).append(item)
            path.append(item)
        elif path and (not line.strip() or width > 0):
            path[-1].lines.append(line.strip())
        elif line.strip():
            path = [_Item(0, [line.strip()])]
            roots.append(path[0])
    return roots


def _quoted(lines: list[str]) -> list[_Item]:
    """Quotes marked by ">", with the paragraphs below each as children."""
    roots: list[_Item] = []
    was_quote = False
    for line in lines:
        stripped = line.strip()
        if stripped.startswith(">"):
            if not was_quote:
                roots.append(_Item(0, []))
            roots[-1].lines.append(stripped.lstrip(">").strip())
        elif roots and stripped:
            roots[-1].children.append(_Item(1, [stripped]))
        was_quote = stripped.startswith(">")
    return roots


def _highlight(item: _Item) -> SavedHighlight | None:
    written, tags, note, colour = item.text, [], "", ""
    extra: list[str] = []
    if match := _OMNIVORE_TAG.search(written) if _BACK_LINK.search(written) else None:
        tags += _tags(match[0])
        written = written[: match.start()]
    for child in item.children:
        said = _FIELD.match(child.lines[0])
        value = re.sub(r"^[-*+>][ \t]*", "", said["value"] if said else "")
        key = said["key"].casefold().rstrip("s") if said else ""
        if said is None:
            only_tags = not _TAG.sub("", child.text).strip()
            tags += _tags(child.text) if only_tags else []
            extra += [] if only_tags else [_whole(child)]
        elif key == "tag":
            tags += _tags(value)
        elif key in ("note", "annotation", "comment"):
            note = "\n".join([value, *child.text.split("\n")[1:], *map(_whole, child.children)]).strip()
        elif key in ("color", "colour"):
            colour = value.strip()
    quote = _BLOCK_ID.sub("", _BACK_LINK.sub("", written)).strip()
    note = "\n\n".join(filter(None, [note, *extra]))
    if not quote and not note:
        return None
    return SavedHighlight(plain_words(quote), note=note, colour=colour, tags=distinct(tags))


def _whole(item: _Item) -> str:
    return "\n".join([item.text, *(f"- {_whole(child)}" for child in item.children)])


def _tags(written: str) -> list[str]:
    found = [linked or bare for linked, bare in _TAG.findall(written)]
    return found or [part.strip().lstrip("#") for part in written.split(",") if part.strip()]


FORMATS = (
    Format(
        "a file of highlights (Markdown)",
        _is_notes,
        _read,
        marks=(b"ighlight", b"rw-book-cover", b"full-title::"),
    ),
)
