"""What the files of the folder are called and how their sections look: two templates in Django's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template, TemplateSyntaxError

from archive.annotations.models import Annotation, Colour
from archive.articles import dates
from archive.articles.models import Article
from archive.exporting.excerpts import QuotedPassages
from archive.exporting.folder.markdown_files import fit_for_a_name, year_folder
from archive.exporting.markdown import block_id, cited, passage_markdown, thread_markdown
from archive.exporting.recipient import Recipient
from archive.exporting.threads import threads
from archive.formats.frontmatter import citable_url

DEFAULT_NAME = "{{ title }}"
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))))


class BadTemplate(Exception):
    """Why a template cannot be used, in a sentence with its line."""


@dataclass(frozen=True)
class Note:
    """One note as templates see it. `markdown` is all of it, replies included; the rest are its parts."""

    markdown: str
    quote: str
    text: str
    colour: str
    meaning: str
    tags: list[str]
    link: str
    id: str
    created: str
    is_lost: bool


class Layout:
    """The two templates of a folder. Raises BadTemplate."""

    def __init__(self, name: str = DEFAULT_NAME, file: Path | None = None) -> None:
        # Markdown, not HTML: nothing is escaped, and no other file can be included.
        self._engine = Engine(dirs=[str(settings.BASE_DIR / "templates")], autoescape=False, debug=True)
        self._name = self._compiled(name, "The template of names")
        self._text = (
            self._engine.get_template("mirrored_notes.md")
            if file is None
            else self._compiled(_read(file), f"The template {file}")
        )

    def _compiled(self, text: str, what: str) -> Template:
        try:
            return self._engine.from_string(text)
        except TemplateSyntaxError as error:
            raise BadTemplate(f"{what}, line {_line_of(error)}: {error}.") from error

    def path(self, article: Article, cite_key: str) -> PurePosixPath:
        """Where a new file goes, below the folder and without its end: what the names' template makes."""
        values = {**_about(article), "author": ", ".join(_authors(article)), "cite_key": cite_key}
        fit = {key: fit_for_a_name(value) if value else "" for key, value in values.items()}
        written = self._rendered(self._name, {**fit, "year": year_folder(article), "id": article.identity[:10]})
        parts = [fit_for_a_name(part) for part in written.split("/") if part.strip(". \t\r\n")]
        return PurePosixPath(*(f"{part} note" if part.lower() in _RESERVED else part for part in parts or ["Untitled"]))

    def text(self, article: Article, notes: Sequence[Annotation], recipient: Recipient, cite_key: str) -> str:
        """The section of an article: its notes in reading order."""
        about = {
            **_about(article),
            "authors": _authors(article),
            "source": citable_url(article.source_url),
            "link": recipient.absolute(article.get_absolute_url()),
            "tags": sorted(tag.name for tag in article.tags.all()),
            "citation": cited(article),
            "cite_key": cite_key,
        }
        return self._rendered(self._text, {"article": about, "notes": list(_notes(notes, recipient))})

    def _rendered(self, template: Template, values: dict[str, Any]) -> str:
        try:
            return str(template.render(Context(values, autoescape=False)))
        except Exception as error:  # a template may call anything wrongly
            raise BadTemplate(f"A template failed: {error}.") from error


def _notes(annotations: Sequence[Annotation], recipient: Recipient) -> Iterator[Note]:
    passages = QuotedPassages()
    for thread in threads(annotations):
        first = thread[0]
        yield Note(
            markdown=thread_markdown(thread, passages, recipient),
            quote=passage_markdown(first, passages, recipient) if first.has_passage else "",
            text=first.note,
            colour=Colour(first.colour).label if first.has_passage else "",
            meaning=recipient.meanings.get(first.colour, "") if first.has_passage else "",
            tags=["-".join(name.split()) for name in first.tag_names],
            link=recipient.absolute(first.get_absolute_url()),
            id=block_id(first),
            created=f"{recipient.local(first.created_at):%Y-%m-%d}",
            is_lost=first.is_lost,
        )


def _about(article: Article) -> dict[str, str]:
    published = dates.machine(article.published, article.published_precision) if article.published else ""
    publication = article.publication_name
    return {"title": article.title, "publication": publication, "published": published}


def _authors(article: Article) -> list[str]:
    return [authorship.author.name for authorship in article.authorships.all()]


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadTemplate(f"The template {file} cannot be read: {error}.") from error


def _line_of(error: TemplateSyntaxError) -> int:
    token = getattr(error, "token", None)
    return getattr(token, "lineno", None) or 1
