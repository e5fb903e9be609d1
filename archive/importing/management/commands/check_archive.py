"""Check that nothing in the archive is damaged or missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.importing.checking import faults


class Command(BaseCommand):
    help = (
        "Check originals and images against their checksums, run the database's own check, and compare the index. "
        "Exit code 0: all is well; 1: something is damaged or missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for fault in faults():
            self.stdout.write(fault)
            count += 1
        if count:
            raise CommandError(f"{count:,} {'fault was' if count == 1 else 'faults were'} found.")
        self.stdout.write("The archive is complete: originals, images, database and index agree.")
