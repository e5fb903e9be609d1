"""The authors of an article, in byline order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Prefetch

from archive.articles.models import Author, Authorship

LONGEST_AUTHOR = 200  # code points


def bylines(lookup: str = "authorships") -> Prefetch[str]:
    """The `prefetch_related` argument that loads the authors of all articles with one query."""
    return Prefetch(lookup, Authorship.objects.select_related("author"))


def set_authors(names: Mapping[int, Sequence[str]], *, replace: Iterable[int] = ()) -> None:
    """Set the authors of articles, by article id, in byline order. Articles in `replace` lose their earlier authors."""
    wanted = {pk: list(dict.fromkeys(name[:LONGEST_AUTHOR] for name in several)) for pk, several in names.items()}
    every = {name for several in wanted.values() for name in several}
    authors = dict(Author.objects.filter(name__in=every).values_list("name", "pk"))
    made = Author.objects.bulk_create([Author(name=name) for name in sorted(every - authors.keys())])
    authors.update((author.name, author.pk) for author in made)
    if replace:
        Authorship.objects.filter(article__in=replace).delete()
    Authorship.objects.bulk_create(
        Authorship(article_id=pk, author_id=authors[name], position=position)
        for pk, several in wanted.items()
        for position, name in enumerate(several)
    )
