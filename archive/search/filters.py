"""What a click on a label asks for."""

from datetime import date

from archive import query
from archive.query import Node
from archive.search import labels
from archive.search.preparing import prepare


def filter_by(facet: str, value: str) -> Node | None:
    """What a click on a label of a facet adds to the search; None if it makes no sense."""
    if facet == "tag" and (path := labels.tag_path(value)):
        return query.Tag(path)
    if facet == "site" and value.strip():
        return query.Site(value.strip().lower())
    if facet == "author" and prepare(value):
        return query.TextField("author", query.Phrase(" ".join(value.split())))
    if facet == "year" and value.isascii() and value.isdigit() and len(value) <= 4 and int(value):
        return query.DateRange(date(int(value), 1, 1), date(int(value), 12, 31))
    return None
