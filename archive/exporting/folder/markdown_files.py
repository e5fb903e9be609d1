"""An article as a Markdown file that other programs read: its name, its front matter, its body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from json.encoder import encode_basestring

from archive.articles import dates
from archive.articles.models import Article, Attachment, Revision
from archive.formats.decoding import NotText
from archive.formats.frontmatter import citable_url
from archive.importing.originals import markdown_body

PICTURES = "pictures"
_UNFIT = re.compile(r'[\x00-\x1f\x7f\[\]#^|\\/:?*"<>\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_LONGEST = 120  # bytes of a name; with its end it stays below what file systems take
_SHOWN_OF_IDENTITY = 10  # hexadecimal digits
_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg",
             "image/avif": "avif", "image/bmp": "bmp"}  # fmt: skip


def file_name(article: Article) -> str:
    """The article's file, below the folder: `2026/Peace talks end 3fa9c1d2b4.md`.

    It depends on this article alone: title, year and identity. So it stays whatever else the archive holds.
    """
    return f"{year_folder(article)}/{fit_for_a_name(article.title)} {article.identity[:_SHOWN_OF_IDENTITY]}.md"


def picture_name(attachment: Attachment) -> str:
    """The picture's file, below the folder."""
    return f"{PICTURES}/{attachment.sha256}.{_SUFFIXES.get(attachment.media_type, 'img')}"


def year_folder(article: Article) -> str:
    """The year it appeared in, as a folder is called."""
    return f"{article.published.year:04}" if article.published else "undated"


def fit_for_a_name(text: str) -> str:
    """A title as file systems, Obsidian's links and people can have it in a file's name."""
    name = " ".join(unicodedata.normalize("NFC", _UNFIT.sub(" ", text)).split()).strip(". ")
    return name.encode("utf-8", "replace")[:_LONGEST].decode(errors="ignore").rstrip(". ") or "Untitled"


def markdown_file(article: Article, tags: list[str], authors: list[str], pictures: Mapping[str, str]) -> bytes:
    """Front matter with what the archive knows, and the body as it was imported.

    `pictures` are the names of files below the folder by the SHA-256 of what they hold: the body leads to these.
    """
    head = "".join(f"{line}\n" for line in front_matter(article, tags, authors).values())
    body = _body(article.revision, article.source_url, pictures) if article.revision else ""
    return f"---\n{head}---\n{body}".encode("utf-8", "replace")


def front_matter(article: Article, tags: list[str], authors: list[str], **more: str) -> dict[str, str]:
    """What the archive knows, a line by its key: each value as both YAML and JSON read it. `more` come last."""
    fields: dict[str, str | list[str]] = {
        "title": " ".join(article.title.split()),
        "source": citable_url(article.source_url),
        "publication": article.publication_name,
        "author": authors,
        "published": _date(article.published, article.published_precision),
        "clipped": _date(article.clipped),
        "modified": _date(article.modified),
        "description": article.description,
        "language": article.language,
        "image": article.image,
        "tags": ["-".join(tag.split()) for tag in tags],
        **more,
    }
    return {name: f"{name}: {_yaml(value)}" for name, value in fields.items() if value}


class _Plain(str):
    """Written without quotation marks: a date."""


def _date(day: date | None, precision: str = "day") -> str:
    return _Plain(dates.machine(day, precision)) if day else ""


def _yaml(value: str | list[str]) -> str:
    """A text, or a list of them, on one line, as both YAML and JSON read it."""
    if isinstance(value, list):
        return f"[{', '.join(encode_basestring(each) for each in value)}]"
    return value if isinstance(value, _Plain) else str(encode_basestring(value))


def _body(revision: Revision, url: str, pictures: Mapping[str, str]) -> str:
    try:
        body = markdown_body(bytes(revision.original), revision.kind, url)
    except NotText:
        return revision.text
    for address, sha256 in revision.images.items():
        if sha256 in pictures and address in body:
            body = _led_to(f"../{pictures[sha256]}", address, body)
    return body


def _led_to(target: str, address: str, body: str) -> str:
    """The body with this picture's address replaced where an address stands."""
    there = re.compile(rf"(?<=[(<\"'=\[ ]){re.escape(address)}(?=[)>\"'\]| ])")
    return there.sub(lambda _: target, body)
