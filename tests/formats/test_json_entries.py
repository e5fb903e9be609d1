import codecs
import json
from pathlib import Path

import pytest

from archive.formats.json_entries import json_entries, json_keys
from archive.formats.saved import RowProblem
from tests.formats.files import source_of

TITLE = "Les forêts brûlées de l’été : où sont passés les hêtres et les chênes ?"
ENTRIES = [{"url": f"https://a.example/{number}", "title": TITLE} for number in range(3)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ENTRIES).encode(),
        json.dumps(ENTRIES, indent=2, ensure_ascii=False).replace("\n", "\r\n").encode(),
        codecs.BOM_UTF8 + json.dumps(ENTRIES).encode(),
        codecs.BOM_UTF16_BE + json.dumps(ENTRIES, ensure_ascii=False).encode("utf-16-be"),
        json.dumps(ENTRIES, ensure_ascii=False).encode("cp1252"),
    ],
)
def test_entries_are_the_same_in_any_encoding(tmp_path: Path, content: bytes) -> None:
    source = source_of(tmp_path, content)
    assert json_keys(source) == {"item.url", "item.title"}
    assert list(json_entries(source, "item")) == list(enumerate(ENTRIES, 1))


def test_a_file_cut_anywhere_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = json.dumps(ENTRIES).encode()
    for end in range(1, len(whole), 7):
        *entries, last = json_entries(source_of(tmp_path, whole[:end]), "item")
        assert entries == list(enumerate(ENTRIES, 1))[: len(entries)]
        assert isinstance(last, RowProblem)
        assert last.row == len(entries) + 1


def test_what_is_no_object_is_named(tmp_path: Path) -> None:
    first, second = json_entries(source_of(tmp_path, '["word", {"a": 1}]'), "item")
    assert isinstance(first, RowProblem)
    assert (first.row, second) == (1, (2, {"a": 1}))


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    source = source_of(tmp_path, "[" * 1_000_000)
    assert all(isinstance(entry, RowProblem) for entry in json_entries(source, "item"))
