"""Parses a search in the reader's time zone."""

from django.utils import timezone

from archive.query import Query, parse


def parsed(q: str) -> Query:
    """`query.parse` with today in the reader's time zone (the server's, outside requests)."""
    return parse(q, today=timezone.localdate())
