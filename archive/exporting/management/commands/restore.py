"""Restore the archive from a backup. See docs/running.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.exporting.backup import Unusable, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty archive, or replace the current one with --replace."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file written by `backup`")
        parser.add_argument(
            "--replace", action="store_true", help="replace the archive that is here; it is saved to a file first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            manifest, saved = restore(path, replace=options["replace"])
        except Unusable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} could not be restored: {error}. Run this again to continue.") from error
        counts = manifest.counts
        if saved is not None:
            self.stdout.write(f"What was here before is in {saved}.")
        self.stdout.write(
            f"Restored. Articles: {counts['articles.Article']:,}, annotations: {counts['annotations.Annotation']:,}. "
            "Run `manage.py migrate` and `manage.py check_archive`, and restart the archive."
        )
