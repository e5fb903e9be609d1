"""What a reader may have meant by a search that finds nothing."""

from collections import Counter

from archive import query
from archive.query import Query
from archive.query.preparing import prepare
from archive.search.engines import engine
from archive.search.models import Word
from archive.search.searching import Search, change_terms
from archive.search.stemming import akin

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщъыьэюяєіїґў", "αβγδεζηθικλμνξοπρστυφχψω")
_SHORTEST, _LONGEST = 3, 30  # letters
_MOST_WORDS = 5  # of a search that are looked up
_MOST_COMPARED = 20  # spellings of one word
_MOST_COUNTED = 1000  # articles with one spelling


def suggest(search: Search) -> str | None:
    """The search with each unknown word in the nearest spelling that the archive has, if that finds something.

    The nearest are one letter more, less or other, or two letters swapped, as in Norvig's corrector; of those, the one
    in most articles. Where the archive has none of them, it may have another form of one.
    """
    wanted = [prepare(term.text) for term in search.title_terms if isinstance(term, query.Word)]
    words = [word for word in wanted if " " not in word and _SHORTEST <= len(word) <= _LONGEST][:_MOST_WORDS]
    known = set(Word.objects.filter(pk__in=words).values_list("pk", flat=True))
    nearest = {word: near for word in words if word not in known and (near := _nearest(word))}
    if not nearest:
        return None

    def respelled(term: query.Term) -> query.Term:
        near = nearest.get(prepare(term.text)) if isinstance(term, query.Word) else None
        return query.Word(near) if near else term

    node = change_terms(search.node, respelled)
    return str(Query(node)) if engine().count(Search(node, search.reader.id).selection, 1) else None


def _nearest(word: str) -> str | None:
    near = _one_edit_away(word)
    spellings = sorted(Word.objects.filter(pk__in=near).values_list("pk", flat=True) or akin(near))[:_MOST_COMPARED]
    if not spellings:
        return None
    found = engine().similar([query.Word(spelling) for spelling in spellings], _MOST_COUNTED)
    uses = Counter(number for number, _ in found)
    return max(enumerate(spellings), key=lambda spelling: uses[spelling[0]])[1]


def _one_edit_away(word: str) -> set[str]:
    letters = next((alphabet for alphabet in _ALPHABETS if set(word) & set(alphabet)), "")
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    shorter = {left + right[1:] for left, right in parts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in parts if right for letter in letters}
    longer = {left + letter + right for left, right in parts for letter in letters}
    return shorter | swapped | other | longer
