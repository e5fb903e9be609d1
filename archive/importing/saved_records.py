"""Reads other programs' exports: from files to records with prepared texts, in the order of the files."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from archive.formats.saved import RowProblem, SavedArticle
from archive.formats.source import Source
from archive.importing.exports import Export
from archive.importing.file_names import storable_name
from archive.importing.preparing import RECORD, Job, OfProgram, Prepared, Refused
from archive.importing.problems import ERROR, NOTICE, WARNING, Problem
from archive.importing.workers import Workers

MOST_NAMED = 100  # problems per file; the others are only counted


@dataclass(frozen=True, slots=True)
class Record:
    """An article in a file, and the prepared text."""

    saved: SavedArticle
    export: Export
    prepared: Prepared | Refused


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a file: how it was recognised, and its problems."""

    export: Export
    problems: list[Problem]
    left_out: int  # number of records


@dataclass
class Reading:
    """Reads exports one after the other. `rows` and `expected` are the progress, in records."""

    exports: Iterable[Export]
    keep_in: Path | None
    rows: int = 0
    expected: int = 0  # estimated for files that are being read, by how much of them is read
    _waiting: deque[tuple[SavedArticle, Export] | Finished] = field(default_factory=deque)

    def records(self, workers: Workers) -> Iterator[Record | Finished]:
        """Each record; after a file's records, its end."""
        for outcome in workers.prepare(self._jobs()):
            assert not isinstance(outcome, OfProgram)
            while isinstance(ended := self._waiting[0], Finished):
                yield ended
                self._waiting.popleft()
            saved, export = ended
            self._waiting.popleft()
            yield Record(saved, export, outcome)
        while self._waiting:
            ended = self._waiting.popleft()
            assert isinstance(ended, Finished)
            yield ended

    def _jobs(self) -> Iterator[tuple[Job, int]]:
        for export in self.exports:
            telling = _Problems(export)
            source = _Measured(export.source.folder, export.source.path)
            before = self.rows
            try:
                # Closed here, so that its file is closed too if the reader is not exhausted.
                with closing(_generator(export.form.read(source))) as found:
                    for each in found:
                        if isinstance(each, RowProblem):
                            telling.add(each)
                            continue
                        self.rows += 1
                        telling.count(each)
                        self.expected = before + source.estimate(self.rows - before)
                        self._waiting.append((each, export))
                        job = _job(each, export, self.keep_in)
                        yield job, len(job.original or b"")
            except OSError as error:
                telling.failed(f"The file cannot be read: {error.strerror}.")
            except Exception as error:  # a bug in one reader must not keep the other files out
                telling.failed(f"The file could not be read any further ({type(error).__name__}: {error}).")
            self.expected = self.rows
            self._waiting.append(telling.end())


def _generator(found: Iterator[SavedArticle | RowProblem]) -> Generator[SavedArticle | RowProblem]:
    yield from found


def _job(saved: SavedArticle, export: Export, keep_in: Path | None) -> Job:
    content = saved.content
    last_resort = title_of_address(saved.url) or export.source.name
    if content is None or not content.data.strip():
        return Job(
            f"{export.label}#{saved.row or 1}", original=_public_record(saved), kind=RECORD, url=saved.url,
            title=saved.title, title_of_last_resort=last_resort,
        )  # fmt: skip
    return Job(
        storable_name(content.path) or f"{export.label}#{saved.row or 1}",
        folder=str(export.source.folder) if content.path else None,
        original=content.data,
        keep_in=keep_in,
        kind=None if content.kind == "markdown" else content.kind,
        url=saved.url,
        title=saved.title,
        title_of_last_resort=last_resort,
    )


def _public_record(saved: SavedArticle) -> bytes:
    """The public part of a record without text: nothing that is the reader's own."""
    said = {
        "url": saved.url,
        "title": saved.title,
        "authors": saved.authors,
        "publication": saved.publication,
        "published": saved.published.written if saved.published else "",
        "language": saved.language,
        "description": saved.description,
    }
    return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False, indent=1).encode()


def title_of_address(url: str) -> str:
    """A title for an article of which only the address is known."""
    if not url:
        return ""
    parts = urlsplit(url)
    shown = unquote(f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/"))
    return shown if shown.isprintable() else url


class _Measured(Source):
    """A source that knows how much of it was read."""

    def open(self) -> BinaryIO:
        file = super().open()
        object.__setattr__(self, "_file", file)
        return file

    def estimate(self, rows: int) -> int:
        """The estimated number of rows in the file, given the number so far."""
        file: BinaryIO | None = getattr(self, "_file", None)
        if file is None or file.closed:
            return rows
        size = self.full_path.stat().st_size
        return max(rows, round(rows * size / max(1, file.tell())))


class _Problems:
    """Collects the problems of one file."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._counts: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._left_out = 0
        self._more = 0
        if export.source.encoding not in ("utf-8", "utf-8-sig", "utf-16", "utf-32") and export.source.head_text:
            name = export.source.encoding.replace("cp125", "windows-125")
            self._say(WARNING, "encoding", f"The file is not UTF-8; it was read as {name}, the likeliest encoding.")

    def count(self, saved: SavedArticle) -> None:
        self._counts["article"] += 1
        self._counts["text"] += saved.content is not None
        self._counts["highlight"] += len(saved.highlights)

    def add(self, problem: RowProblem) -> None:
        self._left_out += problem.left_out
        where = f"{'Row' if problem.line else 'Entry'} {problem.row:,}: " if problem.row else ""
        severity = WARNING if problem.left_out else NOTICE
        path = f"{self._export.label}: {problem.file}" if problem.file else self._export.label
        self._say(severity, "record", f"{where}{problem.message}", problem.line, path)

    def failed(self, message: str) -> None:
        self._say(ERROR, "unreadable", message)

    def end(self) -> Finished:
        articles, texts, highlights = (self._counts[name] for name in ("article", "text", "highlight"))
        held = f"{articles:,} {'article' if articles == 1 else 'articles'}"
        if articles:
            held += f" ({texts:,} with text)"
        if highlights:
            held += f", {highlights:,} {'highlight' if highlights == 1 else 'highlights'}"
        if self._more:
            self._say(WARNING, "record", f"{self._more:,} more records of this file have problems.", always=True)
        self._say(NOTICE, "taken-for", f"Read as {self._export.form.name}: {held}.", always=True)
        return Finished(self._export, self._problems, self._left_out)

    def _say(
        self, severity: str, code: str, message: str, line: int | None = None, path: str = "", *, always: bool = False
    ) -> None:
        if len(self._problems) >= MOST_NAMED and not always:
            self._more += 1
            return
        self._problems.append(Problem(path or self._export.label, line, severity, code, message))


def digest_parts(saved: SavedArticle) -> bytes:
    """All content of a record, to detect whether it contains anything new."""
    said = asdict(saved)
    content = said.pop("content")
    return repr(said).encode("utf-8", "replace") + (content["data"] if content else b"")
