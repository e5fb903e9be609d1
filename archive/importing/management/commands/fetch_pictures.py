"""Fetch articles' images from other sites into the archive."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive.importing.models import ImportRun
from archive.importing.problems import Problem
from archive.importing.remote_pictures import AlreadyFetching, fetch_pictures
from archive.importing.running import Watcher
from archive.search import index, listing
from archive.search.asking import parsed


class Command(BaseCommand):
    help = (
        "Fetch articles' images from other sites (public addresses only) and keep them. Can be run again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--q", default="", metavar="SEARCH", help="only for articles that this search finds")
        parser.add_argument("--again", action="store_true", help="also retry images that could not be fetched before")

    def handle(self, *args: Any, q: str, again: bool, **options: Any) -> None:
        asked = parsed(q)
        if asked.problems:
            raise CommandError(" ".join(problem.message for problem in asked.problems), returncode=2)
        index.catch_up()
        with tqdm(unit=" articles", disable=not self.stderr.isatty()) as bar:
            try:
                run = fetch_pictures(listing.all_ids(asked, None), again=again, watcher=_Progress(self, bar))
            except AlreadyFetching as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"{run.total:,} articles with images elsewhere: {run.created:,} images fetched, "
            f"{run.unchanged:,} already kept, {run.failed:,} failed, {run.skipped:,} left out."
        )


class _Progress(Watcher):
    def __init__(self, command: Command, bar: Any) -> None:
        self._command, self._bar = command, bar

    def problem(self, problem: Problem) -> None:
        self._command.stdout.write(str(problem))

    def progress(self, run: ImportRun) -> None:
        self._bar.total = run.total
        self._bar.update(run.done - self._bar.n)
