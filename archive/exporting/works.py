"""Articles as works to cite, with cite keys that stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from django.db import transaction

from archive.articles.bylines import bylines
from archive.articles.listed import Listed
from archive.articles.models import Article, CiteKey
from archive.articles.turns import in_portions, take_turn
from archive.exporting.citations import PartialDate, Work, split_name
from archive.exporting.citations.keys import free_key, proposed_key
from archive.exporting.citations.kinds import kind_of
from archive.formats.frontmatter import citable_url

AT_ONCE = 200  # articles
_READ = ("title", "source_url", "published", "published_precision", "clipped", "description", "language", "metadata")


def works_of(ids: Iterable[int]) -> Iterator[Work]:
    """The articles with these ids as works, in this order, read some at a time."""
    left = iter(ids)
    while portion := list(islice(left, AT_ONCE)):
        yield from works(portion)


def works(ids: Sequence[int]) -> list[Work]:
    """A portion of articles as works, in this order; those without a cite key get one."""
    plain = _plain_works(ids)
    keys = _keys(plain)
    return [replace(work, key=keys[pk]) for pk, work in plain.items() if pk in keys]


def cite_keys(ids: Iterable[int]) -> dict[int, str]:
    """The cite keys of these articles, by id."""
    wanted = list(ids)
    known = dict(CiteKey.objects.filter(article__in=wanted).values_list("article", "key"))
    for portion in in_portions((pk for pk in wanted if pk not in known), AT_ONCE):
        known |= _keys(_plain_works(portion))
    return known


def _plain_works(ids: Sequence[int]) -> dict[int, Work]:
    """Articles as works without keys, by id."""
    found = (
        Article.objects.only(*_READ, "publication__name")
        .select_related("publication")
        .prefetch_related(bylines(), "tags")  # type: ignore[misc]  # taggit's manager
        .in_bulk(ids)
    )
    return {pk: _work(found[pk]) for pk in ids if pk in found}


def _work(article: Article) -> Work:
    names = [authorship.author.name for authorship in article.authorships.all()]
    return work_of(article, names, [tag.name for tag in article.tags.all()])


def work_of(article: Article | Listed, names: Iterable[str], tags: Iterable[str]) -> Work:
    """An article by authors of these names, with these tags, as a work without a cite key."""
    publication = article.publication_name
    return Work(
        title=article.title,
        kind=kind_of(article.metadata, publication, article.source_url),
        authors=tuple(split_name(name, language=article.language, publication=publication) for name in names),
        container=publication,
        issued=_partial(article.published, article.published_precision),
        accessed=_partial(article.clipped),
        url=citable_url(article.source_url),
        language=article.language,
        abstract=article.description,
        keywords=tuple(sorted(tags)),
    )


def _partial(day: date | None, precision: str = "day") -> PartialDate:
    """A date as far as it is known."""
    return (day.year, day.month, day.day)[: {"year": 1, "month": 2}.get(precision)] if day else ()


def _keys(plain: Mapping[int, Work]) -> dict[int, str]:
    """The cite keys of these works, made where there are none yet. One writer at a time makes them."""
    known = dict(CiteKey.objects.filter(article__in=plain).values_list("article", "key"))
    if len(known) == len(plain):
        return known
    with transaction.atomic():
        take_turn()
        known = dict(CiteKey.objects.filter(article__in=plain).values_list("article", "key"))
        present = set(Article.objects.filter(pk__in=plain).values_list("pk", flat=True))
        wanted = {pk: proposed_key(work) for pk, work in plain.items() if pk in present and pk not in known}
        taken = {
            key
            for proposed in set(wanted.values())
            for key in CiteKey.objects.filter(key__startswith=proposed).values_list("key", flat=True)
        }
        for pk, proposed in wanted.items():
            known[pk] = free_key(proposed, taken)
            taken.add(known[pk])
        CiteKey.objects.bulk_create(CiteKey(article_id=pk, key=known[pk]) for pk in wanted)
    return known
