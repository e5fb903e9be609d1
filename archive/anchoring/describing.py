"""Describing a passage so that it can be found again."""

from archive.anchoring.normalise import View
from archive.anchoring.passages import FARTHEST, Passage
from archive.anchoring.selectors import CONTEXT, Selector
from archive.anchoring.telling import Vocabulary

_NEAR = 2000  # code points on each side within which rows similar to the passage's own are looked for
_ROWS = 2  # lines on each side, including the passage's own, that are stored in a template
_LONGEST_ROWS = 256  # maximum code points of these lines


def describe(text: str, start: int, end: int) -> Selector:
    """The selector that finds text[start:end] again. It has at least 32 code points of context on each side, doubled
    until quote and context together occur once in the text.

    In a price list or similar text, the context extends to the ends of the rows above and below: the beginning of a row
    distinguishes it from similar ones, and its neighbours show that there are such.

    Raises ValueError unless 0 <= start < end <= len(text).
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage from {start} to {end} in a text of {len(text)} code points")
    first, last = _rows_around(text, start, end) if _is_of_template(text, start, end) else (start, end)
    reach = CONTEXT
    while True:
        low, high = max(0, min(first, start - reach)), min(len(text), max(last, end + reach))
        if (low, high) == (0, len(text)) or text.find(text[low:high]) == text.rfind(text[low:high]):
            return Selector(text[start:end], text[low:start], text[end:high], start, end)
        reach *= 2


def _is_of_template(text: str, start: int, end: int) -> bool:
    low = max(0, start - _NEAR)
    view = View(text[low : end + _NEAR])
    first, last = view.from_source(start - low, end - low)
    return Vocabulary(view.key).is_of_template(Passage.within(view, first, last, farthest=FARTHEST))


def _rows_around(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = start, end
    for _ in range(_ROWS):
        above = text.rfind("\n", 0, max(0, first - 1)) + 1
        below = text.find("\n", last + 1)
        below = len(text) if below < 0 else below
        first = above if start - above <= _LONGEST_ROWS else first
        last = below if below - end <= _LONGEST_ROWS else last
    return first, last
