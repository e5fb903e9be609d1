"""A passage's description (a W3C text quote and text position selector in one) and where it was found."""

from dataclasses import dataclass
from typing import Literal

CONTEXT = 32
"""The minimum context stored on each side of a quote, in code points."""

Status = Literal["anchored", "moved", "changed", "ambiguous", "orphan"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage by its words, the words around it and, only to break ties, its position.

    `start` and `end` are code points into the text the passage was marked in. They are not trusted: impossible values
    count as missing, so every Selector is valid. One with an empty or blank quote is never found.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible place of the passage, in code points, and the share (0 to 1) of the passage and its context that
    matches."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage is now.

    anchored    the same words at the place expected: in their context, or where the text around them was carried to
    moved       the same words in another place
    changed     the words were edited, and the passage is surely the same one
    ambiguous   several places are equally good
    orphan      the passage is gone

    "The same words" leaves out white space, Unicode normal form and the shapes of quotes and dashes. `start` and `end`
    (code points) are None for ambiguous and orphan; `candidates` then holds up to three places, best first.
    """

    start: int | None
    end: int | None
    status: Status
    score: float
    candidates: tuple[Candidate, ...] = ()
