"""A term of a search as a query of one field of an index."""

from collections.abc import Iterable

from tantivy import Occur, Query

from archive import query
from archive.query.preparing import is_unspaced, prepare
from archive.query.spellings import most_edits, others, with_umlauts
from archive.query.stems import EXCEPTIONS, shared_beginning, stem_of, with_stem
from archive.search.kinds import Snapshot

LONGEST_PATTERN = 200  # bytes; the automaton of a longer one would be too large
MOST_CONTINUED = 1_000  # words that begin with as many letters
MOST_FORMS = 30  # of one word, the commonest; more than that are misspellings


class Terms:
    """Makes queries for one state of an index, and remembers the forms of words for as long as it lives."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._forms: dict[str, list[str]] = {}

    def find(self, field: str, term: query.Term) -> Query | None:
        """What finds a term in a field that keeps positions; None for one without letters or digits, which asks for
        nothing.
        """
        ways = _ways(term)
        if not ways:
            return None
        # Of a script without spaces a word is found wherever it stands.
        match None if is_unspaced(ways[0][-1]) else term:
            case query.Prefix():
                return any_of(self._beginning(field, tokens) for tokens in ways)
            case query.Part(is_end=is_end):
                pattern = f".*{ways[0][0]}{'' if is_end else '.*'}"
                return Query.regex_query(self._snapshot.schema, field, pattern)
            case query.Near():
                [token] = ways[0]
                return Query.fuzzy_term_query(self._snapshot.schema, field, token, most_edits(token))
        return any_of(self._phrase(field, way) if way[1:] else self._single(field, term, way[0]) for way in ways)

    def weigh(self, field: str, term: query.Term) -> Query | None:
        """What a term is worth in a field that keeps no positions; None where it is worth nothing, as a part of a word
        is.
        """
        ways = [] if isinstance(term, query.Prefix | query.Part | query.Near) else _ways(term)
        found = (
            all_of(self.token(field, each) for each in dict.fromkeys(way))
            if way[1:]
            else self._single(field, term, way[0])
            for way in ways
        )
        return any_of(found) if ways else None

    def forms(self, term: query.Term) -> dict[str, list[str]]:
        """The forms of a single word, for each way to write it."""
        return {way[0]: self._forms_of(way[0]) for way in _ways(term) if not way[1:] and isinstance(term, query.Word)}

    def token(self, field: str, token: str) -> Query:
        """What finds one token as it is."""
        return Query.term_query(self._snapshot.schema, field, token)

    def _forms_of(self, token: str) -> list[str]:
        """A prepared word with its forms in the index, itself first."""
        if token not in self._forms:
            stem = stem_of(token)
            others = words_with_stem(self._snapshot, stem) if stem else []
            self._forms[token] = list(dict.fromkeys([token, *others]))[:MOST_FORMS]
        return self._forms[token]

    def _single(self, field: str, term: query.Term, token: str) -> Query:
        forms = self._forms_of(token) if isinstance(term, query.Word) else [token]
        return any_of(self.token(field, form) for form in forms)

    def _phrase(self, field: str, tokens: list[str]) -> Query:
        schema = self._snapshot.schema
        found = Query.phrase_query(schema, field, list(tokens))
        as_umlauts = [with_umlauts(token) for token in tokens]
        if as_umlauts == tokens:
            return found
        # Written out, words stand apart in the index. Where all are there, the text has them with umlauts.
        written_out = [self.token(field, token) for token in tokens if token not in as_umlauts]
        return any_of([found, all_of([Query.phrase_query(schema, field, list(as_umlauts)), *written_out])])

    def _beginning(self, field: str, tokens: list[str]) -> Query:
        *first, last = tokens
        schema = self._snapshot.schema
        if len(last.encode()) > LONGEST_PATTERN:
            continued = self._snapshot.searcher.terms_with_prefix("all", last, limit=MOST_CONTINUED)
            phrases = ([*first, term] for term, _ in continued)
            return any_of(
                Query.phrase_query(schema, field, list(phrase)) if first else self.token(field, phrase[0])
                for phrase in phrases
            )
        # Tokens are letters, marks and digits, of which none means anything to a regular expression.
        if first:
            return Query.regex_phrase_query(schema, field, [*first, f"{last}.*"])
        return Query.regex_query(schema, field, f"{last}.*")


def _ways(term: query.Term) -> list[list[str]]:
    """The tokens of a term, and those of other ways to write it; none of punctuation alone."""
    written = [term.text]
    if not isinstance(term, query.Part | query.Near):
        written += others(term.text)
    return [tokens for tokens in (prepare(each).split() for each in dict.fromkeys(written)) if tokens]


def words_with_stem(snapshot: Snapshot, stem: str) -> list[str]:
    """The words of the index that have this English stem, the commonest first. It holds words as they are, so that
    phrases and beginnings find exactly what was typed.
    """
    found = [term for term, _ in snapshot.searcher.terms_with_prefix("all", shared_beginning(stem))]
    if stem in EXCEPTIONS and snapshot.searcher.doc_freq("all", EXCEPTIONS[stem]):
        found.append(EXCEPTIONS[stem])
    return with_stem(stem, found)


def any_of(queries: Iterable[Query]) -> Query:
    """What any of these finds; nothing, of none."""
    found = list(queries)
    return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Should, each) for each in found])


def all_of(queries: Iterable[Query]) -> Query:
    """What all of these find."""
    found = list(queries)
    return found[0] if len(found) == 1 else Query.boolean_query([(Occur.Must, each) for each in found])


def unweighed(wanted: Query) -> Query:
    """The same as a condition that adds nothing to the worth of what it finds."""
    return Query.const_score_query(wanted, 0.0)
