"""The search that commands which export take."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from archive.query import Query, parse


def add_search(parser: CommandParser) -> None:
    parser.add_argument(
        "--q", default="", metavar="SEARCH", help="only what this search finds, as typed into the library"
    )


def search_of(options: Mapping[str, Any]) -> Query:
    """The search, or CommandError for one that is not understood: rather nothing than what was not asked for."""
    asked = parse(options["q"])
    if asked.problems:
        raise CommandError(" ".join(problem.message for problem in asked.problems), returncode=2)
    return asked
