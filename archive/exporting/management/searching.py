"""Selects the articles for export commands: a search, a collection, both, or all."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from archive.curating.models import Collection
from archive.exporting.selecting import articles_of, found
from archive.search.asking import parsed


def add_selection(parser: CommandParser) -> None:
    parser.add_argument(
        "--q", default="", metavar="SEARCH", help="only what this search finds, as typed into the library"
    )
    parser.add_argument(
        "--collection",
        metavar="NAME",
        help="only the articles in this collection, in its order; PERSON/NAME if several people have one of that name",
    )


def selected(options: Mapping[str, Any]) -> Iterator[int]:
    """The ids of the articles. Raises CommandError if the search is not understood: better no export than a wrong
    one."""
    asked = parsed(options["q"])
    if asked.problems:
        raise CommandError(" ".join(problem.message for problem in asked.problems), returncode=2)
    if options["collection"] is None:
        return found(asked)
    articles = articles_of(_collection(options["collection"]))
    if not options["q"]:
        return iter(articles)
    wanted = set(found(asked))
    return (pk for pk in articles if pk in wanted)


def _collection(name: str) -> Collection:
    everyones = Collection.objects.filter(deleted_at=None).select_related("owner")
    named = list(everyones.filter(name__iexact=name))
    person, separator, rest = name.partition("/")
    if separator and not named:
        named = list(everyones.filter(name__iexact=rest, owner__username=person))
    if not named:
        raise CommandError(f"There is no collection “{name}”.", returncode=2)
    if len(named) > 1:
        names = ", ".join(sorted(f"{each.owner.get_username()}/{each.name}" for each in named))
        raise CommandError(f"Several people have a collection of that name. Use one of these: {names}.", returncode=2)
    return named[0]
