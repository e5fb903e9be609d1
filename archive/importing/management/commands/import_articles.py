"""Import articles from files, folders and archives. See docs/decisions/importing-*.md."""

import contextlib
import signal
import sys
import time
from pathlib import Path
from threading import Event
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from tqdm import tqdm

from archive.formats.file_kinds import ARTICLE_SUFFIXES
from archive.importing.locking import WAITING
from archive.importing.models import ImportRun
from archive.importing.problems import Problem
from archive.importing.reporting import as_json, as_table
from archive.importing.roots import NothingToImport
from archive.importing.running import Options, Watcher, import_paths
from archive.importing.watching import watch

USAGE = 2
SOME_FAILED = 1
PLAIN_SECONDS = 5.0  # between progress lines if there is no terminal


class Command(BaseCommand):
    help = (
        "Import articles from Markdown files, other programs' exports, folders of these, and .zip or .tar.gz archives. "
        "Exit code 0: every file is in; 1: some failed and the rest is in; 2: nothing was done."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, a .zip or a .tar.gz")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen and change nothing")
        parser.add_argument("--strict", action="store_true", help="exit with code 1 on any warning")
        parser.add_argument("--prune", action="store_true", help="move articles whose file is gone to the trash")
        parser.add_argument("--jobs", type=_positive, metavar="N", help="worker processes (default: one per core)")
        parser.add_argument(
            "--person",
            metavar="NAME",
            help="whose highlights, stars and notes they become (default: the first administrator's)",
        )
        parser.add_argument(
            "--watch",
            action="store_true",
            help="keep importing whatever is saved in the folder until stopped",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help="output format of the summary")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            self._watch(options)
            return
        watcher = _Progress(self, problems_at_once=options["format"] == "text")
        try:
            run = import_paths(
                options["paths"],
                options=Options(options["jobs"], dry_run=options["dry_run"], prune=options["prune"]),
                watcher=watcher,
                started_by=_person(options["person"]),
            )
        except NothingToImport as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except (DatabaseError, OSError) as error:
            what = "The database failed" if isinstance(error, DatabaseError) else "Something could not be written"
            raise CommandError(
                f"{what}: {error}. What was imported so far is kept; run it again to continue.",
                returncode=SOME_FAILED,
            ) from error
        finally:
            watcher.close()
        if options["format"] == "json":
            self.stdout.write(as_json(run, watcher.problems))
        else:
            self.stdout.write(as_table(run))
            if not run.total:
                self.stdout.write(f"  No articles were found. Supported files: {', '.join(ARTICLE_SUFFIXES)}.")
            if options["dry_run"]:
                self.stdout.write("  Nothing was written: this was a dry run.")
        if run.failed or (options["strict"] and run.warnings):
            sys.exit(SOME_FAILED)

    def _watch(self, options: dict[str, Any]) -> None:
        """Exits with 0 when asked to stop: on SIGTERM after the current import, on Ctrl+C at once."""
        if len(options["paths"]) > 1 or options["dry_run"] or options["prune"] or options["format"] == "json":
            raise CommandError("--watch takes one folder and no other option except --person.", returncode=USAGE)
        folder = Path(options["paths"][0]).absolute()
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.", returncode=USAGE)
        stop = Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        self.stderr.write(f"Watching {folder}. Press Ctrl+C to stop.", self.style.NOTICE)
        with contextlib.suppress(KeyboardInterrupt):
            watch(folder, stop, watcher=_Arrivals(self), started_by=_person(options["person"]))


class _Arrivals(Watcher):
    """Reports problems as they occur, and nothing else."""

    def __init__(self, command: Command) -> None:
        self._command = command

    def problem(self, problem: Problem) -> None:
        self._command.stdout.write(str(problem))


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    try:
        return get_user_model().objects.get_by_natural_key(name)
    except get_user_model().DoesNotExist as error:
        raise CommandError(f"There is no account named {name}.", returncode=USAGE) from error


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


class _Progress(Watcher):
    """Shows progress on stderr: a bar on a terminal, otherwise an occasional line."""

    def __init__(self, command: Command, *, problems_at_once: bool) -> None:
        self.problems: list[Problem] = []
        self._command = command
        self._problems_at_once = problems_at_once
        self._bar: tqdm[Any] | None = None
        self._told_at = 0.0

    def waiting(self, run: ImportRun | None) -> None:
        self._command.stderr.write(WAITING, self._command.style.NOTICE)

    def started(self, run: ImportRun) -> None:
        if self._command.stderr.isatty():
            self._bar = tqdm(total=run.total, unit=" files", file=sys.stderr, dynamic_ncols=True)
        self._told_at = time.monotonic()

    def problem(self, problem: Problem) -> None:
        if not self._problems_at_once:
            self.problems.append(problem)
        elif self._bar is None:
            self._command.stdout.write(str(problem))
        else:
            self._bar.write(str(problem), file=sys.stdout)

    def progress(self, run: ImportRun) -> None:
        if self._bar is not None:
            self._bar.update(run.done - self._bar.n)
        elif time.monotonic() - self._told_at > PLAIN_SECONDS:
            self._told_at = time.monotonic()
            self._command.stderr.write(f"{run.done:,} of {run.total:,} files", self._command.style.NOTICE)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
