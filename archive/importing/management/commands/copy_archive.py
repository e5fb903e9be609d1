"""Copy a whole archive from another database into this one. See docs/postgresql.md."""

import sys
from typing import Any

import environs
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from archive.importing.copying import CannotCopy, copy, source


class Command(BaseCommand):
    help = "Copy everything from another database into the one that DATABASE_URL names, which must be empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", required=True, metavar="URL", dest="source", help="such as sqlite:///data/archive.sqlite3"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            database = dict(environs.Env().dj_db_url("", options["source"]))
        except (environs.EnvError, ValueError) as error:
            raise CommandError(f"--from should look like sqlite:///data/archive.sqlite3: {error}.") from error
        with tqdm(unit=" rows", file=sys.stderr, disable=not self.stderr.isatty()) as bar:

            def progress(what: str, done: int, total: int) -> None:
                if done < bar.n:  # the next step has begun
                    bar.reset(total)
                    bar.set_description(what)
                bar.update(done - bar.n)

            try:
                with source(database):
                    counts = copy(progress)
            except CannotCopy as error:
                raise CommandError(str(error)) from error
        for table, count in counts.items():
            if count:
                self.stdout.write(f"{count:>10,}  {table}")
        self.stdout.write(
            "Everything was copied and checked. Images and the secret key are in the data folder, not the database."
        )
