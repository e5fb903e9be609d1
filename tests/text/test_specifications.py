"""The examples in the CommonMark and GFM specifications: each renders as specified, or its difference is documented."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bleach import html5lib_shim

from archive.text import Document, render
from archive.text.rewriting import Rewriter
from archive.text.sanitizing import sanitized
from archive.text.tokens import of_html
from archive.text.writing import Writer
from tests.text.outline import outline_of

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT.parent / "shared" / "commonmark"
SPECIFICATIONS = ("commonmark", "gfm", "gfm-extensions")
BASE = "https://spec.example/"

_MARK = re.compile(r"</?(?:em|strong|del|code|pre)\b")
_EMPTY_MARK = re.compile(r"<(em|strong)>\s*</\1>")
_NOTE_ID = re.compile(r"#a-(fn|fnref)-?(\d+)")
_parser = html5lib_shim.HTMLParser(namespaceHTMLElements=False)

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the specifications' examples are not here")


def examples(specification: str) -> list[dict[str, Any]]:
    return json.loads((EXAMPLES / f"{specification}.json").read_text())


def deliberate(specification: str) -> set[int]:
    """The examples documented as different."""
    numbers: set[int] = set()
    for row in re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "commonmark.md").read_text(), re.M):
        for part in row.split(";"):
            name, _, listed = part.strip().partition(" ")
            if name == specification:
                numbers.update(int(number) for number in re.findall(r"\d+", listed))
    return numbers


def specified(html: str) -> Document:
    """The HTML of an example after our own rewriting, sanitising and writing."""
    writer = Writer(None)
    writer.write(sanitized(Rewriter(BASE, None)(of_html(html.rstrip("\n")))))
    written, headings = writer.finish()
    return Document(written, writer.text, headings, tuple(writer.links), tuple(writer.images))


def features(document: Document) -> dict[str, object]:
    html = document.html
    while (fewer := _EMPTY_MARK.sub("", html)) != html:
        html = fewer
    return {
        "outline": outline_of(_parser.parseFragment(html)),
        "text": document.text.split(),
        "emphasis": _MARK.findall(html),
        "targets": [encoded(link.href) for link in document.links],
        "pictures": [encoded(image.src) for image in document.images],
    }


def encoded(address: str) -> str:
    return _NOTE_ID.sub(r"#\1\2", quote(address, safe="%/:?#@!$&'()*+,;=~"))


@pytest.mark.parametrize("specification", SPECIFICATIONS)
def test_the_examples_read_as_specified_but_for_what_the_docs_list(specification):
    differing = {}
    for example in examples(specification):
        ours, theirs = features(render(example["markdown"], base_url=BASE)), features(specified(example["html"]))
        if ours != theirs:
            differing[example["example"]] = [(ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]]
    listed = deliberate(specification)
    assert {number: differing[number] for number in differing.keys() - listed} == {}
    assert listed - differing.keys() == set()
