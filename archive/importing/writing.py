"""The single writer: prepared files are written to the archive in batches, each in a short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import InterfaceError, OperationalError, connection, transaction

from archive.articles.models import Article
from archive.importing.changes import Changes
from archive.importing.discovery import FoundFile, Ignored, Root
from archive.importing.identity import Incoming, Known
from archive.importing.models import ImportedArticle, ImportProblem, ImportRun
from archive.importing.preparing import OfProgram, Prepared, Refused
from archive.importing.problems import ERROR, WARNING, Problem
from archive.importing.publications import Publications
from archive.importing.renames import Renames
from archive.importing.tags import Tags
from archive.importing.titles import Titles

Imported: TypeAlias = Callable[[str, str, Article], None]  # called with a path, its outcome and its article
Outcome: TypeAlias = tuple[FoundFile, Prepared | Refused | OfProgram]


@dataclass
class Tally:
    """The result for some files: the number of each outcome, and their problems."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[Problem, Article | None]] = field(default_factory=list)
    articles: list[tuple[str, str, Article]] = field(default_factory=list)  # path, outcome
    annotations: Counter[str] = field(default_factory=Counter)
    highlights: int = 0
    states: int = 0  # stars and reading states

    def add(self, outcome: str, problems: Iterable[Problem], article: Article | None = None) -> None:
        self.counts[outcome] += 1
        self.counts["done"] += 1
        self.tell(problems, article)

    def add_article(self, path: str, outcome: str, article: Article, problems: Iterable[Problem]) -> None:
        """A file, or a record in one, became this article."""
        self.add(outcome, problems, article)
        self.articles.append((path, outcome, article))

    def add_end(self, problems: Iterable[Problem], left_out: int) -> None:
        """A file of records was read to its end; `left_out` of them were not imported."""
        self.counts["done"] += 1
        self.counts["skipped"] += left_out
        self.tell(problems)

    def tell(self, problems: Iterable[Problem], article: Article | None = None) -> None:
        for problem in problems:
            self.counts["warnings"] += problem.severity == WARNING
            self.problems.append((problem, article))


class Writer:
    """Writes what the workers prepared, for one run, and updates the run's counts."""

    def __init__(
        self, run: ImportRun, roots: Sequence[Root], report: Callable[[Problem], None], imported: Imported
    ) -> None:
        self.run = run
        self._roots = roots
        self._report = report
        self._imported = imported
        self._renames = Renames(roots)
        self._is_last = False
        self.of_programs: list[FoundFile] = []  # files to be read as exports
        self._recall()

    def _recall(self) -> None:
        # Reload after a rollback, which removed rows.
        self._publications = Publications()
        self._tags = Tags()
        self._waiting = Titles(waiting=True)

    def write(self, files: Sequence[Outcome]) -> None:
        """Write files in one transaction. If that fails, write each one separately, so that one does not keep others
        out.

        Raises OperationalError if the database itself fails, which no file is to blame for.
        """
        try:
            self._write_together(files)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            self._recall()
            if len(files) > 1:
                for file in files:
                    self.write([file])
            elif not isinstance(files[0][1], Prepared):
                raise
            else:
                found = files[0][0]
                reason = f"It could not be written to the archive ({type(error).__name__}: {error})."
                self.write([(found, Refused(Problem(found.path, None, ERROR, "unwritable", reason)))])

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Count given paths that cannot be imported, before anything is read."""
        tally = Tally()
        with self.keeping(tally, ""):
            for problem in problems:
                tally.add("failed" if problem.severity == ERROR else "skipped", [problem])

    def ignore(self, ignored: Ignored) -> None:
        """Count what was skipped on the way."""
        tally = Tally()
        tally.counts["skipped"] = ignored.counts.total()
        tally.tell(ignored.problems)
        with self.keeping(tally, self.run.last_path):
            self.run.ignored, self.run.ignored_paths = dict(ignored.counts), ignored.paths

    def _write_together(self, files: Sequence[Outcome]) -> None:
        tally = Tally()
        with self.keeping(tally, files[-1][0].path):
            self._write_articles([Incoming(found, it) for found, it in files if isinstance(it, Prepared)], tally)
            for _, outcome in files:
                if isinstance(outcome, Refused):
                    tally.add("failed" if outcome.is_failure else "skipped", [outcome.problem])
        self.of_programs += [found for found, outcome in files if isinstance(outcome, OfProgram)]

    def _write_articles(self, files: Sequence[Incoming], tally: Tally) -> None:
        """Write files in groups in which no file affects another, so that they can be matched and written together."""
        known = Known.about(files, self._roots, self._renames.followed, self._waiting)
        changes = Changes(self.run, self._publications, self._tags)
        in_group: set[str | int] = set()
        for number, file in enumerate(files):
            match = known.match(file)
            if match.article is None and self._waits(file):
                continue
            if in_group & {*file.keys, match.article and match.article.pk}:
                self._save_changes(changes, tally)
                known = Known.about(files[number:], self._roots, self._renames.followed, self._waiting)
                changes = Changes(self.run, self._publications, self._tags)
                in_group = set()
                match = known.match(file)
            in_group |= file.keys
            if match.article is not None:
                in_group.add(match.article.pk)
            tally.add_article(file.prepared.path, *changes.add(file, match))
        self._save_changes(changes, tally)

    def _waits(self, file: Incoming) -> bool:
        """Whether a new file may be a missing one that was renamed and edited, which is decided after all others are
        imported."""
        if file.is_upload or self._is_last:
            return False
        return self._renames.may_be(file.found, file.prepared.text, file.prepared.canonical_url)

    def decide_waiting(self) -> list[FoundFile]:
        """The files that waited, to be read and written again now that all others are imported."""
        self._is_last = True
        return self._renames.decide()

    def _save_changes(self, changes: Changes, tally: Tally) -> None:
        for problem, article in changes.save():
            tally.tell([problem], article)
        tally.annotations += changes.annotations
        tally.highlights += changes.highlights

    @contextmanager
    def keeping(self, tally: Tally, last_path: str) -> Iterator[None]:
        """A transaction that adds the tally to the run at its end."""
        with transaction.atomic():
            yield
            saved = self._save(tally, last_path)
        # Only now: after a rollback, there would be nothing to report.
        for name, value in saved.items():
            setattr(self.run, name, value)
        for problem, _ in tally.problems:
            self._report(problem)
        for path, outcome, article in tally.articles:
            self._imported(path, outcome, article)
        connection.queries_log.clear()  # with ARCHIVE_DEBUG, Django remembers every statement including its texts

    def _save(self, tally: Tally, last_path: str) -> dict[str, Any]:
        run = self.run
        ImportProblem.objects.bulk_create(ImportProblem.of(run, *found) for found in tally.problems)
        created = [article for _, outcome, article in tally.articles if outcome == "created"]
        ImportedArticle.objects.bulk_create(ImportedArticle(run=run, article=article) for article in created)
        counts = {name: getattr(run, name) + count for name, count in tally.counts.items()}
        # The feed counted unchanged files in the run meanwhile; they are saved too.
        annotations = dict(Counter(run.annotations) + tally.annotations)
        saved = {
            "unchanged": run.unchanged,
            "done": run.done,
            **counts,
            "annotations": annotations,
            "highlights": run.highlights + tally.highlights,
            "states": run.states + tally.states,
            "last_path": last_path,
        }
        ImportRun.objects.filter(pk=run.pk).update(**saved)
        return saved
