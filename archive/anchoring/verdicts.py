"""Decides which of several places a passage is in, if any: only one that is good enough and clearly the best.

Different words are never accepted because of their context alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.anchoring.normalise import View
from archive.anchoring.passages import Passage, Place, cuts_a_word, similarity
from archive.anchoring.telling import Fit, Vocabulary

SIMILAR = 0.6  # minimum matching share of an edited quote
SIMILAR_SHORT = 0.7
ENOUGH = 0.7  # minimum score of an edited passage
ALONE = 0.85  # minimum matching share if there is no context
MARGIN = 6  # characters by which the best of several places must lead, or
MARGIN_FAR = 0.15  # the share of all context, if the nearest context does not decide, or
MARGIN_EDITED = 0.06  # the share of quote and context, if one of the two was edited

TOLD = 1.5  # minimum unique content in a row that is the same, and
TOLD_EDITED = 3.0  # in one that was edited next to the quote; from
TOLD_ALONE = 8.0  # this on, the row may be anywhere
ROW = 0.45  # minimum matching share of a row's distinctive words in place,
ROW_AWAY = 0.8  # in another place, and
ROW_EDITED = 0.65  # if the quote itself was edited elsewhere, spans several rows, or the row's beginning changed
MARGIN_RUN = 1.0  # lead that the best of several rows with the words must have,
MARGIN_SHARE = 0.15  # and of several where they were edited

EDITED, VERBATIM, SAME = 1, 2, 3
_ROWS = 20  # maximum places in a text that follows a template
_RANKED = 40  # maximum places that are compared with each other


@dataclass(frozen=True, slots=True)
class Verdict:
    """The chosen place, if any, and all places, best first. `tied`: several were too close to choose from."""

    place: Place | None
    tied: bool
    ranking: list[Place]


def choose(passage: Passage, view: View, places: Iterable[Place], preferred: Callable[[Place], bool]) -> Verdict:
    """The best place, if it is good enough and clearly the best; among tied places, the preferred one, if any."""
    ranking: list[Place] = []
    best = sorted(places, key=lambda place: (-place.score, not preferred(place), not place.verbatim))[:_RANKED]
    for place in best:
        if not any(place.overlaps(better) for better in ranking):
            ranking.append(place)
    if not ranking or not _acceptable(passage, view, ranking[0]):
        return Verdict(None, False, ranking)
    first = ranking[0]
    tied = [first]
    tied += [place for place in ranking[1:] if _close(passage, first, place) and _acceptable(passage, view, place)]
    if not first.verbatim and first not in _unless_verbatim(passage, ranking):
        return Verdict(None, True, ranking)
    if len(tied) == 1:
        return Verdict(first, False, ranking)
    settled = _by_close_context(passage, view, tied) or _by_all_context(passage, view, tied)
    settled = settled or next(filter(preferred, tied), None)
    return Verdict(settled, settled is None, ranking)


def choose_row(
    passage: Passage,
    view: View,
    places: Iterable[Place],
    preferred: Callable[[Place], bool],
    vocabulary: Vocabulary,
    carried: tuple[int, int] | None = None,
    *,
    framed: bool = False,
) -> Verdict:
    """The same in a text that follows a template, where rare words decide rather than letters.

    `carried` is the range that the text around the passage was carried to, if known; `framed`: the rows above and below
    are there too.
    """
    best = sorted(places, key=lambda place: (-place.score, not preferred(place), not place.verbatim))[:_ROWS]
    rows = []
    for place in _unless_verbatim(passage, best):
        in_place = (place.start, place.end) == carried
        fit = vocabulary.fit(passage, view, place.start, place.end)
        rows.append(_Row(place, fit, _level(passage, view, place, fit, in_place=in_place, framed=in_place and framed)))
    ranking: list[_Row] = []
    for row in sorted(rows, key=lambda row: (-row.level, -row.fit.run, -row.fit.share)):
        if not any(row.place.overlaps(better.place) for better in ranking):
            ranking.append(row)
    ranked = [row.place for row in ranking]
    if not ranking or not ranking[0].level:
        return Verdict(None, False, ranked)
    tied = [row.place for row in ranking if row.is_close_to(ranking[0])]
    if len(tied) == 1:
        return Verdict(tied[0], False, ranked)
    settled = next(filter(preferred, tied), None) if ranking[0].level > EDITED else None
    return Verdict(settled, settled is None, ranked)


@dataclass(frozen=True, slots=True)
class _Row:
    """A place in a text that follows a template. `level` is SAME, VERBATIM or EDITED, or 0 for a different row."""

    place: Place
    fit: Fit
    level: int

    def is_close_to(self, best: "_Row") -> bool:
        if best.level == EDITED:
            return self.fit.share > best.fit.share - MARGIN_SHARE
        return self.level == best.level and self.fit.run > best.fit.run - MARGIN_RUN


def _level(passage: Passage, view: View, place: Place, fit: Fit, *, in_place: bool, framed: bool) -> int:
    """How far the row there is the passage's own: SAME, VERBATIM, EDITED or 0."""
    head = fit.head or (framed and fit.share >= ROW_EDITED)
    if not place.verbatim:
        own = head and fit.share >= (ROW if in_place and len(passage.rows) == 1 else ROW_EDITED)
        return EDITED if own and _has_enough_words(passage, place) else 0
    if _in_word(passage, view, place):
        return 0
    if fit.whole and fit.run >= TOLD:
        return SAME
    enough = ROW if in_place or fit.run >= TOLD_ALONE else ROW_AWAY
    own = fit.share >= enough and (in_place or fit.run >= TOLD_EDITED)
    return VERBATIM if head and own else 0


def _unless_verbatim(passage: Passage, places: list[Place]) -> list[Place]:
    """The places, without edited ones if the exact words occur somewhere.

    A short passage's words occur in many unrelated places.
    """
    if passage.is_short or not any(place.verbatim for place in places):
        return places
    return [place for place in places if place.verbatim]


def _in_word(passage: Passage, view: View, place: Place) -> bool:
    return passage.is_short and passage.is_of_whole_words and cuts_a_word(view.text, place.start, place.end)


def _acceptable(passage: Passage, view: View, place: Place) -> bool:
    """Whether a place would be good enough if it were the only one."""
    if place.verbatim:
        if _in_word(passage, view, place):
            return False
        return place.context is None or place.context >= place.needed
    if not _has_enough_words(passage, place):
        return False
    return place.context is None or (place.context >= place.needed and place.score >= ENOUGH)


def _has_enough_words(passage: Passage, place: Place) -> bool:
    """Whether enough of an edited quote is unchanged."""
    if place.context is None:
        return not passage.is_short and place.words >= ALONE
    return place.words >= (SIMILAR_SHORT if passage.is_short else SIMILAR)


def _close(passage: Passage, best: Place, other: Place) -> bool:
    ahead = (best.score - other.score) * passage.weight
    if best.verbatim and other.verbatim:
        return ahead < MARGIN
    return ahead < max(MARGIN, MARGIN_EDITED * passage.weight)


def _by_close_context(passage: Passage, view: View, tied: list[Place]) -> Place | None:
    """The tied place whose nearest context matches exactly, if there is one."""
    flush = [
        place
        for place in tied
        if view.key.endswith(passage.left, 0, place.start) and view.key.startswith(passage.right, place.end)
    ]
    return flush[0] if len(flush) == 1 and all(place.verbatim for place in tied) else None


def _by_all_context(passage: Passage, view: View, tied: list[Place]) -> Place | None:
    """The tied place whose wider context matches best, if there is any context and its lead is large enough."""
    size = len(passage.before) + len(passage.behind)
    if size == len(passage.left) + len(passage.right):
        return None

    def agreeing(place: Place) -> float:
        before = view.key[max(0, place.start - len(passage.before)) : place.start]
        behind = view.key[place.end : place.end + len(passage.behind)]
        return similarity(passage.before, before) * len(passage.before) + (
            similarity(passage.behind, behind) * len(passage.behind)
        )

    first, second = sorted(((agreeing(place), place) for place in tied), key=lambda pair: -pair[0])[:2]
    return first[1] if first[0] - second[0] >= max(MARGIN, MARGIN_FAR * size) else None
