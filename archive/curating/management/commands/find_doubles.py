"""Find articles that may be one."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from archive.articles.models import Article
from archive.curating.doubles.finding import look_through
from archive.curating.models import DoublePair


class Command(BaseCommand):
    help = (
        "Find articles that may be one: the same text with other words around it, cut, or edited. Imports do so by "
        "themselves; this looks at what came in before. Stopped at any moment, it goes on from there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="also articles that were looked at before")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(total=Article.objects.count(), unit=" articles", disable=not self.stderr.isatty()) as bar:

            def progress(done: int) -> None:
                bar.update(done - bar.n)

            found = look_through(progress, again=options["again"], jobs=os.cpu_count() or 1)
        waiting = DoublePair.objects.waiting().count()
        self.stdout.write(f"{found:,} new pairs may be one article; {waiting:,} wait to be looked at.")
