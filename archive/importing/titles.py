"""Finds articles by title, for programs that do not know their address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from archive.articles.agreement import title_key
from archive.articles.models import Article, Authorship
from archive.formats.frontmatter import names_nobody

SHORTEST = 6  # letters; many articles are called "Home" or "News"


class Titles:
    """Articles by title, loaded from the database once, at the first lookup.

    With `waiting` only those without address and text, which programs know only by title.
    """

    def __init__(self, *, waiting: bool = False) -> None:
        self._waiting = waiting
        self._found: defaultdict[int, list[int]] | None = None

    def add(self, article: Article) -> None:
        """Add an article that was created since."""
        if self._found is not None:
            self._found[hash(title_key(article.title))].append(article.pk)

    def find(self, title: str, authors: Sequence[str]) -> Article | None:
        """The article with this title, unless its authors differ; None if several match."""
        key = title_key(title)
        if len(key) < SHORTEST and key.isascii():
            return None
        ids = self._all()[hash(key)]
        if not ids:
            return None
        articles = Article.objects.filter(pk__in=ids).select_related("revision", "joined_into__revision").order_by("pk")
        if self._waiting:
            articles = articles.filter(source_url="", word_count=0)
        candidates = [article for article in articles if title_key(article.title) == key]
        wanted = {title_key(name) for name in authors if not names_nobody(name)}
        known: dict[int, set[str]] = {article.pk: set() for article in candidates}
        for pk, name in Authorship.objects.filter(article__in=candidates).values_list("article", "author__name"):
            if not names_nobody(name):
                known[pk].add(title_key(name))
        surely = [article for article in candidates if wanted & known[article.pk]]
        maybe = surely or [article for article in candidates if not wanted or not known[article.pk]]
        meant = {article.joined_into or article for article in maybe}
        return meant.pop() if len(meant) == 1 else None

    def _all(self) -> defaultdict[int, list[int]]:
        if self._found is None:
            self._found = defaultdict(list)
            articles = Article.objects.order_by("pk")
            if self._waiting:
                articles = articles.filter(source_url="", word_count=0)
            for pk, title in articles.values_list("pk", "title").iterator():
                self._found[hash(title_key(title))].append(pk)
        return self._found
