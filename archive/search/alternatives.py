"""What both engines make of a search's alternatives that no single look into the index finds."""

from collections.abc import Iterable
from itertools import chain

Condition = tuple[str, tuple[object, ...]]  # SQL, and the values of its placeholders

MOST_ALTERNATIVES = 8  # of a search that are looked for one by one


def any_of(conditions: Iterable[Condition]) -> Condition:
    """One condition for any of these."""
    found = list(conditions)
    return f"({' OR '.join(sql for sql, _ in found)})", tuple(chain.from_iterable(values for _, values in found))
