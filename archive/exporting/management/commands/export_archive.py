"""Write the archive as a folder of plain files. See docs/archive-format.md."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive.exporting.folder import CannotExport, export_folder
from archive.exporting.management.searching import add_selection, selected


class Command(BaseCommand):
    help = "Write all articles as Markdown, with images and everything else the archive holds, or update an export."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", help="a new or empty folder, or an earlier export")
        add_selection(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        ids = selected(options) if options["q"] or options["collection"] is not None else None
        with tqdm(unit=" articles", file=sys.stderr, disable=not self.stderr.isatty()) as bar:

            def progress(done: int) -> None:
                bar.update(done - bar.n)

            try:
                outcome = export_folder(folder, ids, progress)
            except CannotExport as error:
                raise CommandError(str(error), returncode=2) from error
            except OSError as error:
                raise CommandError(f"{folder} could not be written: {error}. Run this again to continue.") from error
        for sha256 in outcome.missing:
            self.stderr.write(f"The image {sha256} is missing from the data folder; run `check_archive` for details.")
        self.stdout.write(
            f"{folder}: {outcome.articles:,} articles. Files written: {outcome.written:,}, unchanged: "
            f"{outcome.unchanged:,}, removed: {outcome.removed:,}."
        )
