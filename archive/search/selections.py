"""What the selections of both engines have in common: what they ask of documents, and alternatives."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Self

from archive.search.documents import HIGHEST_POSITION

Condition = tuple[str, tuple[object, ...]]  # SQL, and the values of its placeholders

MOST_ALTERNATIVES = 8  # of a search that are looked for one by one


@dataclass(frozen=True)
class Selected:
    """Documents that fulfil all of this: what the index is asked, a range of positions, a condition on rows. Or, with
    `alternatives`, those that fulfil any of them.

    What is empty asks for nothing.
    """

    position: ClassVar[str] = "position"  # what conditions call it

    match: str = ""
    low: int = 0
    high: int = HIGHEST_POSITION
    where: str = ""
    values: tuple[object, ...] = ()
    alternatives: tuple[Self, ...] = ()

    @property
    def parts(self) -> tuple[Self, ...]:
        """The alternatives, or this as the only one."""
        return self.alternatives or (self,)

    @property
    def is_indexed(self) -> bool:
        """Whether the index leads to all of them."""
        return all(part.match for part in self.parts)

    @property
    def is_everything(self) -> bool:
        return not (self.match or self.where or self.bounds_positions or self.alternatives)

    @property
    def is_range(self) -> bool:
        """Whether positions are all that is asked of."""
        return self.bounds_positions and not (self.match or self.where or self.alternatives)

    @property
    def bounds_positions(self) -> bool:
        return (self.low, self.high) != (0, HIGHEST_POSITION)

    @property
    def matching(self) -> Condition:
        """What is asked of the index as a condition on rows, unless `where` says it, too."""
        return "", ()

    def as_condition(self) -> Condition:
        """All of it as one exact condition on rows."""
        if self.alternatives:
            return any_of(part.as_condition() for part in self.alternatives)
        between = f"{self.position} BETWEEN %s AND %s" if self.bounds_positions else ""
        sql, values = all_of([(between, (self.low, self.high)), self.matching, (self.where, self.values)])
        return f"({sql or 'true'})", values


def all_of(conditions: Iterable[Condition]) -> Condition:
    """One condition for all of these; those that are empty ask for nothing."""
    found = [condition for condition in conditions if condition[0]]
    return " AND ".join(sql for sql, _ in found), tuple(chain.from_iterable(values for _, values in found))


def any_of(conditions: Iterable[Condition]) -> Condition:
    """One condition for any of these."""
    found = list(conditions)
    return f"({' OR '.join(sql for sql, _ in found)})", tuple(chain.from_iterable(values for _, values in found))
