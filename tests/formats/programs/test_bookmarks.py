from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.formats.files import read, source_of
from tests.formats.programs.samples import BOOKMARKS

HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"


def test_links_with_their_folders_tags_notes_and_times(tmp_path: Path) -> None:
    name, [one, two, three], problems = read(source_of(tmp_path, BOOKMARKS))
    assert (name, problems) == ("a file of bookmarks", [])
    assert (one.url, one.title, one.tags) == ("https://a.example/1?x=1&y=2&copy=3", "One & two", ["ships", "old towns"])
    assert ([note.text for note in one.notes], one.collections) == (["A note\non two lines"], ["Reading & more"])
    assert (two.title, two.read, two.collections, two.notes) == ("Two bold", False, ["Reading & more/North-South"], [])
    assert (three.title, three.collections, three.read) == ("Ünïcode", [], None)
    # Seconds, milliseconds, microseconds.
    assert {each.saved for each in (one, two, three)} == {datetime(2023, 4, 8, 9, 15, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    "head",
    ["\ufeff\n\n<!doctype netscape-bookmark-file-1>", "<!-- made by x -->\n<!DOCTYPE NETSCAPE-Bookmark-file-1>", ""],
)
def test_it_is_recognised_whatever_stands_above(head: str, tmp_path: Path) -> None:
    _, [article], _ = read(source_of(tmp_path, f'{head}<DL><p><DT><A HREF="https://a.example/1">One</A></DL>'))
    assert article.title == "One"


def test_what_is_no_web_address_is_named_with_its_line(tmp_path: Path) -> None:
    links = '<DT><A HREF="javascript:x">Button</A>\n<DT><A>None</A>\n<DT><A HREF="https://a.example/1">One</A>\n'
    _, [article], [first, second] = read(source_of(tmp_path, f"{HEAD}{links}</DL>"))
    assert (first.row, first.line, second.row, second.line, article.row) == (1, 3, 2, 4, 3)


def test_a_large_icon_and_a_sign_within_quotes_do_not_end_a_tag(tmp_path: Path) -> None:
    link = f'<DT><A HREF="https://a.example/1" ICON="data:image/png;base64,{"A" * 200_000}" X="a > b">One</A>'
    _, [article], _ = read(source_of(tmp_path, f"{HEAD}{link}</DL>"))
    assert article.title == "One"
    assert "icon" not in article.metadata


@pytest.mark.parametrize("hostile", ['<A "', "<", "<!--", "<DL><p>", "</DL>", "<A HREF=x>", "&#" * 3])
def test_hostile_repetition_takes_no_long_time(hostile: str, tmp_path: Path) -> None:
    read(source_of(tmp_path, HEAD + hostile * 50_000))
