"""Whether two texts may be one article: edited, cut, or with a site's own words around it.

Articles made by one template - results, reports, listings - have most of their words in common, too. What differs in
them are the words that tell: names and numbers.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from archive.articles.agreement import bare_words

LEAST_ALIKE = 0.3  # of the runs of words in either text that stand in both
LEAST_CONTAINED = 0.5  # of those in the shorter one
LEAST_OF_A_TITLE = 0.3  # the same where the titles are the same
LEAST_OF_A_PAGE = 0.15  # the same where the addresses are those of one page
MOST_WORDS = 4_000  # that are compared one by one
LONGEST_SLOT = 8  # words that a template leaves open at a place
MOST_TELLING = 0.4  # of the names and numbers at the same places that may differ
LEAST_TELLING = 4  # that differ, or they say nothing


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else two articles have in common."""

    is_same_title: bool = False
    is_same_page: bool = False


def likeness(one: set[int], other: set[int]) -> float:
    """The share of the runs in either text that stand in both (Jaccard)."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def may_be_one(runs: tuple[set[int], set[int]], texts: tuple[str, str], evidence: Evidence) -> bool:
    """Whether two articles, by the runs of their texts (`sketch.runs_of`) and the texts, may be one."""
    one, other = runs
    if not one or not other:
        return one == other and evidence.is_same_title and _same_words(*texts)
    contained = len(one & other) / min(len(one), len(other))
    if evidence.is_same_page and contained >= LEAST_OF_A_PAGE:
        return True
    if evidence.is_same_title:
        return contained >= LEAST_OF_A_TITLE and not is_template(*texts)
    return likeness(one, other) >= LEAST_ALIKE and contained >= LEAST_CONTAINED and not is_template(*texts)


def is_template(one: str, other: str) -> bool:
    """Whether the two have other names and numbers at the same places of the same words."""
    first, second = bare_words(one)[:MOST_WORDS], bare_words(other)[:MOST_WORDS]
    same, differ = 0, 0
    for is_same, before, after in _steps(first, second):
        telling = sum(map(_tells, before))
        if is_same:
            same += telling
        elif before and after and max(len(before), len(after)) <= LONGEST_SLOT:
            differ += min(telling, sum(map(_tells, after)))
    return differ >= LEAST_TELLING and differ > MOST_TELLING * (same + differ)


def _tells(word: str) -> bool:
    """Whether that is a name or a number, as far as one word shows."""
    return word[0].isupper() or any(letter.isdigit() for letter in word)


def _same_words(one: str, other: str) -> bool:
    return [word.casefold() for word in bare_words(one)] == [word.casefold() for word in bare_words(other)]


def _steps(first: list[str], second: list[str]) -> list[tuple[bool, list[str], list[str]]]:
    """The two side by side: whether they are the same there, and the words of each. What was taken out and put in at
    one place is one step."""
    numbers: dict[str, int] = {}
    coded: list[Sequence[Hashable]] = [
        [numbers.setdefault(word.casefold(), len(numbers)) for word in words] for words in (first, second)
    ]
    steps: list[tuple[bool, list[str], list[str]]] = []
    for step in LCSseq.opcodes(*coded):
        is_same = step.tag == "equal"
        before, after = first[step.src_start : step.src_end], second[step.dest_start : step.dest_end]
        if steps and steps[-1][0] == is_same:
            steps[-1] = (is_same, steps[-1][1] + before, steps[-1][2] + after)
        else:
            steps.append((is_same, before, after))
    return steps
