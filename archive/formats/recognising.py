"""Defines a format: how it is recognised and read."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from archive.formats.json_entries import json_keys
from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source
from archive.formats.table_rows import column_names

Read: TypeAlias = "Callable[[Source], Iterator[SavedArticle | RowProblem]]"


_FRONT_MATTER = tuple(mark + b"---" + end for mark in (b"", BOM_UTF8) for end in (b"\n", b"\r"))


class Signs:
    """Clues to a file's format from its first bytes, each computed once, when a format asks for it."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @property
    def head(self) -> bytes:
        return self.source.head

    @property
    def text(self) -> str:
        """The first part of the file as text, with \\n newlines; empty if it is not text."""
        return self.source.head_text

    @property
    def has_front_matter(self) -> bool:
        """Whether the file begins as Markdown does, and nothing else."""
        return self.head.startswith(_FRONT_MATTER)

    @cached_property
    def is_html(self) -> bool:
        return self.text.lstrip()[:1] == "<"

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names of a table's columns (`table_rows.column_name`): lower case, single spaces."""
        return column_names(self.source)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The paths of JSON keys (`json_entries.json_keys`): `item.url` for a list of objects with a url."""
        return json_keys(self.source)

    def has_columns(self, *names: str) -> bool:
        return self.columns.issuperset(names)

    def has_keys(self, *paths: str) -> bool:
        return self.keys.issuperset(paths)


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name in reports ("a Pocket export"), how to recognise it, and how to read it.

    `read` yields articles and problems while it reads, and raises nothing but OSError. `folders` are those beside the
    file that belong to it: what is in them is read by it alone. Where such a file may begin with front matter, one of
    the `marks` stands in each that does.
    """

    name: str
    recognises: Callable[[Signs], bool]
    read: Read
    folders: tuple[str, ...] = ()
    marks: tuple[bytes, ...] = ()
