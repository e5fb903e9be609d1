"""Write a bibliography of the archive, or of a search's results."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.files import replaced
from archive.exporting.management.searching import add_selection, selected
from archive.exporting.works import works_of


class Command(BaseCommand):
    help = "Write a bibliography of all articles, or of those that a search finds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to write it")
        parser.add_argument("--format", choices=list(BIBLIOGRAPHIES), required=True)
        add_selection(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        write = BIBLIOGRAPHIES[options["format"]].write
        with replaced(options["file"]) as file:
            for piece in write(works_of(selected(options))):
                file.write(piece.encode())
        self.stdout.write(f"Written: {options['file']}")
