"""Bibliography files: other programs read every field of unusual articles correctly."""

import json
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from archive.exporting.citations import Kind, Name, Work
from archive.exporting.citations.bibtex import biblatex, bibtex
from archive.exporting.citations.csl import csl_json, item
from archive.exporting.citations.ris import ris
from tests.exporting.citations import pandoc
from tests.exporting.citations.works import WORKS

HOSTILE = [
    r"50% of $5 & #1_a ~b ^c \d",
    r"Braces {matched} and {left open",
    "} closed {first",
    "“Quotes” 'and' \"more\" – — … ß é 山 نجيب",
    "Ends in a backslash \\",
    "a_b after: a_b",
    "@article{x, title={Injected}}",
    "Line\nbreak\r\nTY  - JOUR\x00",
    "TITLE IN CAPITALS, <b>bold</b>",
]
ODD = [
    *WORKS.values(),
    *(
        Work(text, list(Kind)[number % 4], (Name(literal=text), Name("O’Neil", "Ada")), text, (2023, 4), (2024, 5, 6),
             "https://example.org/a_b%20c?d=1&e=%7Bf%7D#g~h", "en", text, ("one two", text.replace(",", "")), (text,),
             key=f"hostile{number}")
        for number, text in enumerate(HOSTILE)
    ),
]  # fmt: skip


def one_line(text):
    return re.sub(r"[\x00-\x1f\s]+", " ", text).strip()


def as_tex_has_it(text):
    """Unbalanced braces would end a field."""
    text = one_line(text)
    return (
        text.replace("{", "(").replace("}", ")")
        if text in ("Braces {matched} and {left open", "} closed {first")
        else text
    )


def test_csl_json_has_every_field_that_is_known():
    read = json.loads("".join(csl_json(ODD)))
    assert [each["id"] for each in read] == [work.key for work in ODD]
    for each, work in zip(read, ODD, strict=True):
        assert each["title"] == one_line(work.title)
        assert each.get("issued", {}).get("date-parts", [[]])[0] == list(work.issued)
        assert ("author" in each) == bool(work.authors)
        assert ("container-title" in each) == bool(work.container)
    assert json.loads("".join(csl_json([]))) == []


def test_names_in_csl_json():
    names = item(WORKS["suffix"])["author"], item(WORKS["particle"])["author"], item(WORKS["handle"])["author"]
    assert names == (
        [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}],
        [{"family": "Berg", "given": "Jan-Willem", "non-dropping-particle": "van der"}],
        [{"literal": "@sea_captain"}],
    )


@pandoc.needs_pandoc
@pytest.mark.parametrize("write", [biblatex, bibtex])
def test_pandoc_reads_bibtex(write):
    form = write.__name__
    text = "".join(write(ODD))
    read = {each["id"]: each for each in json.loads(pandoc.pandoc(f"--from={form}", "--to=csljson", text=text))}
    assert read.keys() == {work.key for work in ODD}
    for work in ODD:
        theirs = read[work.key]
        assert level(plain(theirs["title"])) == level(as_tex_has_it(work.title))  # pandoc adds quotation marks itself
        assert [level(_natural(name)) for name in theirs.get("author", [])] == [
            level(as_tex_has_it(name.natural).replace(" ", "")) for name in work.authors
        ]
        assert theirs.get("URL", "") == work.url
        assert theirs.get("accessed", {}).get("date-parts", [[]])[0] == list(work.accessed)
        assert theirs.get("issued", {}).get("date-parts", [[]])[0] == list(work.issued)


def level(text):
    return re.sub('[“”‘’"`]', "'", text)


def plain(text):
    """CSL-JSON's rich text as plain words: pandoc uses it for what BibTeX has in braces."""
    text = re.sub(r'<span class="nocase">(.*?)</span>', r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _natural(name):
    parts = [
        name.get(part, "")
        for part in ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    ]
    if re.fullmatch(r"[\u3000-\uffff]+", name.get("family", "")):
        parts[0], parts[3] = parts[3], parts[0]
    return (
        plain("".join(parts)).replace(" ", "").replace(",", "")
        if not name.get("literal")
        else plain(name["literal"]).replace(" ", "")
    )


@pandoc.needs_pandoc
def test_pandoc_reads_ris():
    text = "".join(ris(ODD))
    read = {each["id"]: each for each in json.loads(pandoc.pandoc("--from=ris", "--to=csljson", text=text))}
    assert read.keys() == {work.key for work in ODD}
    for work in ODD:
        assert plain(read[work.key]["title"]) == one_line(work.title)
        assert read[work.key].get("issued", {}).get("date-parts", [[]])[0][:1] == list(work.issued[:1])


def test_rispy_reads_ris():
    rispy = pytest.importorskip("rispy")
    read = rispy.loads("".join(ris(ODD)))
    kinds = {Kind.NEWSPAPER: "NEWS", Kind.MAGAZINE: "MGZN", Kind.BLOG: "BLOG", Kind.WEB_PAGE: "ELEC"}
    assert len(read) == len(ODD)
    for each, work in zip(read, ODD, strict=True):
        assert (each["type_of_reference"], each["id"]) == (kinds[work.kind], work.key)
        assert each["title"] == one_line(work.title)
        assert each.get("secondary_title", "") == one_line(work.container)
        assert each.get("year", "") == (str(work.issued[0]) if work.issued else "")
        assert each.get("date", "").count("/") == (3 if work.issued else 0)
        assert each.get("urls", []) == ([work.url] if work.url else [])
        assert each.get("keywords", []) == [one_line(word) for word in work.keywords]
        assert len(each.get("authors", [])) == len(work.authors)


@pytest.mark.parametrize("write", [biblatex, bibtex])
def test_pybtex_reads_bibtex(write):
    database = pytest.importorskip("pybtex.database")
    read = database.parse_string("".join(write(ODD)), "bibtex").entries
    assert list(read) == [work.key for work in ODD]
    for work in ODD:
        entry = read[work.key]
        assert entry.fields.get("url", "") == work.url
        assert len(entry.persons.get("author", [])) == len(work.authors)
        assert entry.fields["title"].startswith("{") and entry.fields["title"].endswith("}")


@pytest.mark.skipif(shutil.which("ris2xml") is None, reason="there are no bibutils: make tools")
@pytest.mark.parametrize(("write", "program"), [(ris, "ris2xml"), (bibtex, "bib2xml"), (biblatex, "biblatex2xml")])
def test_bibutils_reads_every_record(write, program, tmp_path):
    (tmp_path / "works").write_text("".join(write(ODD)), newline="")
    made = subprocess.run([program, tmp_path / "works"], capture_output=True, text=True, check=True).stdout
    assert made.count("<mods ") == len(ODD)
    for work in WORKS.values():
        assert f'<mods ID="{work.key}">' in made


def test_a_field_cannot_be_left_by_what_stands_in_it():
    work = replace(WORKS["markup"], title="} , note={x", authors=(Name(literal="A} and {B"),))
    text = "".join(biblatex([work]))
    depth = [text[: place + 1].count("{") - text[: place + 1].count("}") for place in range(len(text))]
    assert min(depth) >= 0 and depth[-1] == 0
