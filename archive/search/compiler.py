"""Compiles a search to a query of the index."""

from collections.abc import Iterable, Iterator

from tantivy import FieldType, Occur, Query

from archive import query
from archive.query import Node
from archive.query.label_terms import token
from archive.query.labels import asked
from archive.query.preparing import prepare
from archive.query.sorting import HIGHEST, span
from archive.search.kinds import Snapshot
from archive.search.personal import Reader
from archive.search.sets import brought, collected
from archive.search.terms import Terms, all_of, any_of, unweighed

_COLUMNS = {"title": "title", "author": "authors"}
# The bonus for a hit in a field.
WEIGHTS = {"title": 4.0, "authors": 5.0, "names": 5.0, "description": 3.0}
_KEPT_WORTH = 3.0  # for a hit in the reader's own texts


class Compiler:
    """Makes queries for one reader and one state of the index."""

    def __init__(self, snapshot: Snapshot, reader: Reader) -> None:
        self._schema = snapshot.schema
        self._reader = reader
        self.terms = Terms(snapshot)

    def compile(self, node: Node | None, *, is_weighed: bool = False) -> Query:
        """The query for a search; with weights, it also ranks the results."""
        found = self._compile(node, is_weighed) if node else None
        return found or self.terms.everything

    def between(self, column: str, low: int | None, high: int | None) -> Query:
        """The query for numbers from `low` to `high` in a column, both included."""
        if low is not None and high is not None and low > high:
            return Query.empty_query()
        bounds = (0 if low is None else min(low, HIGHEST), HIGHEST if high is None else min(high, HIGHEST))
        return unweighed(Query.range_query(self._schema, column, FieldType.Unsigned, *bounds))

    def _within(self, column: str, ranges: list[tuple[int, int]]) -> Query:
        """The query for numbers in one of these inclusive ranges."""
        return any_of([self.between(column, *ends) for ends in ranges]) if ranges else Query.empty_query()

    def among(self, ids: list[int]) -> Query:
        """The query for articles with these ids."""
        return unweighed(Query.term_set_query(self._schema, "id", ids)) if ids else Query.empty_query()

    def _compile(self, node: Node, is_weighed: bool) -> Query | None:
        """None if nothing is asked for, as with only punctuation: it neither finds nor excludes anything."""
        match node:
            case query.Word() | query.Prefix() | query.Part() | query.Near() | query.Phrase():
                return self._term(node, is_weighed)
            case query.TextField():
                return self._text_field(node)
            case query.Tag() | query.Site() | query.Lang() | query.Path() | query.Has("images"):
                return unweighed(self.terms.token("filter", token(*asked(node))))
            case query.Has():
                return self.among(self._reader.notes.articles_having(node.what))
            case query.Is("unread") if self._reader.id is not None:
                return self._all([query.Not(query.Is("read"))], False)
            case query.Is():
                return self.among(self._reader.being(node.what))
            case query.Collection():
                return self.among(collected(node.name, self._reader.id))
            case query.Import():
                return self._within("id", brought(node.run))
            case query.DateRange():
                return self.between("position", *span(node.since, node.until))
            case query.WordCount():
                return self.between("words", node.at_least, node.at_most)
            case query.Not():
                return self._all([node], False)
            case query.And():
                return self._all(node.nodes, is_weighed)
            case query.Or():
                parts = list(self._each(node.nodes, is_weighed))
                return any_of(parts) if parts else None
        return None

    def _each(self, nodes: Iterable[Node], is_weighed: bool) -> Iterator[Query]:
        return (found for node in nodes if (found := self._compile(node, is_weighed)) is not None)

    def _all(self, nodes: Iterable[Node], is_weighed: bool) -> Query | None:
        wanted = list(self._each((node for node in nodes if not isinstance(node, query.Not)), is_weighed))
        excluded = list(self._each((node.node for node in nodes if isinstance(node, query.Not)), False))
        found = all_of(wanted) if wanted else None
        if not excluded:
            return found
        exclusions = [(Occur.MustNot, each) for each in excluded]
        return Query.boolean_query([(Occur.Must, found or self.terms.everything), *exclusions])

    def _term(self, term: query.Term, is_weighed: bool) -> Query | None:
        """The query for a term in an article's own words or the reader's texts about it."""
        found = self.terms.find("all", term)
        if found is None:
            return None
        if is_weighed:
            hits = ((weight, self.terms.find(field, term)) for field, weight in WEIGHTS.items())
            boosts = [(Occur.Should, Query.boost_query(hit, weight)) for weight, hit in hits if hit]
            found = Query.boolean_query([(Occur.Must, found), *boosts])
        kept = self._reader.notes.articles_with(term)
        if not kept:
            return found
        return any_of([found, Query.const_score_query(self.among(kept), _KEPT_WORTH)])

    def _text_field(self, node: query.TextField) -> Query | None:
        if node.name in _COLUMNS:
            return self.terms.find(_COLUMNS[node.name], node.term)
        return self.among(self._reader.notes.articles_with(node.term, node.name)) if prepare(node.term.text) else None
