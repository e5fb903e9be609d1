"""Which program a Markdown file is from: nearly all files begin with front matter, and are of none."""

import pytest

from archive.formats.registry import FORMATS, recognise
from tests.formats.files import source_of

HEAD = "---\ntitle: Tides\nsource: https://sea.example/tides\n---\n\n"
NOTES = "## Highlights\n\n- Twice a day it leaves. ([View Highlight](https://read.readwise.io/read/1))\n"
ANNOTATED = "annotation-target: https://sea.example/tides\n---\n\n>```annotation-json\n>{}\n>```\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        (HEAD + "The water comes into the harbour.\n", None),
        (HEAD + "url,title,time added,status\nhttps://a.example,A,1,unread\n", None),
        (HEAD + "@article{a,\n title = {B}}\n", None),
        ("---\n- Your highlight\n\nWords.\n==========\n", None),
        (HEAD + NOTES, "a file of highlights (Markdown)"),
        (HEAD + "![rw-book-cover](https://sea.example/a.jpg)\n", "a file of highlights (Markdown)"),
        (HEAD.replace("---\n\n", ANNOTATED), "a note of Obsidian Annotator"),
    ],
)
def test_front_matter(tmp_path, text, name, mark, newline):
    found = recognise(source_of(tmp_path, (mark + text).replace("\n", newline)))
    assert (found.name if found else None) == name


def test_what_begins_with_front_matter_is_asked_of_few_formats():
    assert len([form for form in FORMATS if form.marks]) < 5
