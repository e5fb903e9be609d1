"""Finds or creates the publication that a file names, and keeps hosts and names together."""

from collections import Counter
from unicodedata import normalize

from django.db.models import Q

from archive.articles.models import Article, Publication

AGREEING = 3  # files
LONGEST_NAME = 200
LONGEST_HOST = 255
# Sites that host other publishers' pages: a name stated in one file does not apply to all of them.
_OF_OTHERS = frozenset(
    ["doi.org", "dx.doi.org", "hdl.handle.net", "web.archive.org", "archive.ph", "archive.is", "archive.today",
     "archive.md", "archive.vn", "archive.li", "archive.fo", "r.jina.ai", "12ft.io", "translate.google.com"]
)  # fmt: skip


class Publications:
    """All publications, by name and host; there are few compared with articles.

    A stated name leads to the publication with that name. A file without one belongs to the publication known for its
    host, else to one named after the host, until a name for that host is stated: then it gets that name.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, Publication] = {}
        self._by_host: dict[str, Publication] = {}
        self._stated: Counter[tuple[str, str]] = Counter()  # names used by single articles, and their hosts
        for publication in Publication.objects.order_by("pk"):
            self._remember(publication)

    def of(self, name: str, host: str, *, names_site: bool = True) -> Publication | None:
        """The publication of a file that states this name (or none), on this host (or none).

        A name that may belong to a single article, such as a `journal`, becomes the host's name once several files
        agree on it.
        """
        name, host = normalize("NFC", name)[:LONGEST_NAME], host[:LONGEST_HOST]
        if name and (host in _OF_OTHERS or not (names_site or self._agreed(name, host))):
            host = ""
        here = self._by_host.get(host) if host else None
        if not name:
            return here or (self._make(host, host) if host else None)
        named = self._by_name.get(name.casefold())
        if named is None and here is not None and _is_named_by_host(here):
            del self._by_name[here.name.casefold()]
            here.name = name
            here.save(update_fields=["name"])
            self._remember(here)
            return here
        if named is None:
            return self._make(name, host)
        if host and not named.host and here is not None and _is_named_by_host(here):
            Article.objects.filter(publication=here).update(publication=named)
            here.host = ""
            here.save(update_fields=["host"])
            del self._by_host[host]
        if host and not named.host:
            named.host = host
            named.save(update_fields=["host"])
            self._remember(named)
        return named

    def _agreed(self, name: str, host: str) -> bool:
        self._stated[name.casefold(), host] += 1
        if self._stated[name.casefold(), host] == 1 and (named := self._by_name.get(name.casefold())) is not None:
            addresses = Q(source_url__icontains=f"//{host}") | Q(source_url__icontains=f"//www.{host}")
            known = Article.objects.filter(addresses, publication=named)[:AGREEING]
            self._stated[name.casefold(), host] += len(known)
        return self._stated[name.casefold(), host] >= AGREEING

    def _make(self, name: str, host: str) -> Publication:
        if (known := self._by_name.get(name.casefold())) is not None:
            return known
        made = Publication.objects.create(name=name, host=host)
        self._remember(made)
        return made

    def _remember(self, publication: Publication) -> None:
        self._by_name[publication.name.casefold()] = publication
        before = self._by_host.get(publication.host)
        if publication.host and (before is None or _is_named_by_host(before)):
            self._by_host[publication.host] = publication


def _is_named_by_host(publication: Publication) -> bool:
    return publication.name.casefold() == publication.host.casefold()
