"""What a file states about its article, in its front matter, headline, name and text.

Depends on neither Django nor the database, since the worker processes use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from archive.formats import frontmatter
from archive.formats.frontmatter import FrontMatter
from archive.formats.language_detection import detect_language


@dataclass(frozen=True, slots=True)
class Statements:
    """`fields` as in FrontMatter; `title` is never empty.

    `publication` is blank if the file states only its host; `names_site`: it names the whole site.
    """

    fields: dict[str, Any]
    title: str
    title_as_written: str | None
    publication: str
    names_site: bool
    url: str
    host: str


def read_statements(front: FrontMatter, path: str, title_of_last_resort: str = "") -> Statements:
    """What the file at this path below the import root states. Never raises because of the file's content."""
    fields: dict[str, Any] = front.fields
    url = fields.get("source_url", "")
    written = fields.get("title") or frontmatter.title_from_body(front.body)
    title, publication = frontmatter.title_and_publication(written or "", fields.get("site"), url or None)
    title = title or title_of_last_resort or frontmatter.title_from_filename(path) or path
    if "published" not in fields and (posted := frontmatter.date_of_post(frontmatter.page_name(path))):
        fields["published"] = posted
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return Statements(
        fields=fields,
        title=title if title.isascii() else normalize("NFC", title),
        title_as_written=written,
        publication=publication if publication and publication.casefold().removeprefix("www.") != host else "",
        names_site=not fields.get("site") or front.site_is_sure,
        url=url,
        host=host,
    )


def language_of_text(front: FrontMatter, text: str) -> dict[str, str]:
    """The language detected from a text whose file does not state it; empty if it is uncertain."""
    if "language" in front.fields or any(problem.code == "unknown-language" for problem in front.problems):
        return {}
    language = detect_language(text)
    return {"language": language} if language else {}
