"""What a click on a label asks for, and which label a condition stands for."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from archive import query
from archive.articles.models import Publication
from archive.query import Node
from archive.query.preparing import prepare
from archive.search import labels


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


def names_of(hosts: Collection[str]) -> dict[str, str]:
    """The names of the publications at these hosts, by host, where `site:` finds the same by either: where one alone is
    at the host or below it, and no other answers to its name.
    """
    if not hosts:
        return {}
    answering: defaultdict[str, list[str]] = defaultdict(list)
    for name, host in Publication.objects.values_list("name", "host"):
        for asked in {labels.key(name), *labels.hosts(host)}:
            answering[asked].append(name)
    alone = {asked: names[0] for asked, names in answering.items() if len(names) == 1}
    found = {host: alone[labels.key(host)] for host in hosts if labels.key(host) in alone}
    return {host: name for host, name in found.items() if labels.key(name) in alone}


def label_of(node: Node) -> tuple[str, str] | None:
    """The facet and the key of the label for which `filter_by` makes such a condition; None if it is no such one.

    An author's single name counts without quotation marks, too.
    """
    match node:
        case query.Tag():
            return "tag", labels.key(labels.tag_path(node.path))
        case query.Site():
            return "site", labels.key(node.name)
        case query.TextField("author", query.Phrase() | query.Word()):
            return "author", prepare(node.term.text)
        case query.DateRange(date(year=year, month=1, day=1), date(month=12, day=31) as last) if last.year == year:
            return "year", f"{year:04}"
    return None


def token_of(condition: query.Tag | query.Site | query.Lang | query.Path | query.Has) -> str:
    """The token by which the index finds the articles that a condition on labels asks for."""
    match condition:
        case query.Tag():
            return labels.token(labels.TAG, labels.tag_path(condition.path))
        case query.Site():
            return labels.token(labels.SITE, condition.name)
        case query.Lang():
            return labels.token(labels.LANGUAGE, condition.code)
        case query.Path():
            return labels.token(labels.PATH, condition.path)
        case query.Has():
            return labels.token(labels.HAS, condition.what)
