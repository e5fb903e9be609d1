import codecs
from pathlib import Path

import pytest

from archive.formats.saved import RowProblem
from archive.formats.table_rows import Row, column_names, table_rows
from tests.formats.files import source_of

TABLE = 'Title,URL,Highlight_Count\n"One, two",https://a.example/1,3\n\nSecond,https://a.example/2,"4"\n'


def _cells(folder: Path, content: str | bytes) -> list[dict[str, str]]:
    return [row.cells for row in table_rows(source_of(folder, content)) if isinstance(row, Row)]


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        TABLE.replace("\n", "\r\n"),
        codecs.BOM_UTF8 + TABLE.encode(),
        codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
        "sep=,\n" + TABLE,
        TABLE.rstrip("\n"),
        TABLE.replace('"One, two"', "\tOne, two\t".replace("\t", '"')),
        '"Title";"URL";"Highlight_Count"\n"One, two";https://a.example/1;3\nSecond;https://a.example/2;4\n',
        "Title\tURL\tHighlight_Count\nOne, two\thttps://a.example/1\t3\nSecond\thttps://a.example/2\t4\n",
    ],
)
def test_rows_are_the_same_however_they_are_written(tmp_path: Path, content: str | bytes) -> None:
    assert column_names(source_of(tmp_path, content)) == {"title", "url", "highlight count"}
    assert _cells(tmp_path, content) == [
        {"title": "One, two", "url": "https://a.example/1", "highlight count": "3"},
        {"title": "Second", "url": "https://a.example/2", "highlight count": "4"},
    ]


@pytest.mark.parametrize("cut", ["Second,https://a.exa", '"Sec', "Second"])
def test_a_row_that_is_cut_off_is_left_out_and_named(tmp_path: Path, cut: str) -> None:
    whole = TABLE[: TABLE.index("Second")]
    rows = list(table_rows(source_of(tmp_path, whole + cut)))
    assert [row.number for row in rows if isinstance(row, Row)] == [1]
    assert [(row.row, row.line) for row in rows if isinstance(row, RowProblem)] == [(2, 4)]


@pytest.mark.parametrize("text", ["", "\n\n", "just words\n", '{"a": 1, "b": 2}', "# Title, with comma\n", "<a,b>"])
def test_what_is_no_table_has_no_columns(tmp_path: Path, text: str) -> None:
    assert column_names(source_of(tmp_path, text)) == frozenset()
