"""Whole pages with highlights in them: SingleFile and WebScrapBook."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.formats.html_text import page_text
from archive.formats.programs.marked_html import block_text
from tests.formats.files import read, source_of
from tests.formats.programs.samples import SINGLEFILE, WEBSCRAPBOOK


def test_singlefile(tmp_path: Path) -> None:
    name, [page], problems = read(source_of(tmp_path, SINGLEFILE, "page.html"))
    assert (name, problems) == ("a page saved with SingleFile", [])
    assert (page.url, page.title, page.authors) == ("https://a.example/1?x=1&y=2", "One & two", ["Ada Quill"])
    assert page.saved == datetime(2023, 4, 8, 9, 15, 30, tzinfo=UTC)
    assert page.content is not None
    assert (page.content.data, page.content.kind) == (SINGLEFILE.encode(), "page")
    first, second = page.highlights
    assert (first.quote, first.colour, first.prefix, first.suffix[:6]) == (
        "tides",
        "pink",
        "The tide waits. The ",
        " wait.",
    )
    assert second.quote == "End\n\nof it."
    assert [note.text for note in page.notes] == ["Ask Jan & Jo."]


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        ("Archive processed by SingleFile \n url: https://b.example/ \n saved date: nonsense", "https://b.example/"),
        ("Page saved with SingleFile \n url: file:///home/x.html", "https://c.example/"),
        ("Page saved with SingleFile", "https://c.example/"),
    ],
)
def test_what_the_comment_does_not_say_the_page_says(comment: str, url: str, tmp_path: Path) -> None:
    html = f"<html><!-- {comment} --><link rel=canonical href=https://c.example/><title>X</title><p>Y</html>"
    _, [page], _ = read(source_of(tmp_path, html))
    assert (page.url, page.title, page.saved) == (url, "X", None)


def test_a_page_without_an_address_comes_in_and_it_is_said(tmp_path: Path) -> None:
    _, [page], [problem] = read(source_of(tmp_path, "<!-- Page saved with SingleFile --><title>X</title><p>Y"))
    assert (page.url, page.title, problem.left_out) == ("", "X", False)


def test_a_page_that_unpacks_itself(tmp_path: Path) -> None:
    packed = io.BytesIO()
    packed.write(b"<!DOCTYPE html><html><!-- Page saved with SingleFile \n url: https://b.example/ \n--><body>Wait")
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("index.html", "<html><title>Inside</title><p>Words")
    _, [page], _ = read(source_of(tmp_path, packed.getvalue()))
    assert page.content is not None
    assert (page.url, page.title, b"Words" in page.content.data) == ("https://b.example/", "Inside", True)


def test_webscrapbook(tmp_path: Path) -> None:
    name, [page], problems = read(source_of(tmp_path, WEBSCRAPBOOK, "index.html"))
    assert (name, problems) == ("a page saved with WebScrapBook", [])
    assert (page.url, page.title) == ("https://a.example/1?x=1&y=2", "One")
    assert page.saved == datetime(2023, 4, 8, 9, 15, 30, tzinfo=UTC)
    marked, first, second = page.highlights
    assert (marked.quote, marked.note, marked.colour) == ("tide", "Who?", "#FFFF00")
    assert marked.created == datetime(2023, 4, 9, 18, 0, 0, 123000, tzinfo=UTC)
    assert (first.quote, second.quote, second.prefix[-3:]) == ("is", "is", "it ")  # without ids: two markers
    assert [note.text for note in page.notes] == ["A note\non the page."]


def test_the_text_of_a_page_is_as_before_it_was_marked() -> None:
    assert page_text(WEBSCRAPBOOK).markdown == "The tide waits.\n\nIt is old, it is wet.\n"
    assert page_text(SINGLEFILE).markdown.startswith("The tide waits. The tide**s** wait.")
    assert "Ask Jan" not in page_text(SINGLEFILE).markdown


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Bo<em>il</em>ed<br>on</p><p>Two</p>", "Boiled\non\n\nTwo"),
        ("a &lt;b", "a <b"),
        ("a & b", "a & b"),
        ("<ul><li>x<li>y</ul>z<script>no</script>", "x\n\ny\n\nz"),
        ("", ""),
        ("<", "<"),
    ],
)
def test_the_words_of_a_piece_of_html(html: str, text: str) -> None:
    assert block_text(html) == text


@pytest.mark.parametrize("hostile", ["<div>", "<b>", "<span data-singlefile-highlight-id=1>x", "<a ", "&", "<table>"])
def test_hostile_pages_take_no_long_time(hostile: str, tmp_path: Path) -> None:
    read(source_of(tmp_path, f"<html><!-- Page saved with SingleFile --><title>x</title><body>{hostile * 30_000}"))
