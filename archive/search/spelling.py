"""Suggestions for a search that finds nothing."""

from archive import query
from archive.query import Query
from archive.query.combine import change_terms
from archive.query.preparing import prepare
from archive.query.spellings import one_edit_away
from archive.query.stems import stem_of
from archive.search.kinds import Snapshot
from archive.search.searching import Search
from archive.search.terms import words_with_stem

_SHORTEST, _LONGEST = 3, 30  # letters
_SHORTEST_NEAR = 5
_MOST_WORDS = 5  # words of a search that are looked up


def suggest(search: Search) -> str | None:
    """The search with each unknown word replaced by the nearest spelling in the archive, if that finds something.

    The nearest are one edit away; among them, the one in most articles. If the archive has none of them, it may have
    another form of one, or words that the engine finds for `word~`.
    """
    wanted = [prepare(term.text) for term in search.title_terms if isinstance(term, query.Word)]
    words = [word for word in wanted if " " not in word and _SHORTEST <= len(word) <= _LONGEST][:_MOST_WORDS]
    unknown = [word for word in words if not _uses(search.snapshot, word)]
    nearest = {word: near for word in unknown if (near := _nearest(search.snapshot, word))}
    if not nearest:
        return None

    def respelled(term: query.Term) -> query.Term:
        return nearest.get(prepare(term.text), term) if isinstance(term, query.Word) else term

    node = change_terms(search.node, respelled)
    return str(Query(node)) if Search(node, search.reader.id).total else None


def _nearest(snapshot: Snapshot, word: str) -> query.Term | None:
    near = one_edit_away(word)
    spellings = [spelling for spelling in near if _uses(snapshot, spelling)]
    if not spellings:
        stems = {stem for spelling in near if (stem := stem_of(spelling))}
        spellings = [akin for stem in stems for akin in words_with_stem(snapshot, stem)]
    if spellings:
        return query.Word(max(sorted(spellings), key=lambda spelling: _uses(snapshot, spelling)))
    return query.Near(word) if len(word) >= _SHORTEST_NEAR else None


def _uses(snapshot: Snapshot, word: str) -> int:
    """The approximate number of articles with a word: some that have changed may be counted twice."""
    return int(snapshot.searcher.doc_freq("all", word))
