"""A prepared search: the index query, the reader, and the state of the index."""

import json
from functools import cached_property
from typing import Any

import tantivy
from tantivy import Query

from archive import query
from archive.query import Node
from archive.query.bounds import LOST, bounded
from archive.query.combine import is_about_reader, is_personal
from archive.query.sorting import Place
from archive.search.compiler import Compiler
from archive.search.documents import digest, store
from archive.search.personal import Reader
from archive.search.sets import collected
from archive.search.terms import all_of

SHORTEST_RANKED_PREFIX = 4  # letters
_ALL = 10_000_000  # labels of a segment: more than there are

Columns = tuple[str, ...]  # columns by which articles are ordered; the last one is unique

_UNKNOWN_READER = (
    "Sign in to search your notes and highlights, collections, and what you have read or starred: nothing is found by "
    "them."
)
_NO_INDEX = "The search index is being built. Until it is ready, words and filters find nothing."
_BEHIND = "The search index is being brought up to date: {} changes are not in these results yet."


class Search:
    """A search by a reader (by id) in one state of the index; notes and highlights that they can see count."""

    def __init__(self, node: Node | None, reader: int | None = None) -> None:
        self.reader = Reader(reader)
        self.snapshot = store.snapshot()
        self._compiler = Compiler(self.snapshot, self.reader)
        self.node = bounded(node, self._compiler.terms.is_common)
        self._is_bounded = self.node != node
        # What to highlight in texts and titles; also decides whether to sort by relevance.
        self.terms = query.terms(self.node)
        self.title_terms = query.terms(self.node, "title")

    @cached_property
    def query(self) -> Query:
        """The query that finds the articles."""
        return self._compiler.compile(self.node)

    @cached_property
    def version(self) -> str:
        """A string that changes whenever it might find something else."""
        if self.reader.id is None or not is_personal(self.node):
            return self.snapshot.version
        notes = self.reader.notes
        own: list[object] = [] if notes.is_empty else [self.reader.id, notes.version]
        own += [self.reader.being(leaf.what) for leaf in query.leaves(self.node) if isinstance(leaf, query.Is)]
        collections = (leaf for leaf in query.leaves(self.node) if isinstance(leaf, query.Collection))
        own += [collected(leaf.name, self.reader.id) for leaf in collections]
        return f"{self.snapshot.version}-{digest(own):x}" if own else self.snapshot.version

    def name_of(self, what: str, *also: object) -> str:
        """The cache key for data derived from the results; it changes whenever they may."""
        return f"{what}:{self.version}:{digest(self.node, *also):x}"

    @cached_property
    def total(self) -> int:
        """How many articles it finds. Of all documents, one says how far the index has come, and is no article."""
        return self.count() if self.node else max(0, self.snapshot.searcher.num_docs - 1)

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """The prepared forms of its single words, to highlight."""
        return {word: forms for term in self.title_terms for word, forms in self._compiler.terms.forms(term).items()}

    @property
    def is_ranked(self) -> bool:
        """Whether to sort by relevance: if there are words that say more than that they occur."""
        return any(
            not isinstance(term, query.Prefix | query.Part) or len(term.text) >= SHORTEST_RANKED_PREFIX
            for term in self.title_terms
        )

    def count(self, also: Node | None = None) -> int:
        """The number of results that also match this."""
        return self.count_of(self.query if also is None else all_of([self.query, self._compiler.compile(also)]))

    def count_of(self, wanted: Query) -> int:
        """The number of documents that match a query of the index."""
        return int(self._find(wanted, 1).count)

    def best(self, offset: int, size: int) -> list[int]:
        """The ids of the best articles, starting at an offset."""
        wanted = self._compiler.compile(self.node, is_weighed=True)
        found = self._find(wanted, size, offset=offset, weight_by_field="recency")
        self.__dict__["total"] = int(found.count)
        return [pk for (pk,) in self.snapshot.values_at([address for _, address in found.hits], "id")]

    def sorted(
        self, columns: Columns, bound: Place | None, size: int, *, is_descending: bool, within: Query | None = None
    ) -> list[Place]:
        """Up to `size` places after the bound: the values of these columns. `within`: the results of another query
        instead of the search."""
        wanted = within or self.query
        column, *others = columns
        places: list[Place] = []
        rest = wanted
        if bound:
            if others:  # those with the bound's value come first
                same = all_of([wanted, self._compiler.between(column, bound[0], bound[0])])
                tied = self.sorted(tuple(others), bound[1:], size, is_descending=is_descending, within=same)
                places = [(bound[0], *place) for place in tied]
            ends = (None, bound[0] - 1) if is_descending else (bound[0] + 1, None)
            rest = all_of([wanted, self._compiler.between(column, *ends)]) if ends[1] != -1 else Query.empty_query()
        if len(places) >= size:
            return places
        most = size - len(places)
        order = tantivy.Order.Desc if is_descending else tantivy.Order.Asc
        is_first = rest is self.query and self.node is not None  # so it finds all that there are
        answer = self._find(rest, most, order_by_field=column, order=order, count=is_first)
        if is_first:
            self.__dict__["total"] = int(answer.count)
        found = self.snapshot.values_at([address for _, address in answer.hits], *columns)
        if others and len(found) == most:  # of those that share the last value, these may not be the first
            last = found[-1][0]
            found = [place for place in found if place[0] != last]
            same = all_of([wanted, self._compiler.between(column, last, last)])
            tied = self.sorted(tuple(others), None, most - len(found), is_descending=is_descending, within=same)
            found += [(last, *place) for place in tied]
        return places + sorted(found, reverse=is_descending)

    def place(self, article_id: int, columns: Columns) -> Place | None:
        """The values of these columns for an article; None if the index does not have it."""
        return next(iter(self.snapshot.values(self._compiler.among([article_id]), *columns, at_most=1)), None)

    def _find(self, wanted: Query, at_most: int, **options: Any) -> Any:
        """Tantivy's result: `hits` and their `count`, which its own types lack."""
        return self.snapshot.searcher.search(wanted, at_most, **options)

    def aggregate(self, what: dict[str, Any]) -> dict[str, Any]:
        """Aggregate the results with Tantivy's aggregations, exactly. It counts the commonest labels of each segment;
        if one that was cut off could be missing from a count, all labels are counted.
        """
        found: dict[str, Any] = self.snapshot.searcher.aggregate(self.query, what)
        if doubtful := [name for name, counts in found.items() if counts.get("doc_count_error_upper_bound")]:
            exact = {name: {"terms": {**what[name]["terms"], "segment_size": _ALL}} for name in doubtful}
            found |= self.snapshot.searcher.aggregate(self.query, exact)
        return found

    def labels(self, article_ids: list[int]) -> dict[int, list[list[str]]]:
        """The authors and tags of these articles, as lists show them."""
        found = self.snapshot.searcher.search(self._compiler.among(article_ids), max(1, len(article_ids))).hits
        addresses = [address for _, address in found]
        documents = map(self.snapshot.searcher.doc, addresses)
        kept = (json.loads(document["labels"][0]) for document in documents)
        return {pk: shown for (pk,), shown in zip(self.snapshot.values_at(addresses, "id"), kept, strict=True)}

    def problems(self) -> list[str]:
        """The parts of the search that the archive cannot answer, as sentences for the reader."""
        problems = [LOST] if self._is_bounded else []
        if self.reader.id is None and is_about_reader(self.node):
            problems.append(_UNKNOWN_READER)
        if self.snapshot.behind is None:
            problems.append(_NO_INDEX)
        elif self.snapshot.behind:
            problems.append(_BEHIND.format(f"{self.snapshot.behind:,}"))
        return problems
