"""Prepares one file for the archive: bytes -> text -> front matter -> HTML. Runs in worker processes.

Depends on neither Django nor the database, so that a worker starts quickly and can be killed at any time.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from archive import text as rendering
from archive.formats import frontmatter
from archive.formats.decoding import Decoded, NotText, decode
from archive.formats.html_text import decode_page, fragment_markdown, page_text, words_alone
from archive.formats.notes_folder import is_notes_file
from archive.formats.registry import recognise
from archive.formats.source import HEAD, Source
from archive.importing.counting import count_words
from archive.importing.discovery import LONGEST_FILE
from archive.importing.pictures import LARGEST_PICTURE, Picture, PictureFinder
from archive.importing.problems import ERROR, NOTICE, WARNING, Problem
from archive.importing.statements import language_of_text, read_statements

SECONDS_PER_FILE = 8.0  # CPU seconds per stage, so that the result does not depend on how busy the machine is
LONG_TEXT = 10_000  # code points
LONGEST_PAGE = 8_000_000  # code points of HTML without its images; parsing takes thirty times as much memory
MOSTLY_MARKUP = 0.2  # share of all code points, for a single character
MOST_MARKED = 2_000  # passages; nobody marks this many

# What an original is if it is not Markdown: an HTML fragment that is the article, a page that contains it, or a record
# without text.
FRAGMENT, PAGE, RECORD = "fragment", "page", "record"

Result = TypeVar("Result")


class OutOfTime(BaseException):
    """Raised by the alarm anywhere. Not an Exception, so that nothing on the way catches it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to prepare: its path or bytes, and where to look for its images."""

    path: str  # path below the import root
    full_path: str | None = None
    folder: str | None = None  # the import root
    original: bytes | None = None
    pictures: dict[str, str] = field(default_factory=dict)  # address in the file -> SHA-256 of a known attachment
    keep_in: Path | None = None  # the data directory, if pictures are to be kept
    kind: str | None = None  # kind of original, as in Revision.kind; Markdown if None
    url: str = ""  # address of the page that an HTML fragment comes from, and
    title: str = ""  # its title, which Markdown states itself
    title_of_last_resort: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not imported: it failed, or was skipped because it is empty."""

    problem: Problem

    @property
    def is_failure(self) -> bool:
        return self.problem.severity == ERROR


@dataclass(frozen=True, slots=True)
class OfProgram:
    """A file that is not an article but another program's export, to be read as such."""

    path: str


@dataclass(slots=True)
class Prepared:
    """Everything the writer needs from one file."""

    path: str
    original: bytes
    content_hash: str
    encoding: str
    title: str
    canonical_url: str | None
    fields: dict[str, Any]  # as in FrontMatter
    publication: str  # as stated; blank if the file does not state one
    names_site: bool  # whether it is the name of the whole site
    is_highlights: bool  # passages of another text, rather than the text itself
    host: str
    metadata: dict[str, Any]
    html: str
    text: str
    headings: list[dict[str, Any]]
    marked: list[tuple[int, int]]  # ranges of the text, in code points
    word_count: int
    pictures: list[Picture]
    picture_addresses: dict[str, str]
    problems: list[Problem]
    kind: str | None = None  # of the original


def prepare(job: Job, *, plainly: bool = False) -> Prepared | Refused | OfProgram:
    """Read, decode, parse and render one file. Never raises because of the file's content.

    A stage that fails or takes longer than SECONDS_PER_FILE is replaced by the simplest alternative, with a warning.
    With `plainly` the renderer is not even tried: that is for when the first attempt had to be killed.
    """
    try:
        data = _read(job)
        if data is None:
            return OfProgram(job.path)
        if not data.strip(b"\xef\xbb\xbf \t\r\n"):
            return Refused(Problem(job.path, None, WARNING, "empty", "The file is empty. It was skipped."))
        if job.kind is None and is_notes_file(data):
            message = "These notes were written by Commonplace and are already in the archive. The file was skipped."
            return Refused(Problem(job.path, None, NOTICE, "notes-file", message))
        decoded = decode(data) if job.kind is None else _decoded_page(data)
    except NotText as error:
        return _failed(job, error.reason)
    except OSError as error:
        return _failed(job, f"cannot be read: {error.strerror}")
    problems: list[Problem] = [_warning(job, problem) for problem in decoded.problems]

    front = _within_limits(lambda: _taken_apart(job, decoded.text, plainly))
    if isinstance(front, str) and job.kind is not None:
        problems.append(Problem(job.path, None, WARNING, "html", f"The page {front}. Only its words were kept."))
        front = frontmatter.FrontMatter(body=words_alone(decoded.text))
    elif isinstance(front, str):
        problems.append(
            Problem(job.path, 1, WARNING, "front-matter", f"The front matter {front}. It was left in the text.")
        )
        front = frontmatter.FrontMatter(body=decoded.text)
    problems += (_warning(job, problem) for problem in front.problems)

    front.fields.update({name: said for name, said in (("source_url", job.url), ("title", job.title)) if said})
    stated = read_statements(front, job.path, job.title_of_last_resort)
    fields, title, url = stated.fields, stated.title, stated.url

    finder = PictureFinder(job.path, job.folder, job.keep_in, job.pictures)
    document: rendering.Document | str = "stopped the renderer"
    if not plainly:
        document = _within_limits(
            lambda: rendering.render(
                front.body,
                base_url=url or None,
                title=stated.title_as_written or title,
                resolve_image=finder,
                keep_marks=False,
            )
        )
    finder.keep_named(str(fields.get("image") or ""))
    if finder.failure:  # without its image it would count as unchanged, and never get it
        return _failed(job, f"has an image that cannot be kept:  {finder.failure}")
    if isinstance(document, str):
        problems.append(
            Problem(
                job.path,
                None,
                WARNING,
                "rendered-plainly",
                f"The text {document}. It was imported as plain paragraphs.",
            )
        )
        document = rendering.plain(front.body)
    if mark := _commonest_mark(front.body):
        message = f"It contains little more than “{mark}”. It was imported, but has no text to read."
        problems.append(Problem(job.path, None, WARNING, "mostly-markup", message))
    if len(document.marked) > MOST_MARKED:
        message = f"Of {len(document.marked):,} marked passages only the first {MOST_MARKED:,} became highlights."
        problems.append(Problem(job.path, None, WARNING, "marked", message))
    is_highlights = frontmatter.holds_highlights(front.body, job.path)
    if is_highlights:
        message = "It contains highlights of a different text, so it was imported separately; its marks were not read."
        problems.append(Problem(job.path, None, NOTICE, "highlights", message))
    fields |= language_of_text(front, document.text)
    lines_above = _lines_above(decoded.text, front.body)
    for found in document.problems:
        line = found.line + lines_above if found.line else None
        problems.append(Problem(job.path, line, WARNING, "text", found.message))
    for address in finder.lost:
        message = f"There is no image at {_short(address)}"
        problems.append(Problem(job.path, _line_of(address, decoded.text), NOTICE, "picture", message))
    for address in finder.too_large:
        message = f"The image {_short(address)} is larger than {LARGEST_PICTURE >> 20} MB. It was ignored."
        problems.append(Problem(job.path, _line_of(address, decoded.text), WARNING, "picture", message))

    return Prepared(
        path=job.path,
        original=data,
        content_hash=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        title=title,
        canonical_url=frontmatter.canonical_url(url) if url else None,
        fields=fields,
        publication=stated.publication,
        names_site=stated.names_site,
        is_highlights=is_highlights,
        host=stated.host,
        metadata=front.metadata,
        html=document.html,
        text=document.text,
        headings=[{"level": it.level, "text": it.text, "id": it.id} for it in document.headings],
        marked=[(it.start, it.end) for it in document.marked[:MOST_MARKED]],
        word_count=count_words(document.text),
        pictures=list(finder.found.values()),
        picture_addresses={**job.pictures, **finder.addresses},
        problems=problems,
        kind=job.kind,
    )


def _taken_apart(job: Job, text: str, plainly: bool) -> frontmatter.FrontMatter:
    """The file's text as front matter and Markdown, whatever format it is in."""
    if job.kind is None:
        return frontmatter.parse(text)
    if job.kind == RECORD:
        return frontmatter.FrontMatter()
    if plainly or len(text) > LONGEST_PAGE:
        return frontmatter.FrontMatter(body=words_alone(text))
    if job.kind == FRAGMENT:
        return frontmatter.FrontMatter(body=fragment_markdown(text))
    page = page_text(text, job.url)
    said: dict[str, frontmatter.Json] = {
        "title": page.title,
        "site": page.publication,
        "description": page.description,
        "authors": list(page.authors),
        "published": page.published,
        "language": page.language,
    }
    entries = [frontmatter.Entry(key, value, 1) for key, value in said.items() if value]
    return frontmatter.FrontMatter(frontmatter.build_fields(entries, [])[0], body=page.markdown)


def _decoded_page(data: bytes) -> Decoded:
    text, encoding = decode_page(data)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)


def _read(job: Job) -> bytes | None:
    """The file's bytes; None if it is another program's export. Raises OSError, and NotText for a file that is too
    long."""
    if job.original is not None:
        return job.original
    path = Path(job.full_path or "")
    with path.open("rb") as file:
        head = file.read(HEAD)
        if job.kind is None and recognise(Source(path.parent, path.name, head)) is not None:
            return None
        data = head + file.read(LONGEST_FILE + 1 - len(head)) if len(head) == HEAD else head
    if len(data) > LONGEST_FILE:
        raise NotText(f"is larger than {LONGEST_FILE >> 20} MB")
    return data


def _failed(job: Job, reason: str) -> Refused:
    return Refused(Problem(job.path, None, ERROR, "unreadable", f"The file {reason.rstrip('.')}. It was skipped."))


def _warning(job: Job, problem: frontmatter.Problem) -> Problem:
    return Problem(job.path, problem.line, WARNING, problem.code, problem.message)


def _commonest_mark(body: str) -> str | None:
    """The character that makes up most of a long text, which nobody writes."""
    if len(body) < LONG_TEXT:
        return None
    return next((mark for mark in "[(`<>*_~" if body.count(mark) > len(body) * MOSTLY_MARKUP), None)


def _line_of(address: str, text: str) -> int | None:
    """The first line of the file with this address, if it appears there verbatim."""
    place = text.find(address)
    return text.count("\n", 0, place) + 1 if place >= 0 else None


def _short(address: str) -> str:
    return address if len(address) < 80 else f"{address[:60]}…"


def _lines_above(text: str, body: str) -> int:
    """The number of lines of the file above its body."""
    return text.count("\n", 0, len(text) - len(body)) if body and text.endswith(body) else 0


def _within_limits(stage: Callable[[], Result]) -> Result | str:
    """The stage's result, or what went wrong, in words that follow "the text …"."""
    try:
        with _alarm():
            return stage()
    except OutOfTime:
        signal.setitimer(signal.ITIMER_PROF, 0)  # if it rang while being turned off
        return f"took longer than {SECONDS_PER_FILE:.0f} seconds to read"
    except RecursionError:
        return "is nested too deeply"
    except Exception as error:
        return f"could not be read ({type(error).__name__})"


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGPROF, ring)
    # It repeats every second: a bare `except:` on the way may swallow the first.
    signal.setitimer(signal.ITIMER_PROF, SECONDS_PER_FILE, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
