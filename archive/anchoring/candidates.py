"""Candidate places of a passage in a text: where its words occur exactly, or where the text resembles them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from archive.anchoring.alignment import Alignment, Tokens
from archive.anchoring.normalise import View
from archive.anchoring.passages import AGREES, Passage, Place, weigh
from archive.anchoring.selectors import CONTEXT

_OCCURRENCES = 300  # a quote with more occurrences is searched only together with its context
_NEEDLE = 120  # characters; longer quotes are searched by their beginning, middle and end
_SOUGHT = 62.0  # per cent; unrelated English texts have 50 to 56


def verbatim(passage: Passage, view: View) -> list[tuple[int, int]]:
    """Where the view contains the passage's exact words."""
    needles = [("", "")]
    if view.text.count(passage.words) > _OCCURRENCES:
        needles = [(passage.left, ""), ("", passage.right)]
    found: dict[int, None] = {}
    for before, behind in needles:
        # With context, the search is in lower case, as the context is stored.
        text, needle = (view.key, before + passage.key + behind) if before or behind else (view.text, passage.words)
        for start in _occurrences(text, needle):
            found[start + len(before)] = None
    return [(start, start + len(passage.words)) for start in found]


def whole(passage: Passage, view: View) -> tuple[int, int] | None:
    """Where the passage occurs with all of its context, if that is a single place."""
    needle = passage.before + passage.key + passage.behind
    start = view.key.find(needle)
    if start < 0 or view.key.find(needle, start + 1) >= 0:
        return None
    start += len(passage.before)
    return start, start + len(passage.key)


@dataclass(frozen=True, slots=True)
class Stretches:
    """The parts of a view's key that are searched, joined with NUL characters."""

    text: str
    places: list[int]  # start of each part in the text
    origins: list[int]  # and in the key

    @classmethod
    def of(cls, key: str, ranges: Iterable[tuple[int, int]]) -> "Stretches":
        parts, places, origins = [], [], []
        place = 0
        for start, end in ranges:
            parts.append(key[start:end])
            places.append(place)
            origins.append(start)
            place += end - start + 1
        return cls("\0".join(parts), places, origins)

    def origin(self, place: int) -> int:
        stretch = bisect_right(self.places, place) - 1
        return self.origins[stretch] + place - self.places[stretch]


def find_similar(passage: Passage, view: View, searched: Stretches, agrees: float = AGREES) -> list[Place]:
    """Places that resemble the passage: enough to include the best one and the runner-up."""
    quote_start, quote_end = len(passage.left), len(passage.left) + len(passage.key)
    slack = CONTEXT + len(passage.key) // 4
    places: list[Place] = []
    seen: list[int] = []
    for start in _starts(passage, searched):
        if any(abs(start - other) < CONTEXT // 2 for other in seen):
            continue
        seen.append(start)
        low = max(0, start - slack)
        window = Tokens(view.key[low : max(0, start + len(passage.fragment.text) + slack)])
        carried = Alignment(passage.fragment, window).carry(quote_start, quote_end)
        if carried:
            places.append(weigh(passage, view, low + carried[0], low + carried[1], agrees))
    return places


def _starts(passage: Passage, searched: Stretches) -> Iterator[int]:
    """Where in the view the passage's fragment may begin, from the two best places of several of its parts."""
    for offset, length in _needles(passage):
        text = searched.text
        needle = passage.fragment.text[offset : offset + length]
        for _ in range(2):
            hit = fuzz.partial_ratio_alignment(needle, text, score_cutoff=_SOUGHT) if text and needle else None
            if hit is None:
                break
            yield searched.origin(hit.dest_start) - hit.src_start - offset
            text = text[: hit.dest_start] + "\0" * (hit.dest_end - hit.dest_start) + text[hit.dest_end :]


def _needles(passage: Passage) -> list[tuple[int, int]]:
    """The parts of the fragment to search for: offset and length."""
    start, length = len(passage.left), len(passage.key)
    edge = min(length, CONTEXT)
    needles = [(max(0, start - CONTEXT), min(start, CONTEXT) + edge), (start + length - edge, edge + CONTEXT)]
    if length <= _NEEDLE:
        return [(start, length), *needles]
    return [*((start + (length - _NEEDLE) * part // 2, _NEEDLE) for part in range(3)), *needles]


def _occurrences(text: str, needle: str) -> Iterator[int]:
    start = text.find(needle)
    for _ in range(_OCCURRENCES):
        if start < 0:
            return
        yield start
        start = text.find(needle, start + 1)
