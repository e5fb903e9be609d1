"""Compiles a search term to a query of one field."""

from collections.abc import Iterable

from tantivy import Occur, Query

from archive import query
from archive.query.bounds import LONGEST
from archive.query.preparing import is_unspaced, prepare
from archive.query.spellings import most_edits, others, with_umlauts
from archive.query.stems import EXCEPTIONS, shared_beginning, stem_of, with_stem
from archive.search.kinds import Snapshot
from archive.search.schema import STATE

MOST_CONTINUED = 16_000  # words that begin alike at the end of a phrase; the index refuses 16,384
MOST_FORMS = 30  # forms of one word, most common first; further ones are misspellings


class Terms:
    """Makes queries for one state of an index, and caches word forms for as long as it lives."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._forms: dict[str, list[str]] = {}

    def find(self, field: str, term: query.Term) -> Query | None:
        """The query for a term in a field; None for one without letters or digits, which asks for nothing."""
        ways = _ways(term)
        if not ways:
            return None
        # In a script without spaces, a word is found anywhere.
        match None if is_unspaced(ways[0][-1]) else term:
            case query.Prefix():
                return any_of(self._beginning(field, tokens) for tokens in ways)
            case query.Part(is_end=is_end):
                pattern = f".*{ways[0][0]}{'' if is_end else '.*'}"
                return Query.regex_query(self.snapshot.schema, field, pattern)
            case query.Near():
                [token] = ways[0]
                return Query.fuzzy_term_query(self.snapshot.schema, field, token, most_edits(token))
        return any_of(self._phrase(field, way) if way[1:] else self._single(field, term, way[0]) for way in ways)

    def is_common(self, beginning: str) -> bool:
        """Whether more words begin like this than can be tried at the end of a phrase."""
        return len(self.snapshot.searcher.terms_with_prefix("all", beginning, limit=MOST_CONTINUED)) == MOST_CONTINUED

    def forms(self, term: query.Term) -> dict[str, list[str]]:
        """The forms of a single word, for each of its spellings."""
        return {way[0]: self._forms_of(way[0]) for way in _ways(term) if not way[1:] and isinstance(term, query.Word)}

    @property
    def everything(self) -> Query:
        """Matches every document except the one with the index's position."""
        state = self.token("filter", STATE)
        return Query.boolean_query([(Occur.Must, unweighed(Query.all_query())), (Occur.MustNot, state)])

    def token(self, field: str, token: str) -> Query:
        """Matches one exact token."""
        return Query.term_query(self.snapshot.schema, field, token)

    def _forms_of(self, token: str) -> list[str]:
        """A prepared word with its forms in the index, itself first."""
        if token not in self._forms:
            stem = stem_of(token)
            others = words_with_stem(self.snapshot, stem) if stem else []
            self._forms[token] = list(dict.fromkeys([token, *others]))[:MOST_FORMS]
        return self._forms[token]

    def _single(self, field: str, term: query.Term, token: str) -> Query:
        forms = self._forms_of(token) if isinstance(term, query.Word) else [token]
        return any_of(self.token(field, form) for form in forms)

    def _phrase(self, field: str, tokens: list[str]) -> Query:
        schema = self.snapshot.schema
        found = Query.phrase_query(schema, field, list(tokens))
        as_umlauts = [with_umlauts(token) for token in tokens]
        if as_umlauts == tokens:
            return found
        # Spelled out, words are separate in the index. If all are there, the text has them with umlauts.
        written_out = [self.token(field, token) for token in tokens if token not in as_umlauts]
        return any_of([found, all_of([Query.phrase_query(schema, field, list(as_umlauts)), *written_out])])

    def _beginning(self, field: str, tokens: list[str]) -> Query:
        *first, last = tokens
        schema = self.snapshot.schema
        if len(last) > LONGEST or (first and self.is_common(last)):
            return self._phrase(field, tokens) if first else self.token(field, last)
        # Tokens are letters, marks and digits, none of which is special in a regular expression.
        if first:
            return Query.regex_phrase_query(schema, field, [*first, f"{last}.*"])
        return Query.regex_query(schema, field, f"{last}.*")


def _ways(term: query.Term) -> list[list[str]]:
    """The tokens of a term and of its other spellings; none for punctuation alone."""
    written = [term.text]
    if not isinstance(term, query.Part | query.Near):
        written += others(term.text)
    return [tokens for tokens in (prepare(each).split() for each in dict.fromkeys(written)) if tokens]


def words_with_stem(snapshot: Snapshot, stem: str) -> list[str]:
    """The words in the index with this English stem, most common first. The index contains words as they are, so that
    phrases and prefixes match exactly what was typed."""
    found = [term for term, _ in snapshot.searcher.terms_with_prefix("all", shared_beginning(stem))]
    if stem in EXCEPTIONS and snapshot.searcher.doc_freq("all", EXCEPTIONS[stem]):
        found.append(EXCEPTIONS[stem])
    return with_stem(stem, found)


def any_of(queries: Iterable[Query]) -> Query:
    """Matches any of these; nothing if there are none."""
    found = list(queries)
    return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Should, each) for each in found])


def all_of(queries: Iterable[Query]) -> Query:
    """Matches all of these."""
    found = list(queries)
    return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Must, each) for each in found])


def unweighed(wanted: Query) -> Query:
    """The same as a condition that does not affect the score."""
    return Query.const_score_query(wanted, 0.0)
