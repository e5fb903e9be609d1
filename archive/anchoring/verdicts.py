"""Which of several places a passage is in, if any: only one that is good enough, and that no other comes close to.

Words that differ are never taken on the strength of the context alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.anchoring.normalise import View
from archive.anchoring.passages import Passage, Place, cuts_a_word, similarity

SIMILAR = 0.6  # least share of an edited quote that must have stayed
SIMILAR_SHORT = 0.7
ENOUGH = 0.7  # least score of an edited passage
ALONE = 0.85  # least share that must have stayed where no context is known
MARGIN = 6  # characters by which the best of several places must be ahead, and
MARGIN_FAR = 0.15  # the share of all context, where that near the quote does not tell, or
MARGIN_EDITED = 0.06  # the share of quote and context, where one of the two was edited

_RANKED = 40  # places, at most, that are compared with each other


@dataclass(frozen=True, slots=True)
class Verdict:
    """The place that was chosen, if any, and all of them, best first. `tied`: several were too close to choose."""

    place: Place | None
    tied: bool
    ranking: list[Place]


def choose(passage: Passage, view: View, places: Iterable[Place], preferred: Callable[[Place], bool]) -> Verdict:
    """The best place if it is good enough and none comes close; of places that are tied the preferred one, if any."""
    ranking: list[Place] = []
    for place in sorted(places, key=lambda place: (-place.score, not preferred(place), not place.verbatim))[:_RANKED]:
        if not any(place.overlaps(better) for better in ranking):
            ranking.append(place)
    if not ranking or not _acceptable(passage, view, ranking[0]):
        return Verdict(None, False, ranking)
    best = ranking[0]
    tied = [best]
    tied += [place for place in ranking[1:] if _close(passage, best, place) and _acceptable(passage, view, place)]
    if len(tied) == 1:
        return Verdict(best, False, ranking)
    settled = _by_close_context(passage, view, tied) or _by_all_context(passage, view, tied)
    settled = settled or next(filter(preferred, tied), None)
    return Verdict(settled, settled is None, ranking)


def _acceptable(passage: Passage, view: View, place: Place) -> bool:
    """Whether a place is good enough, were it the only one."""
    if place.verbatim:
        if passage.is_short and passage.is_of_whole_words and cuts_a_word(view.text, place.start, place.end):
            return False
        return place.context is None or place.context >= place.needed
    if place.context is None:
        return not passage.is_short and place.words >= ALONE
    least = SIMILAR_SHORT if passage.is_short else SIMILAR
    return place.words >= least and place.context >= place.needed and place.score >= ENOUGH


def _close(passage: Passage, best: Place, other: Place) -> bool:
    ahead = (best.score - other.score) * passage.weight
    if best.verbatim and other.verbatim:
        return ahead < MARGIN
    return ahead < max(MARGIN, MARGIN_EDITED * passage.weight)


def _by_close_context(passage: Passage, view: View, tied: list[Place]) -> Place | None:
    """The one of them that stands right between the least context, to the letter."""
    flush = [
        place
        for place in tied
        if view.key.endswith(passage.left, 0, place.start) and view.key.startswith(passage.right, place.end)
    ]
    return flush[0] if len(flush) == 1 and all(place.verbatim for place in tied) else None


def _by_all_context(passage: Passage, view: View, tied: list[Place]) -> Place | None:
    """The one of them whose farther context agrees best, if the passage has any and it is well ahead."""
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
