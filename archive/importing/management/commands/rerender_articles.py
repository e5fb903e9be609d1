"""Rebuild articles' HTML and text from their original files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from archive.importing.locking import WAITING
from archive.importing.rerendering import rerender


class Command(BaseCommand):
    help = "Re-render articles whose HTML was made by an older renderer: HTML, text, word counts and index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also articles rendered by the current renderer")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" revisions", disable=not self.stderr.isatty()) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = rerender(
                everything=options["all"],
                report=lambda problem: self.stdout.write(str(problem)),
                progress=progress,
                on_wait=lambda: self.stderr.write(WAITING, self.style.NOTICE),
            )
        self.stdout.write(f"{count:,} revisions rendered.")
