"""Prove that what is derived from the articles agrees with them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.search import index


class Command(BaseCommand):
    help = "Prove that the search index, the texts and the offsets into them agree. Exit status 1 if they do not."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = index.check()
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} problems were found.")
        self.stdout.write("The index, the texts and the offsets agree.")
