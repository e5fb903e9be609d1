"""The details of an article as its file states them now, regardless of edits."""

from __future__ import annotations

from unicodedata import normalize

from archive.articles.details import Values, machine
from archive.articles.models import Article, Publication, Revision
from archive.articles.tag_names import spelled_as_known
from archive.formats import frontmatter
from archive.formats.decoding import NotText, decode
from archive.importing.publications import LONGEST_NAME
from archive.importing.statements import Statements, language_of_text, read_statements

LONGEST_LANGUAGE = 35


def details_in_file(article: Article) -> Values:
    """The details that an import would set. Empty if the article has no file, or one that can no longer be read."""
    revision = Revision.objects.only("original", "path", "text", "kind").filter(current_of=article).first()
    if revision is None or revision.kind is not None:  # an export gave the details separately
        return {}
    try:
        front = frontmatter.parse(decode(bytes(revision.original)).text)
    except NotText:
        return {}
    stated = read_statements(front, revision.path)
    fields = {**stated.fields, **language_of_text(front, revision.text)}
    published = fields.get("published")
    return {
        "title": stated.title,
        "authors": list(dict.fromkeys(fields.get("authors", []))),
        "publication": _publication(stated),
        "published": machine(published.date, published.precision) if published else "",
        **{name: machine(fields[name].date) if name in fields else "" for name in ("clipped", "modified")},
        "source_url": fields.get("source_url", ""),
        "language": fields.get("language", "")[:LONGEST_LANGUAGE],
        "description": fields.get("description", ""),
        "tags": sorted(spelled_as_known(fields.get("tags", [])), key=str.casefold),
    }


def _publication(stated: Statements) -> str:
    """The name of the publication that an import would find or create."""
    name = normalize("NFC", stated.publication)[:LONGEST_NAME]
    if not name:
        here = Publication.objects.filter(host=stated.host).first() if stated.host else None
        return here.name if here else stated.host
    known = Publication.objects.filter(name__iexact=name).first()
    return known.name if known else name
