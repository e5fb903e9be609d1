"""What is known of a passage (a W3C text quote and text position in one) and where it was found."""

from dataclasses import dataclass
from typing import Literal

CONTEXT = 32
"""The least context kept on each side of a quote, in code points."""

Status = Literal["anchored", "moved", "changed", "ambiguous", "orphan"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage by its words, the words around it and, to break ties only, its place.

    `start` and `end` are code points into the text the passage was marked in. They are not trusted: numbers that
    cannot be are as good as none, so no Selector is refused. One whose quote is empty or blank is found nowhere.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where the passage might be, in code points, and the share (0 to 1) of it and its context that agrees."""

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
