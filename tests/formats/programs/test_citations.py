"""Citations: CSL-JSON, BibTeX, and Zotero's formats."""

from datetime import date
from pathlib import Path

import pytest

from archive.formats.programs.tex_text import plain_text
from archive.formats.programs.zotero_notes import read_note
from archive.formats.saved import SavedArticle
from tests.formats.files import read, source_of
from tests.formats.programs.samples import BIBTEX, CSL, RDF, ZOTERO_API


def _published(article: SavedArticle) -> tuple[str, str] | None:
    return (str(article.published.date), article.published.precision) if article.published else None


def test_csl_json(tmp_path: Path) -> None:
    name, [one, two, three], problems = read(source_of(tmp_path, CSL))
    assert (name, problems) == ("a CSL-JSON file", [])
    assert one.authors == ["Ada Quill", "Port Authority", "L. van Beethoven"]
    assert (_published(one), one.saved, one.publication) == (("2022-11-01", "month"), date(2023, 4, 8), "The Gazette")
    assert (two.url, two.tags, [note.text for note in two.notes]) == (
        "https://doi.org/10.1000/xyz123",
        ["ships", "salt"],
        ["Mine"],
    )
    assert (_published(three), three.title) == (("2023-04-07", "day"), "")


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ('{"date-parts": [["2023", "4", "7"]]}', ("2023-04-07", "day")),
        ('{"date-parts": [[2023, 13]]}', ("2023-01-01", "year")),
        ('{"date-parts": [[2023, 2, 30]]}', ("2023-02-01", "month")),
        ('{"raw": "2023-04"}', ("2023-04-01", "month")),
        ('{"date-parts": [[]]}', None),
        ('"2023"', ("2023-01-01", "year")),
        ("7", None),
    ],
)
def test_dates_of_csl_json(issued: str, published: tuple[str, str] | None, tmp_path: Path) -> None:
    _, [one], _ = read(source_of(tmp_path, f'[{{"id": 1, "type": "book", "title": "One", "issued": {issued}}}]'))
    assert _published(one) == published


@pytest.mark.parametrize(
    ("fields", "url", "published"),
    [
        (
            "url = {https://a.example/a\\_b http://b.example/}, year=2023, month={4}",
            "https://a.example/a_b",
            "2023-04",
        ),
        ("doi = {10.1000/a_b}, date = {2023-04-07/2023-04-09}", "https://doi.org/10.1000/a_b", "2023-04-07"),
        ("howpublished = {https://a.example/}, year = {2023}, month = {7~} # apr", "https://a.example/", "2023-04-07"),
        ("title = {No address}, year = {circa 2023}", "", ""),
    ],
)
def test_addresses_and_dates_of_bibtex(fields: str, url: str, published: str, tmp_path: Path) -> None:
    _, [one], _ = read(source_of(tmp_path, f"@misc{{key, title = {{T}}, {fields}}}"))
    found = _published(one)
    assert (one.url, found[0] if found else "") == (url, f"{published}-01"[:10] if published else "")


def test_bibtex(tmp_path: Path) -> None:
    name, [one, two, three], problems = read(source_of(tmp_path, BIBTEX))
    assert (name, problems) == ("a BibTeX file", [])
    assert (one.title, one.url) == ("One & <two>: Été at NASA", "https://a.example/1?a=1&b=50%25_x")
    assert one.authors == ["Ada Quill", "Port Authority and Sons", "Ludwig van Beethoven"]
    assert (one.publication, one.tags, one.saved) == ("The Gazette", ["ships", "salt, iron"], date(2023, 4, 8))
    assert (_published(one), [note.text for note in one.notes]) == (("2022-11-01", "month"), ["A note."])
    assert (two.title, two.url, _published(two)) == ("“Two” — and more", "https://a.example/2", ("2021-01-01", "year"))
    assert (_published(three), three.language) == (("2023-04-07", "day"), "english")


def test_a_broken_entry_of_bibtex_is_named_with_its_line(tmp_path: Path) -> None:
    broken = BIBTEX.replace("howpublished = {\\url{https://a.example/2}},", "howpublished = {{oops,")
    _, articles, [problem] = read(source_of(tmp_path, broken))
    assert ([each.url for each in articles][1:], problem.line) == (["https://a.example/3"], 16)


def test_a_long_bibtex_file_is_read_in_parts(tmp_path: Path) -> None:
    padding = "x" * 2000
    entries = "".join(
        f"@misc{{k{n},\n title={{T}},\n journal=gaz,\n url={{https://a.example/{n}}},\n abstract={{{padding}}}\n}}\n\n"
        for n in range(400)
    )
    source = source_of(tmp_path, f'@string{{gaz = "The Gazette"}}\n{entries}@misc{{bad,\n title={{x\n')
    _, articles, [problem] = read(source)
    assert [each.row for each in articles] == list(range(1, 401))
    assert {each.publication for each in articles} == {"The Gazette"}
    assert problem.line == 2 + 7 * 400


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (
            r"M{\"{u}}ller, {\'\i}, \c{c}, {\o}re, \AA{}ngstr\"om, Erd\H{o}s, \v{S}",
            "Müller, í, ç, øre, Ångström, Erdős, Š",
        ),
        (r"50\% of \$5 \& \#1 a\_b \{x\}", "50% of $5 & #1 a_b {x}"),
        (r"\emph{It} \textbf{is} \unknown{so} ``here'' -- there", "It is \\unknownso “here” – there"),
        (r"\textbackslash{} \textasciitilde{} a~b $<$ 5", "\\ ~ a b < 5"),
        ("{{{", ""),
        ("plain", "plain"),
        ("\\", "\\"),
    ],
)
def test_tex_as_text(tex: str, text: str) -> None:
    assert plain_text(tex) == text


def test_zoteros_rdf(tmp_path: Path) -> None:
    source_of(tmp_path, "<p>Text</p>", "files/6/page.html")
    name, [one, two, three], [problem] = read(source_of(tmp_path, RDF, "items.rdf"))
    assert (name, "Of nothing." in problem.message) == ("a Zotero RDF file", True)
    assert (one.url, one.title, one.authors) == ("https://a.example/1", "One & two", ["Ada Quill"])
    assert (one.publication, one.tags, one.collections) == ("The Gazette", ["ships", "old towns"], ["Sea/Ships"])
    assert one.content is not None
    assert (one.content.path, _published(one), two.url) == (
        "files/6/page.html",
        ("2023-04-07", "day"),
        "https://a.example/2",
    )
    assert (three.url, three.title) == ("https://a.example/3", "Three")  # a page saved on its own
    [highlight] = one.highlights
    assert (highlight.quote, highlight.note, highlight.colour) == ("The tide, “so they say,” waits.", "Who?", "green")
    assert [note.text for note in one.notes] == ["A thought of my own."]


def test_zoteros_saved_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    _, [one, *_], problems = read(source_of(tmp_path, RDF.replace("files/6/page.html", "../../etc/passwd")))
    assert (one.content, problems[0].row, problems[0].left_out) == (None, 1, False)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "hostile",
    [
        RDF.replace("<rdf:RDF", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><rdf:RDF').replace("One &amp;", "&l9;"),
        RDF.replace("<rdf:RDF", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><rdf:RDF').replace('"#item_7"', '"&l9;"'),
        RDF.replace("<dc:title>Two", "<a>" * 100_000),
        RDF.replace("<dc:title>Two", "<a/>" * 300_000),
    ],
    ids=["bomb in text", "bomb in attribute", "deep", "wide"],
)
def test_hostile_xml_is_named_and_what_stands_before_it_comes_in(hostile: str, tmp_path: Path) -> None:
    _, _, problems = read(source_of(tmp_path, hostile))
    assert any(problem.line for problem in problems)


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = source_of(tmp_path, "secret words", "secret").full_path
    content = RDF.replace("<rdf:RDF", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><rdf:RDF')
    _, articles, _ = read(source_of(tmp_path, content.replace("One &amp;", "&e;")))
    assert not any("secret" in str(article) for article in articles)


def test_zoteros_api(tmp_path: Path) -> None:
    name, [one, two], [problem] = read(source_of(tmp_path, ZOTERO_API))
    assert (name, problem.row) == ("items from Zotero's API", 3)
    [highlight] = one.highlights
    assert (highlight.quote, highlight.note, highlight.colour, highlight.tags) == (
        "The tide.",
        "Who?",
        "blue",
        ["todo"],
    )
    assert ([note.text for note in one.notes], one.authors, two.title) == (["A thought."], ["Ada Quill"], "Two")


def test_a_note_with_several_passages_in_a_paragraph() -> None:
    span = '<span class="highlight" data-annotation="x">“{}”</span> <span class="citation">(Q)</span>'
    highlights, notes = read_note(f"<p>{span.format('One.')} and {span.format('Two.')} Both.</p><p>Mine.</p>")
    assert [each.quote for each in highlights] == ["One.", "Two."]
    assert highlights[1].note == "and Both."
    assert [note.text for note in notes] == ["Mine."]
