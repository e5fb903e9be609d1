"""Back up the whole archive to one file while it is in use. See docs/running.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.exporting.backup import Unusable, write_backup


class Command(BaseCommand):
    help = "Write the database, the images and the secret key to one file and verify it. The archive can stay in use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to write it, such as /backups/commonplace.tar")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            manifest = write_backup(path)
        except Unusable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error}. The previous file is unchanged.") from error
        counts = manifest.counts
        self.stdout.write(
            f"{path} was written and verified. Articles: {counts['articles.Article']:,}, "
            f"annotations: {counts['annotations.Annotation']:,}, images: {counts['articles.Attachment']:,}."
        )
