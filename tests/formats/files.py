"""Files of other programs, for tests."""

from __future__ import annotations

from pathlib import Path

from archive.formats.registry import recognise
from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source


def source_of(folder: Path, content: str | bytes, name: str = "file") -> Source:
    """A file with this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source(folder, name)


def read(source: Source) -> tuple[str, list[SavedArticle], list[RowProblem]]:
    """The format recognised for a file, its articles and its problems."""
    found = recognise(source)
    assert found is not None, f"{source.path} is not recognised"
    records = list(found.read(source))
    articles = [record for record in records if isinstance(record, SavedArticle)]
    return found.name, articles, [record for record in records if isinstance(record, RowProblem)]
