"""How well texts answer a search: BM25 with weighted columns, over texts that an engine has already found."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from archive.search import labels

_K1, _B = 1.2, 0.75
_WEIGHTS = {"title": 4, "authors": 5, "words": 1, "personal": 3}  # what a hit there counts
_WEIGHT_BEFORE_BODY = 4  # that of a hit in description, publication and tags, with which `words` begin


class Term(Protocol):
    """What is counted: any of these texts, each with the spaces around it, in the columns named before it."""

    @property
    def texts(self) -> tuple[tuple[tuple[str, ...], str], ...]: ...


@dataclass
class Candidate:
    """A document's prepared texts. Its length is that of its own, without what readers keep."""

    position: int
    title: str
    authors: str
    words: str
    personal: str

    def __post_init__(self) -> None:
        # Most of the forms of a word are looked for here in vain, and not in each of the texts.
        self._all = f"{self.title}{self.authors}{self.words}{self.personal}"
        self._body = self.words.rfind(labels.NAME_BOUNDARY) + 1

    def hits(self, term: Term) -> int:
        """The weight of all hits of a term."""
        return sum(self._hits(columns, text) for columns, text in term.texts if text.strip() in self._all)

    def _hits(self, columns: Iterable[str], text: str) -> int:
        found = 0
        for column in columns:
            if number := getattr(self, column).count(text):
                found += _WEIGHTS[column] * number
                if column == "words":
                    found += (_WEIGHT_BEFORE_BODY - _WEIGHTS[column]) * self.words.count(text, 0, self._body)
        return found


def inverse_frequency(having: int, total: int) -> float:
    """What a term that so many of the documents have is worth."""
    return log(1 + max(0, total - having + 0.5) / (having + 0.5))


def best_first(
    candidates: Sequence[Candidate], terms: Sequence[tuple[Term, float]], in_title: Container[int]
) -> list[Candidate]:
    """These documents, the best first; among equals those at the positions `in_title` before others, then the newer.
    Each term comes with its worth.
    """
    mean = sum(len(candidate.words) for candidate in candidates) / max(1, len(candidates))

    def score(candidate: Candidate) -> float:
        length = 1 - _B + _B * len(candidate.words) / mean
        hits = ((candidate.hits(term), worth) for term, worth in terms)
        return round(sum(worth * count * (_K1 + 1) / (count + _K1 * length) for count, worth in hits), 2)

    return sorted(
        candidates, key=lambda candidate: (-score(candidate), candidate.position not in in_title, -candidate.position)
    )
