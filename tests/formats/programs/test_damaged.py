"""Truncated files of every format, in other encodings, with values of other types: intact records are read, others
reported, and nothing is raised."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.formats.recognising import Signs
from archive.formats.registry import FORMATS, recognise
from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source
from tests.formats.files import read, source_of
from tests.formats.programs.samples import ALL

every = pytest.mark.parametrize("name", ALL)
of_json = pytest.mark.parametrize("name", [name for name, content in ALL.items() if content[0] in "[{"])


def _read(source: Source) -> tuple[list[SavedArticle], list[RowProblem]]:
    found = recognise(source)
    records = list(found.read(source)) if found else []
    articles = [record for record in records if isinstance(record, SavedArticle)]
    return articles, [record for record in records if isinstance(record, RowProblem)]


def _names(articles: list[SavedArticle]) -> set[str]:
    return {article.url or article.title for article in articles}


@every
def test_one_format_alone_recognises_it(name: str, tmp_path: Path) -> None:
    signs = Signs(source_of(tmp_path, ALL[name]))
    assert len([form for form in FORMATS if form.recognises(signs)]) == 1


@every
def test_a_file_cut_off_gives_what_is_whole_and_says_so(name: str, tmp_path: Path) -> None:
    whole = ALL[name].encode()
    expected, _ = _read(source_of(tmp_path, whole))
    assert expected
    for tenth in range(1, 10):
        articles, said = _read(source_of(tmp_path, whole[: len(whole) * tenth // 10]))
        assert _names(articles) <= _names(expected)
        if 0 < len(articles) < len(expected):
            assert any("cut off" in problem.message for problem in said), tenth


@every
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_another_encoding_says_the_same(name: str, encoding: str, tmp_path: Path) -> None:
    expected, _ = _read(source_of(tmp_path, ALL[name]))
    articles, _ = _read(source_of(tmp_path, ALL[name].lstrip("\ufeff").encode(encoding, "replace")))
    assert _names(articles) == _names(expected)
    assert [article.title for article in articles] == [article.title for article in expected]


@every
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_of_other_systems_say_the_same(name: str, newline: str, tmp_path: Path) -> None:
    def said(content: str) -> list[tuple[Any, ...]]:
        _, articles, _ = read(source_of(tmp_path, content))
        passages = [[" ".join(each.quote.split()) for each in article.highlights] for article in articles]
        return [(each.url, each.title, *quotes) for each, quotes in zip(articles, passages, strict=True)]

    assert said(ALL[name].replace("\n", newline)) == said(ALL[name])


def _without_one(value: Any) -> Iterator[Any]:
    """The value without one of its fields, or with one of a different type, in every combination."""
    if isinstance(value, dict):
        for key in value:
            yield {other: item for other, item in value.items() if other != key}
            for strange in (10**400, [[None, {"a": "\ud800\x00"}]]):
                yield {**value, key: strange}
            for item in _without_one(value[key]):
                yield {**value, key: item}
    elif isinstance(value, list):
        for index, item in enumerate(value):
            for changed in _without_one(item):
                yield [*value[:index], changed, *value[index + 1 :]]


@of_json
def test_a_field_gone_or_strange_costs_no_other_article(name: str, tmp_path: Path) -> None:
    expected, _ = _read(source_of(tmp_path, ALL[name]))
    for changed in _without_one(json.loads(ALL[name])):
        articles, said = _read(source_of(tmp_path, json.dumps(changed)))
        if articles or said:
            assert len(_names(articles) & _names(expected)) >= len(expected) - 1 or said


@every
def test_lines_gone_raise_nothing(name: str, tmp_path: Path) -> None:
    lines = ALL[name].splitlines(keepends=True)
    for number in range(len(lines) if len(lines) > 1 else 0):
        for article in _read(source_of(tmp_path, "".join(lines[:number] + lines[number + 1 :])))[0]:
            assert article.url or article.title
