"""Finding a passage in a text by its words and their context."""

from collections.abc import Callable

from archive.anchoring.candidates import Stretches, find_similar, verbatim, whole
from archive.anchoring.normalise import View
from archive.anchoring.passages import AGREES, Passage, Place, weigh
from archive.anchoring.selectors import Anchor, Candidate, Selector, Status
from archive.anchoring.telling import Vocabulary
from archive.anchoring.verdicts import Verdict, choose, choose_row


def locate(text: str, selector: Selector) -> Anchor:
    """Find the selector's passage in the text; the status is `changed` if its words were edited. Never raises.

    The quote must occur exactly, or approximately and in its context; a short quote always needs its context, if known.
    Among equally good places, the one at the selector's own offsets wins. Linear in time.
    """
    return locate_in(View(text), selector)


def locate_in(view: View, selector: Selector, vocabulary: Vocabulary | None = None) -> Anchor:
    """Like `locate`, in a text that is already folded."""
    fragment = View(selector.prefix + selector.exact + selector.suffix)
    start, end = fragment.from_source(len(selector.prefix), len(selector.prefix) + len(selector.exact))
    if start == end:
        return Anchor(None, None, "orphan", 0.0)
    passage = Passage.within(fragment, start, end, farthest=len(fragment.key))

    def at_own_offsets(place: Place) -> bool:
        first, last = view.to_source_as(place.start, place.end, selector.exact, selector.start)
        return first == selector.start or last == selector.end

    exactly = whole(passage, view)
    places = [weigh(passage, view, *found) for found in ([exactly] if exactly else verbatim(passage, view))]
    if not exactly and not (places and places[0].context is None):
        places += find_similar(passage, view, Stretches.of(view.key, [(0, len(view.key))]))
    vocabulary = vocabulary or Vocabulary(view.key, fragment.key)
    if exactly or not vocabulary.is_of_template(passage):
        verdict = choose(passage, view, places, at_own_offsets)
    else:
        verdict = choose_row(passage, view, places, at_own_offsets, vocabulary)
    return anchor(verdict, view, selector.exact, _status, selector.start)


def anchor(
    verdict: Verdict, view: View, exact: str, status: Callable[[Place], Status], place_before: int | None = None
) -> Anchor:
    """The result of choose() in the offsets of the text itself. `place_before` is the selector's own position."""
    if verdict.place is None:
        candidates = tuple(
            Candidate(*view.to_source_as(place.start, place.end, exact), place.score) for place in verdict.ranking[:3]
        )
        score = candidates[0].score if candidates else 0.0
        return Anchor(None, None, "ambiguous" if verdict.tied else "orphan", score, candidates)
    start, end = view.to_source_as(verdict.place.start, verdict.place.end, exact, place_before)
    return Anchor(start, end, status(verdict.place), verdict.place.score)


def _status(place: Place) -> Status:
    if not place.verbatim:
        return "changed"
    return "anchored" if place.context is None or place.context >= AGREES else "moved"
