"""Carrying passages over from one version of a text to the next."""

from collections.abc import Iterable

from archive.anchoring.alignment import Alignment, Tokens
from archive.anchoring.candidates import Stretches, find_similar, verbatim
from archive.anchoring.locating import anchor, locate_in
from archive.anchoring.normalise import View, same_words
from archive.anchoring.passages import FARTHEST, SHORT, Passage, Place, similarity, weigh
from archive.anchoring.selectors import CONTEXT, Anchor, Candidate, Selector, Status
from archive.anchoring.telling import Vocabulary
from archive.anchoring.verdicts import SIMILAR, Verdict, choose, choose_row

_SURE = 0.9  # a score from which no better place is searched for
_IN_PLACE = 0.4  # share of the context that must be unchanged where the surrounding text was carried to
_ELSEWHERE = 0.75  # and anywhere else
_DOUBTFUL = 0.9  # share of the context if it was repeated
_CERTAIN = 128  # unchanged characters in a row next to a passage that decide between two similar ones
_TELLING = 24  # length of a quote that needs no context where no other passage was before
_AROUND = 64  # characters on each side that may show that a passage is unchanged
_STRETCH = 12  # minimum characters of a stretch worth searching
_CLAIMED = 24  # unchanged characters in a row, which cannot be another passage's new place


def reanchor(old_text: str, new_text: str, selectors: Iterable[Selector]) -> list[Anchor]:
    """Find the passages of the old text in the new one, in the order of the selectors. Never raises.

    A selector's `start` and `end` are its position in the old text; if they are missing or other words are there, the
    passage is first located in the old text. The texts are aligned once. A passage where the surrounding text was
    carried to is `anchored`, whatever its new offsets; one that was cut and pasted elsewhere is `moved`. Text that was
    a different passage in the old text is never matched, so of two similar passages the unchanged one keeps its place.
    """
    revision = _Revision(View(old_text), View(new_text))
    return [revision.carry(selector) for selector in selectors]


class _Revision:
    """Two aligned versions of a text."""

    def __init__(self, old: View, new: View) -> None:
        self.old, self.new = old, new
        self.alignment = Alignment(Tokens(old.key), Tokens(new.key))
        self.unclaimed = self._unclaimed()
        self.vocabulary = Vocabulary(old.key, new.key)

    def carry(self, selector: Selector) -> Anchor:
        known = self._in_old(selector)
        if isinstance(known, Anchor):
            found = locate_in(self.new, selector)
            # A passage that was ambiguous before has not become certain because the similar ones are gone.
            return _in_doubt(found) if known.status == "ambiguous" else found
        start, end = known
        passage = Passage.within(self.old, start, end, farthest=FARTHEST, reach=CONTEXT, telling=_TELLING)
        in_row = self.vocabulary.is_of_template(passage)
        stayed = self._stayed(start, end, in_row)
        if stayed:
            place = Place(*stayed, verbatim=True, words=1.0, context=1.0, needed=0.0, score=1.0)
            return self._anchor(Verdict(place, False, [place]), selector, known, stayed)
        loose = any(self.alignment.loose[slice(*self.alignment.old.within(start, end))])
        run = 0 if loose else self._run_around(start, end)
        carried = self.alignment.carry(start, end)
        old_range = verbatim(passage, self.new)
        places = [weigh(passage, self.new, *found, _ELSEWHERE) for found in old_range]
        if carried:
            places = [place for place in places if (place.start, place.end) != carried]
            certain = 0 if loose else round(self._kept_around(known, carried) * 2 * CONTEXT)
            places.append(weigh(passage, self.new, *carried, _DOUBTFUL if loose else _IN_PLACE, certain))
        if not any(place.score >= _SURE for place in places):
            places += find_similar(passage, self.new, self.unclaimed, _ELSEWHERE)
        if old_range and not passage.is_short and (in_row or len(old_range) >= len(verbatim(passage, self.old))):
            places = [place for place in places if place.verbatim]
        places = [place for place in places if not self._claimed(known, place, loose, in_row)]

        def where_carried(place: Place) -> bool:
            return (place.start, place.end) == carried and run >= _CERTAIN

        if in_row:
            framed = carried is not None and self._framed(known, carried)
            verdict = choose_row(passage, self.new, places, where_carried, self.vocabulary, carried, framed=framed)
        else:
            verdict = choose(passage, self.new, places, where_carried)
        if verdict.place and self._fits_another(known, verdict.place):
            verdict = Verdict(None, False, verdict.ranking)
        return self._anchor(verdict, selector, known, carried)

    def _in_old(self, selector: Selector) -> tuple[int, int] | Anchor:
        """The passage's range in the old view, or the anchor that says why it has none."""
        start, end = selector.start, selector.end
        numbered = start is not None and end is not None and 0 <= start < end <= len(self.old.source)
        found = self.old.from_source(start or 0, end or 0) if numbered else (0, 0)
        if found[0] < found[1] and self.old.source[start:end] == selector.exact:
            return found
        located = locate_in(self.old, selector)
        if located.start is not None and located.end is not None:
            return self.old.from_source(located.start, located.end)
        # The words may have been edited at every import so far, which is more than locate() can follow.
        words = View(selector.exact).key.strip()
        if len(words) >= SHORT and similarity(self.old.key[slice(*found)], words) >= SIMILAR:
            return found
        return located

    def _stayed(self, start: int, end: int, in_row: bool) -> tuple[int, int] | None:
        """The new range, if the words and a minimum of context around them are one run of equal words."""
        alignment, old = self.alignment, self.alignment.old
        first, behind = old.within(start, end)
        if first == behind or any(alignment.loose[first:behind]):
            return None
        around = old.within(start - CONTEXT, end + CONTEXT)
        if alignment.block[around[0]] < 0 or alignment.block[around[0]] != alignment.block[around[1] - 1]:
            return None
        if in_row and not alignment.certain[alignment.block[around[0]]]:
            return None
        found = alignment.carry(start, end)
        return found if found and same_words(self.old.text[start:end], self.new.text[slice(*found)]) else None

    def _run_around(self, start: int, end: int) -> int:
        """The characters next to the old range in its run of equal words; 0 if the range spans several runs."""
        alignment = self.alignment
        first, behind = alignment.old.within(start, end)
        if alignment.block[first] < 0 or alignment.block[first] != alignment.block[behind - 1]:
            return 0
        i, _, length = alignment.blocks[alignment.block[first]]
        return max(0, alignment.old.ends[i + length - 1] - alignment.old.starts[i] - (end - start))

    def _kept_around(self, known: tuple[int, int], carried: tuple[int, int]) -> float:
        """The share of the old surrounding text that is still around it, however much was inserted between."""
        old, new, image = self.alignment.old, self.alignment.new, self.alignment.image
        first, behind = old.within(*known)
        low, _ = old.within(known[0] - _AROUND, known[0])
        _, high = old.within(known[1], known[1] + _AROUND)
        nearest, farthest = carried[0] - 2 * _AROUND, carried[1] + 2 * _AROUND
        kept = total = 0
        for token in (*range(low, first), *range(behind, high)):
            length = old.ends[token] - old.starts[token]
            total += length
            if image[token] >= 0 and nearest <= new.starts[image[token]] < farthest:
                kept += length
        return kept / total if total else 0.0

    def _framed(self, known: tuple[int, int], carried: tuple[int, int]) -> bool:
        """Whether the lines right above and below the old range are right above and below the new one."""
        old, new = self.old.line_around(*known), self.new.line_around(*carried)
        if len(self.old.lines(*old)) != len(self.new.lines(*new)):
            return False
        above = self._line_stayed((old[0] - 1, old[0]), (new[0] - 1, new[0]))
        return above and self._line_stayed((old[1], old[1] + 1), (new[1], new[1] + 1))

    def _line_stayed(self, old: tuple[int, int], new: tuple[int, int]) -> bool:
        """Whether unique words of the old range's line are in the new one's, or the texts begin or end there."""
        is_edge = old[0] < 0 or old[1] > len(self.old.text), new[0] < 0 or new[1] > len(self.new.text)
        if any(is_edge):
            return all(is_edge)
        alignment = self.alignment
        first, behind = alignment.new.within(*self.new.line_around(*new))
        return any(
            first <= alignment.image[token] < behind and alignment.certain[alignment.block[token]]
            for token in range(*alignment.old.within(*self.old.line_around(*old)))
        )

    def _claimed(self, known: tuple[int, int], place: Place, loose: bool, in_row: bool) -> bool:
        """Whether most words of that range of the new text were other words of the old text and are in their place.

        A repetition of `loose` words may be theirs.
        """
        alignment = self.alignment
        first, behind = alignment.old.within(*known)
        origins = alignment.origin[slice(*alignment.new.within(place.start, place.end))]
        others = [i for i in origins if i >= 0 and not first <= i < behind and not (loose and alignment.loose[i])]
        if in_row:
            others = [i for i in others if alignment.certain[alignment.block[i]]]
        return 2 * len(others) > len(origins)

    def _fits_another(self, known: tuple[int, int], place: Place) -> bool:
        """Whether these words, in their context, more likely belong to another place in the old text that has no other
        counterpart in the new one."""
        passage = Passage(
            self.new.text[place.start : place.end],
            self.new.key[place.start : place.end],
            self.new.key[max(0, place.start - CONTEXT) : place.start].lstrip(),
            self.new.key[place.end : place.end + CONTEXT].rstrip(),
        )
        own = weigh(passage, self.old, *known)
        for start, end in verbatim(passage, self.old):
            other = weigh(passage, self.old, start, end)
            if not other.overlaps(own) and (other.score - own.score) * passage.weight > 2:
                image = self.alignment.carry(start, end)
                if image is None or (image[0] < place.end and place.start < image[1]):
                    return True
        return False

    def _anchor(
        self, verdict: Verdict, selector: Selector, known: tuple[int, int], carried: tuple[int, int] | None
    ) -> Anchor:
        was = self.old.source[slice(*self.old.to_source_as(*known, selector.exact))]

        def status(place: Place) -> Status:
            if not same_words(self.new.text[place.start : place.end], View(selector.exact).text.strip()):
                return "changed"
            return "anchored" if (place.start, place.end) == carried else "moved"

        return anchor(verdict, self.new, was, status)

    def _unclaimed(self) -> Stretches:
        """The parts of the new text that are not unchanged: where a passage that left its place may be."""
        new, position = self.alignment.new, 0
        stretches = []
        for _, first, length in [*self.alignment.blocks, (0, len(new.words), 0)]:
            start = new.starts[first] if length else len(self.new.key)
            end = new.ends[first + length - 1] if length else start
            if end - start >= _CLAIMED or not length:
                if start - position >= _STRETCH:
                    stretches.append((position, start))
                position = end
        return Stretches.of(self.new.key, stretches)


def _in_doubt(found: Anchor) -> Anchor:
    """The same places, marked as indistinguishable."""
    if found.start is None or found.end is None:
        return found
    return Anchor(None, None, "ambiguous", found.score, (Candidate(found.start, found.end, found.score),))
