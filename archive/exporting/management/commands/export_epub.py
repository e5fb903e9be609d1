"""Write a book of the archive's articles, or of a search's results."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.exporting.epub.book import MOST_ARTICLES, Wishes, epub
from archive.exporting.files import replaced
from archive.exporting.management.searching import add_selection, selected


class Command(BaseCommand):
    help = f"Write an EPUB of the articles that a search finds, the first {MOST_ARTICLES} of them, without notes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to write it")
        add_selection(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with replaced(options["file"]) as file:
            for piece in epub(selected(options), Wishes(options["q"])):
                file.write(piece)
        self.stdout.write(f"Written: {options['file']}")
