"""The block tree: the structure of a document before its inline syntax is parsed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise


class Kind(Enum):
    """The kind of a block. The first five contain blocks, the others lines of text."""

    DOCUMENT = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()
    FOOTNOTE = auto()
    PARAGRAPH = auto()
    HEADING = auto()
    FENCE = auto()
    INDENTED_CODE = auto()
    HTML = auto()
    TABLE = auto()
    RULE = auto()
    DEFINITIONS = auto()


@dataclass(slots=True, eq=False)
class Block:
    """A block. Line numbers count from 0; columns are characters after expanding tabs."""

    kind: Kind
    first_line: int
    last_line: int
    children: list["Block"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    level: int = 0  # of a heading
    info: str = ""  # a fence's info string; a footnote's label
    fence: str = ""  # the characters that open a fence
    indent: int = 0  # a fence's indentation in columns; the indentation of an item's content
    marker: str = ""  # a list's bullet, or the delimiter after its number
    start: int | None = None  # an ordered list's first number
    ends_at: str = ""  # what ends an HTML block; empty means a blank line
    alignments: tuple[str, ...] = ()  # alignments of a table's columns
    rows: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The joined lines, as inline syntax is parsed."""
        return "\n".join(self.lines)

    @property
    def is_tight(self) -> bool:
        """For a list: there are no blank lines between its items or between the blocks of an item."""
        previous_end: int | None = None
        for item in self.children:
            if previous_end is not None and item.first_line > previous_end + 1:
                return False
            blocks = [block for block in item.children if block.kind is not Kind.DEFINITIONS]
            if any(later.first_line > earlier.last_line + 1 for earlier, later in pairwise(blocks)):
                return False
            previous_end = blocks[-1].last_line if blocks else item.last_line
        return True

    def walk(self) -> Iterator["Block"]:
        """This block and all its descendants, in document order."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))
