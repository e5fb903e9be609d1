"""Differences between two texts, line by line and within lines, in bounded time.

Alignment uses rapidfuzz's bit-parallel longest common subsequence over numbered lines, which takes milliseconds where
difflib takes half a minute.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

MOST_LINES = 10_000  # on each side
MOST_SHOWN = 2_000
LONGEST_LINE = 4_000  # code points shown of a line
MOST_WORDS = 3_000  # in a line that is compared word by word
CONTEXT = 3  # unchanged lines around a change

Parts = list[tuple[str, bool]]  # a text, and whether just this part changed

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Line:
    """`kind` is same, added, removed or gap; `parts` are (text, whether just this part changed)."""

    kind: str
    parts: list[tuple[str, bool]]


@dataclass(frozen=True)
class Diff:
    """The lines to show. `is_complete` means nothing was left out."""

    lines: list[Line]
    is_complete: bool


def compare(old: str, new: str) -> Diff:
    """The changes with a few lines of context; none if the texts are the same.

    `is_complete` is False if a text was too long to compare whole.
    """
    if old == new:
        return Diff([], is_complete=True)
    before, after = old.split("\n"), new.split("\n")
    lines = list(_lines(before[:MOST_LINES], after[:MOST_LINES]))
    complete = len(before) <= MOST_LINES and len(after) <= MOST_LINES and len(lines) <= MOST_SHOWN
    return Diff(lines[:MOST_SHOWN], complete)


def both(old: str, new: str, longest: int = LONGEST_LINE) -> tuple[Parts, Parts]:
    """Two whole texts, each in parts that are in both and parts that are not: lines, and words within them, where no
    more than `longest` code points in a row are in lines that differ."""
    sides: tuple[Parts, Parts] = ([], [])
    for is_same, old_lines, new_lines in blocks(old, new):
        if is_same:
            parts: tuple[Parts, Parts] = ([(old_lines, False)], [(new_lines, False)])
        elif max(len(old_lines), len(new_lines)) > longest:
            parts = [(old_lines, True)], [(new_lines, True)]
        else:
            parts = words(old_lines, new_lines, longest)
        for side, found in zip(sides, parts, strict=True):
            side += [(text, is_change) for text, is_change in found if text]
    return sides


def blocks(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Two whole texts in blocks of lines, each with whether the texts agree there and what each says."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, start, end, new_start, new_end in _steps(before, after):
        yield tag == "equal", "".join(before[start:end]), "".join(after[new_start:new_end])


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    steps = _steps(before, after)
    for index, (tag, start, end, new_start, new_end) in enumerate(steps):
        if tag == "equal":
            yield from _unchanged(before[start:end], is_first=index == 0, is_last=index == len(steps) - 1)
            continue
        pairs = [words(old, new) for old, new in zip(before[start:end], after[new_start:new_end], strict=False)]
        yield from (Line("removed", old) for old, _ in pairs)
        yield from (Line("removed", _whole(line)) for line in before[start + len(pairs) : end])
        yield from (Line("added", new) for _, new in pairs)
        yield from (Line("added", _whole(line)) for line in after[new_start + len(pairs) : new_end])


def _steps(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Where the two agree and differ, as (tag, start, end, start in `after`, end in `after`).

    A removal and an insertion at the same place are one step.
    """
    numbers: dict[Hashable, int] = {}
    coded = [[numbers.setdefault(item, len(numbers)) for item in side] for side in (before, after)]
    steps: list[tuple[str, int, int, int, int]] = []
    for step in LCSseq.opcodes(*coded):
        tag = "equal" if step.tag == "equal" else "changed"
        if steps and steps[-1][0] == tag:
            steps[-1] = (tag, steps[-1][1], step.src_end, steps[-1][3], step.dest_end)
        else:
            steps.append((tag, step.src_start, step.src_end, step.dest_start, step.dest_end))
    return steps


def _unchanged(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    head = [] if is_first else lines[:CONTEXT]
    tail = [] if is_last else lines[max(len(head), len(lines) - CONTEXT) :]
    hidden = len(lines) - len(head) - len(tail)
    yield from (Line("same", _whole(line)) for line in head)
    if hidden:
        yield Line("gap", [(f"{hidden:,} unchanged {'line' if hidden == 1 else 'lines'}", False)])
    yield from (Line("same", _whole(line)) for line in tail)


def _whole(line: str) -> list[tuple[str, bool]]:
    return [(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …", False)]


def words(old: str, new: str, longest: int = LONGEST_LINE) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """A line and what it became, each in parts that stayed and parts that changed."""
    if max(len(old), len(new)) > longest:
        return _whole(old), _whole(new)
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > max(MOST_WORDS, longest // 2):
        return _whole(old), _whole(new)
    steps = _steps(before, after)
    return (
        [("".join(before[start:end]), tag != "equal") for tag, start, end, _, _ in steps if end > start],
        [("".join(after[start:end]), tag != "equal") for tag, _, _, start, end in steps if end > start],
    )
