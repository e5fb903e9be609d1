"""What a reader may have meant by a search that finds nothing."""

from archive import query
from archive.query import Query
from archive.query.combine import change_terms
from archive.query.preparing import prepare
from archive.search.forms import akin
from archive.search.kinds import Snapshot
from archive.search.searching import Search

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщъыьэюяєіїґў", "αβγδεζηθικλμνξοπρστυφχψω")
_SHORTEST, _LONGEST = 3, 30  # letters
_MOST_WORDS = 5  # of a search that are looked up


def suggest(search: Search) -> str | None:
    """The search with each unknown word in the nearest spelling that the archive has, if that finds something.

    The nearest are one letter more, less or other, or two letters swapped, as in Norvig's corrector; of those, the one
    in most articles. Where the archive has none of them, it may have another form of one.
    """
    wanted = [prepare(term.text) for term in search.title_terms if isinstance(term, query.Word)]
    words = [word for word in wanted if " " not in word and _SHORTEST <= len(word) <= _LONGEST][:_MOST_WORDS]
    unknown = [word for word in words if not _uses(search.snapshot, word)]
    nearest = {word: near for word in unknown if (near := _nearest(search.snapshot, word))}
    if not nearest:
        return None

    def respelled(term: query.Term) -> query.Term:
        near = nearest.get(prepare(term.text)) if isinstance(term, query.Word) else None
        return query.Word(near) if near else term

    node = change_terms(search.node, respelled)
    return str(Query(node)) if Search(node, search.reader.id).total else None


def _nearest(snapshot: Snapshot, word: str) -> str | None:
    near = _one_edit_away(word)
    spellings = [spelling for spelling in near if _uses(snapshot, spelling)] or list(akin(snapshot, near))
    return max(sorted(spellings), key=lambda spelling: _uses(snapshot, spelling), default=None)


def _uses(snapshot: Snapshot, word: str) -> int:
    """How many articles have a word, about: some that have changed may be counted twice."""
    return int(snapshot.searcher.doc_freq("all", word))


def _one_edit_away(word: str) -> set[str]:
    letters = next((alphabet for alphabet in _ALPHABETS if set(word) & set(alphabet)), "")
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    shorter = {left + right[1:] for left, right in parts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in parts if right for letter in letters}
    longer = {left + letter + right for left, right in parts for letter in letters}
    return shorter | swapped | other | longer
