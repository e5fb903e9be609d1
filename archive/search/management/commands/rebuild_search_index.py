"""Rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from archive.search import index


class Command(BaseCommand):
    help = "Rebuild the search index. Searches keep using the old index meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" steps", disable=None) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            index.rebuild(show)
        self.stdout.write("The search index was rebuilt.")
