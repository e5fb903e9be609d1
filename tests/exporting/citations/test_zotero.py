"""Zotero's RDF as read by our own importer, and COinS as OpenURL."""

from urllib.parse import parse_qs

import pytest
from lxml import etree

from archive.exporting.citations import Work
from archive.exporting.citations.names import Name
from archive.exporting.citations.work import Kind
from archive.exporting.citations.zotero import coins, zotero_rdf
from archive.formats.registry import recognise
from archive.formats.saved import SavedArticle
from archive.formats.source import Source

PEACE = Work(
    title='Peace & "quiet" <talks>\x01',
    kind=Kind.NEWSPAPER,
    authors=(
        Name(family="Berg", given="Jan", particle="van der"),
        Name(literal="Port Authority"),
        Name("山田", "花子"),
    ),
    container="The Harbour <Gazette>",
    issued=(2023, 4),
    accessed=(2023, 4, 8),
    url="https://e.org/a?x=1&y=2",
    language="en",
    abstract="What & when\x02",
    keywords=("sea/tides", "a & b"),
    notes=("<p>One &amp; <b>two</b></p>", "<blockquote>q</blockquote>"),
    key="berg2023peace",
)
NAMESPACES = {
    "z": "http://www.zotero.org/namespaces/export#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcterms": "http://purl.org/dc/terms/",
}


def values(work: Work, path: str) -> list[str]:
    root = etree.fromstring("".join(zotero_rdf([work])).encode())
    return [str(each) for each in root.xpath(path, namespaces=NAMESPACES)]


@pytest.mark.parametrize(
    ("kind", "item_type", "container"),
    [
        (Kind.NEWSPAPER, "newspaperArticle", "bib:Newspaper"),
        (Kind.MAGAZINE, "magazineArticle", "bib:Periodical"),
        (Kind.BLOG, "blogPost", "z:Blog"),
        (Kind.WEB_PAGE, "webpage", "z:Website"),
    ],
)
def test_the_item_type_is_exact(kind, item_type, container):
    work = Work(title="A", kind=kind, container="C", key="a")
    assert values(work, "//z:itemType/text()") == [item_type]
    assert values(work, f"//dcterms:isPartOf/{container}/dc:title/text()") == ["C"]
    assert parse_qs(coins(work))["rft.type"] == [item_type]


def test_what_is_known_is_there_and_nothing_else():
    assert values(PEACE, "//foaf:surname/text()") == ["van der Berg", "Port Authority", "山田"]
    assert values(PEACE, "//foaf:givenName/text()") == ["Jan", "花子"]
    assert values(PEACE, "//dc:date/text()") == ["2023-04"]
    assert values(PEACE, "//dcterms:dateSubmitted/text()") == ["2023-04-08"]
    assert values(PEACE, "//bib:Memo/rdf:value/text()") == list(PEACE.notes)
    bare = Work(title="A", key="a")
    assert values(bare, "//bib:authors | //dc:date | //dc:identifier | //dcterms:isPartOf | //dcterms:abstract") == []


def test_our_own_reader_reads_it_back(tmp_path):
    (tmp_path / "a.rdf").write_text("".join(zotero_rdf([PEACE, Work(title="Other", url="https://e.org/b", key="b")])))
    source = Source(tmp_path, "a.rdf")
    format = recognise(source)
    assert format is not None and "Zotero" in format.name
    first, second = (each for each in format.read(source) if isinstance(each, SavedArticle))
    assert (first.title, first.url) == ('Peace & "quiet" <talks>', PEACE.url) and first.publication == PEACE.container
    assert first.tags == list(PEACE.keywords) and first.language == "en" and first.description == "What & when"
    assert first.authors[:2] == ["Jan van der Berg", "Port Authority"]
    assert "One" in "".join(note.text for note in first.notes) and second.title == "Other"


def test_coins():
    said = parse_qs(coins(PEACE))
    assert said["rft.au"] == ["van der Berg, Jan", "Port Authority", "山田, 花子"]
    assert (said["rft.title"], said["rft.date"]) == (['Peace & "quiet" <talks>'], ["2023-04"])
    assert (said["rft.identifier"], said["rft.subject"]) == ([PEACE.url], list(PEACE.keywords))
    assert set(parse_qs(coins(Work(title="A")))) == {"ctx_ver", "rft_val_fmt", "rft.type", "rft.title"}
