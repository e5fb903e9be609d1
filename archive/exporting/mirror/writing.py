"""Writing the folder: each file whole, only what changed, and never over what a person wrote."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from archive.accounts.time_zones import of_person
from archive.annotations.models import Annotation, AnnotationQuerySet, ColourMeaning
from archive.articles.bylines import bylines
from archive.articles.models import Article
from archive.exporting.files import replaced
from archive.exporting.folder.markdown_files import front_matter
from archive.exporting.mirror.layout import Layout
from archive.exporting.mirror.note_file import NoteFile, Section, Unreadable, new_file, read_note_file
from archive.exporting.recipient import AbsoluteUrl, Recipient
from archive.exporting.works import cite_keys
from archive.locking import Busy, locked_in_place

INSIDE = ".commonplace"
AT_ONCE = 50  # articles in memory
LARGEST = 20_000_000  # bytes of a file that somebody may have written
NO_NOTES = "This article no longer has notes."


class CannotMirror(Exception):
    """Why nothing was written, in a sentence."""


class _Changed(Exception):
    """A file is not as it was when it was read."""


@dataclass
class Outcome:
    """How many files were written, found as they should be, and removed; and what a person should know of others:
    name and reason, in words that follow the name.
    """

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)


def mirror_notes(folder: Path, person: User, absolute: AbsoluteUrl, layout: Layout | None = None) -> Outcome:
    """Make this folder hold a file for each article that this person has notes on, with all that they wrote into it.

    Broken off at any moment, the next run ends right. Raises CannotMirror, BadTemplate, OSError.
    """
    inside = folder / INSIDE
    if folder.exists() and not folder.is_dir():
        raise CannotMirror(f"{folder} is not a folder.")
    if (inside / "format.json").exists():
        raise CannotMirror(f"{folder} holds an export of the archive. Name another folder.")
    inside.mkdir(parents=True, exist_ok=True)
    try:
        with locked_in_place(inside, f"Another process is writing {folder}."):
            for left in inside.glob(".*.part"):
                left.unlink()
            return _Mirror(folder, person, absolute, layout or Layout()).run()
    except Busy as error:
        raise CannotMirror(str(error)) from None


class _Mirror:
    """One run."""

    def __init__(self, folder: Path, person: User, absolute: AbsoluteUrl, layout: Layout) -> None:
        self._folder, self._person, self._layout = folder, person, layout
        meanings = dict(ColourMeaning.objects.filter(owner=person).values_list("colour", "meaning"))
        zone = of_person(person) or timezone.get_current_timezone()
        self._recipient = Recipient(person.pk, absolute, meanings, with_block_ids=True, time_zone=zone)
        self._outcome = Outcome()
        self._files: dict[str, list[Path]] = defaultdict(list)  # ours, by the identity of their article
        self._taken: set[str] = set()  # names below the folder, as file systems compare them

    def run(self) -> Outcome:
        self._look_around()
        for article, notes, key in self._articles():
            section = self._section(article, notes, key)
            files = self._files.pop(article.identity, [])
            if files:
                self._renew(files, section)
            else:
                self._create(article, section, key)
        for path in (path for files in self._files.values() for path in files):
            self._retire(path)
        self._outcome.said.sort()
        return self._outcome

    def _look_around(self) -> None:
        """See which files there are, and which of them are ours."""
        for path in _markdown_files(self._folder):
            name = path.relative_to(self._folder)
            self._taken.add(_compared(name.as_posix()))
            try:
                file = self._read(path)[0]
            except Unreadable as error:
                self._leave(path, str(error))
                continue
            if file is not None and file.person == self._person.get_username():
                self._files[file.identity].append(path)

    def _articles(self) -> Iterator[tuple[Article, list[Annotation], str]]:
        """The articles with notes, in the order of their identities, with the notes and cite key of each."""
        own = Annotation.objects.owned_by(self._person).present()
        noted = Article.objects.present().filter(pk__in=own.values("article"))
        last = ""
        while portion := list(_with_relations(noted.filter(identity__gt=last).order_by("identity")[:AT_ONCE])):
            last = portion[-1].identity
            keys = cite_keys(article.pk for article in portion)
            notes = defaultdict(list)
            for annotation in _with_tags(own.filter(article__in=portion).in_reading_order()):
                notes[annotation.article_id].append(annotation)
            for article in portion:
                for annotation in notes[article.pk]:
                    annotation.article = article
                if notes[article.pk]:
                    yield article, notes[article.pk], keys.get(article.pk, "")

    def _section(self, article: Article, notes: list[Annotation], key: str) -> Section:
        tags = sorted(tag.name for tag in article.tags.all())
        authors = [authorship.author.name for authorship in article.authorships.all()]
        link = self._recipient.absolute(article.get_absolute_url())
        front = front_matter(article, tags, authors, citekey=key, commonplace=link)
        text = self._layout.text(article, notes, self._recipient, key)
        return Section(article.identity, self._person.get_username(), front, text)

    def _create(self, article: Article, section: Section, key: str) -> None:
        wanted = self._layout.path(article, key).as_posix()
        numbers = (wanted, *(f"{wanted} {article.identity[:digits]}" for digits in (6, 10, 20, 64)))
        name = next(name for each in numbers if (name := f"{each}.md") and self._is_free(name))
        self._taken.add(_compared(name))
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._put(path, new_file(section), None)
        except (FileExistsError, NotADirectoryError):
            self._leave(path, "cannot be created: there is a file where it or its folder should be")

    def _is_free(self, name: str) -> bool:
        return _compared(name) not in self._taken and not os.path.lexists(self._folder / name)

    def _renew(self, files: list[Path], section: Section) -> None:
        """Write the section into its file. Of several with the same mark, the others are copies."""
        path, *copies = sorted(files, key=lambda path: (len(path.as_posix()), path))
        for copy in copies:
            self._leave(copy, f"is a copy of {path.relative_to(self._folder)}: only that one is kept up to date")
        self._rewrite(path, lambda file: file.with_section(section))

    def _retire(self, path: Path) -> None:
        """Remove the file of an article without notes, unless it has words of the person's own."""

        def emptied(file: NoteFile) -> bytes | None:
            return file.emptied(NO_NOTES) if file.has_own_text else None

        self._rewrite(path, emptied)

    def _rewrite(self, path: Path, change: Callable[[NoteFile], bytes | None]) -> None:
        """Write what `change` makes of a file, or remove it for None; leave it where that is not safe."""
        try:
            file, data, state = self._read(path)
            if file is None:
                raise _Changed
            wanted = change(file)
            if wanted == data:
                self._outcome.unchanged += 1
                return
            if file.is_section_edited:
                self._set_aside(path, file)
            if wanted is not None:
                self._put(path, wanted, state)
            elif _state(path) == state:
                path.unlink()
                self._outcome.removed += 1
            else:
                raise _Changed
        except Unreadable as error:
            self._leave(path, str(error))
        except (_Changed, FileNotFoundError):
            self._leave(path, "changed while it was being updated: the next run brings it up to date")
        except PermissionError as error:
            self._leave(path, f"cannot be written: {error.strerror}")

    def _set_aside(self, path: Path, file: NoteFile) -> None:
        """Keep what somebody wrote between the marks, before it is replaced."""
        digest = hashlib.sha256(file.section).hexdigest()[:16]
        target = self._folder / INSIDE / "replaced" / f"{file.identity[:10]} {digest}.md"
        target.parent.mkdir(exist_ok=True)
        with replaced(target) as copy:
            copy.write(file.section)
        self._leave(path, f"was edited between its marks; that text is in {target.relative_to(self._folder)}")

    def _read(self, path: Path) -> tuple[NoteFile | None, bytes, tuple[int, ...]]:
        """A file of ours with its bytes and its state. Raises Unreadable, OSError."""
        state = _state(path)
        if path.stat().st_size > LARGEST:
            return None, b"", state
        data = path.read_bytes()
        return read_note_file(data), data, state

    def _put(self, path: Path, data: bytes, state: tuple[int, ...] | None) -> None:
        """Write a file that still is in this state, or not there. Raises _Changed, FileExistsError, OSError."""

        def check(_: Path) -> None:
            if state is None and os.path.lexists(path):
                raise FileExistsError
            if state is not None and _state(path) != state:
                raise _Changed

        target = path.resolve()  # a link stays one
        mode = None if state is None else target.stat().st_mode & 0o777
        beside = None if path.is_symlink() else self._folder / INSIDE  # out of sight, on the same disk
        with replaced(target, folder=beside, mode=mode, check=check) as file:
            file.write(data)
        self._outcome.written += 1

    def _leave(self, path: Path, reason: str) -> None:
        self._outcome.said.append((path.relative_to(self._folder).as_posix(), reason))


def _markdown_files(folder: Path) -> Iterator[Path]:
    """All of them, but for those in hidden folders."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if name.lower().endswith(".md") and path.is_file():
                yield path


def _compared(name: str) -> str:
    """A name as file systems compare it that know no capitals, or one form of accents."""
    return unicodedata.normalize("NFC", name).casefold()


def _state(path: Path) -> tuple[int, ...]:
    """What differs once somebody has written to the file."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _with_relations(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.select_related("publication").prefetch_related(bylines(), "tags")  # type: ignore[misc]  # taggit's manager


def _with_tags(annotations: AnnotationQuerySet) -> AnnotationQuerySet:
    found = annotations.select_related("owner", "parent").defer("candidates")
    return found.prefetch_related("tags")  # type: ignore[misc]  # taggit's manager
