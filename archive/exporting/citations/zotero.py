"""Zotero: its own RDF, which unAPI hands out, and COinS for pages: what its connector reads to the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote_plus
from xml.sax.saxutils import escape, quoteattr

from archive.exporting.citations.names import Name
from archive.exporting.citations.text import clean
from archive.exporting.citations.work import Kind, PartialDate, Work

MEDIA_TYPE = "application/rdf+xml; charset=utf-8"
ITEM_TYPES = {
    Kind.NEWSPAPER: "newspaperArticle",
    Kind.MAGAZINE: "magazineArticle",
    Kind.BLOG: "blogPost",
    Kind.WEB_PAGE: "webpage",
}
# What an item is in Zotero's RDF, and what it is part of.
_CLASSES = {
    Kind.NEWSPAPER: ("bib:Article", "bib:Newspaper"),
    Kind.MAGAZINE: ("bib:Article", "bib:Periodical"),
    Kind.BLOG: ("bib:Document", "z:Blog"),
    Kind.WEB_PAGE: ("bib:Document", "z:Website"),
}
_COINS = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type="
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/">
"""


def zotero_rdf(works: Iterable[Work]) -> Iterator[str]:
    """Items with their tags and notes, in pieces for a streamed answer. The notes of these works are HTML."""
    yield _HEAD
    for work in works:
        yield _item(work)
    yield "</rdf:RDF>\n"


def coins(work: Work) -> str:
    """A work as the title of a `span.Z3988`: OpenURL's keys, of which Zotero reads the item type and the rest."""
    said = [
        ("title", quote_plus(clean(work.title))),
        ("source", _quoted_label(work.container)),
        ("date", _day(work.issued)),
        ("identifier", quote_plus(work.url)),
        ("language", _quoted_label(work.language)),
        *(("au", _quoted_name(name)) for name in work.authors),
        *(("subject", _quoted_label(keyword)) for keyword in work.keywords),
    ]
    return "&".join([f"{_COINS}{ITEM_TYPES[work.kind]}", *(f"rft.{key}={value}" for key, value in said if value)])


def _item(work: Work) -> str:
    about, container = _CLASSES[work.kind]
    key = f"item:{work.key}"
    lines = [f" <{about} rdf:about={quoteattr(key)}>", _element("z:itemType", ITEM_TYPES[work.kind])]
    if work.container:
        title = f"<{container}>{_element('dc:title', clean(work.container))}</{container}>"
        lines.append(f"<dcterms:isPartOf>{title}</dcterms:isPartOf>")
    if work.authors:
        people = "".join(f"<rdf:li>{_person(name)}</rdf:li>" for name in work.authors)
        lines.append(f"<bib:authors><rdf:Seq>{people}</rdf:Seq></bib:authors>")
    notes = [(f"{key}:note:{number}", note) for number, note in enumerate(work.notes, 1)]
    lines += [f"<dcterms:isReferencedBy rdf:resource={quoteattr(name)}/>" for name, _ in notes]
    lines += [_element("dc:subject", clean(keyword)) for keyword in work.keywords]
    lines.append(_element("dc:title", clean(work.title)))
    if work.url:
        address = f"<dcterms:URI>{_element('rdf:value', work.url)}</dcterms:URI>"
        lines.append(f"<dc:identifier>{address}</dc:identifier>")
    said = (
        ("dcterms:abstract", _allowed(work.abstract)),
        ("dc:date", _day(work.issued)),
        ("dcterms:dateSubmitted", _day(work.accessed)),
        ("z:language", work.language),
        ("dc:description", f"Citation Key: {work.key}" if work.key else ""),
    )
    lines += [_element(name, value) for name, value in said if value]
    lines.append(f"</{about}>")
    for name, note in notes:
        lines.append(f"<bib:Memo rdf:about={quoteattr(name)}>{_element('rdf:value', _allowed(note))}</bib:Memo>")
    return "\n ".join(lines) + "\n"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _person(name: Name) -> str:
    """A name of one part, which Zotero takes as it is, has no given name."""
    if name.literal:
        return f"<foaf:Person>{_element('foaf:surname', clean(name.literal))}</foaf:Person>"
    given = ", ".join(part for part in (name.given, name.suffix) if part)
    parts = [_element("foaf:surname", clean(name.full_family))]
    parts += [_element("foaf:givenName", clean(given))] if given else []
    return f"<foaf:Person>{''.join(parts)}</foaf:Person>"


@lru_cache(maxsize=10_000)  # names and labels come again and again
def _quoted_name(name: Name) -> str:
    return quote_plus(clean(name.literal or ", ".join(filter(None, (name.full_family, name.given, name.suffix)))))


@lru_cache(maxsize=10_000)
def _quoted_label(label: str) -> str:
    return quote_plus(clean(label))


def _day(day: PartialDate) -> str:
    """As far as it is known: `2022`, `2022-11`, `2022-11-05`."""
    return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(day))


def _allowed(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
