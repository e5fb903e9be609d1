from pathlib import Path

from tests.formats.files import read, source_of

CSV = "title,url,time_added,cursor,tags,status\nA,https://a.example/1,1680945330,x,one|two words,archive\n"


def test_rows_with_a_column_more(tmp_path: Path) -> None:
    name, [article], problems = read(source_of(tmp_path, CSV))
    assert (name, problems) == ("a Pocket export (CSV)", [])
    assert (article.url, article.title, article.tags, article.read) == (
        "https://a.example/1",
        "A",
        ["one", "two words"],
        True,
    )


def test_a_row_without_an_address_is_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    _, articles, [problem] = read(source_of(tmp_path, CSV.replace("https://a.example/1", "") + CSV.splitlines()[1]))
    assert (problem.row, problem.line, [article.row for article in articles]) == (1, 2, [2])


def test_the_page_tells_what_was_read_by_its_headings(tmp_path: Path) -> None:
    page = (
        '<!DOCTYPE html><title>Pocket Export</title><h1>Unread</h1><ul><li><a href="https://a.example/?a=1&amp;b=2"'
        ' time_added="1680945330" tags="x,y">One &amp; two</a></ul><h1>Read Archive</h1><ul><li>'
        '<a href="https://a.example/2" time_added="0" tags="">https://a.example/2</a></li></ul>'
    )
    _, [first, second], _ = read(source_of(tmp_path, page))
    assert (first.url, first.title, first.tags, first.read) == (
        "https://a.example/?a=1&b=2",
        "One & two",
        ["x", "y"],
        False,
    )
    assert (second.title, second.saved, second.read) == ("", None, True)
