"""Emphasis: pairs the runs of `*`, `_`, `~` and `=` (CommonMark 0.31, appendix, "process emphasis")."""

import re
import unicodedata
from dataclasses import dataclass, field

_ELEMENTS = {("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong", ("=", 2): "mark"}
_STOPS = frozenset(".,:;!?)]…”’»")
# Thai to Burmese, Khmer; CJK radicals, kana, ideographs and Yi; Hangul; compatibility and full-width forms
_RUNS_ON = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_FIRST_TO_RUN_ON = "\u0e00"


@dataclass(slots=True, eq=False)
class Delimiter:
    """A run of one character that may open or close emphasis. `left` is the number of characters still plain text."""

    character: str
    length: int
    can_open: bool
    can_close: bool
    left: int = 0
    closes: list[str] = field(default_factory=list)  # elements that end before the rest of the run
    opens: list[str] = field(default_factory=list)  # elements that begin after it, innermost first

    def __post_init__(self) -> None:
        self.left = self.length


def flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run `text[start:end]` can open and can close emphasis."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    space_before, space_after = before.isspace(), after.isspace()
    mark_before, mark_after = is_punctuation(before), is_punctuation(after)
    left = not space_after and (not mark_after or space_before or mark_before or _runs_on(before))
    right = not space_before and (not mark_before or space_after or mark_after or _runs_on(after))
    character = text[start]
    if character == "*" and end - start == 2 and before in _STOPS:  # **Note:**so, as clippers write bold text
        right = True
    if character == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    if character == "~" and end - start == 1:  # 10~20 and 30~40, H~2~O
        return left and not right, right and not left
    if character == "=":  # as in Obsidian: adjacent punctuation does not matter
        is_operator = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()  # as in x==y
        return not space_after and not is_operator, not space_before and not is_operator
    return left, right


def is_punctuation(character: str) -> bool:
    """Whether it counts as punctuation next to a delimiter.

    East Asian marks do not: those scripts have no spaces around words, and by CommonMark's rules, emphasis that ends in
    one of their marks would never close.
    """
    if character.isalnum() or _runs_on(character):
        return False
    return unicodedata.category(character)[0] in "PS"


def _runs_on(character: str) -> bool:
    """Whether it is East Asian or Thai, scripts without spaces: next to it, emphasis may end in a ”mark”."""
    return character >= _FIRST_TO_RUN_ON and _RUNS_ON.match(character) is not None


def pair(delimiters: list[Delimiter]) -> None:
    """Find the pairs among the runs of one stretch of text, and record in each run what it opens and closes."""
    openers: list[Delimiter] = []
    searched: dict[tuple[str, bool, int], int] = {}
    for run in delimiters:
        if run.can_close:
            _close(run, openers, searched)
        if run.can_open and run.left:
            openers.append(run)


def _close(run: Delimiter, openers: list[Delimiter], searched: dict[tuple[str, bool, int], int]) -> None:
    key = (run.character, run.can_open, run.length % 3 if run.character in "*_" else run.length)
    while run.left:
        bottom = searched.get(key, 0)
        found = next((i for i in range(len(openers) - 1, bottom - 1, -1) if _fit(openers[i], run)), None)
        if found is None:
            searched[key] = len(openers)
            return
        opener = openers[found]
        del openers[found + 1 :]
        count = opener.length if run.character in "~=" else 2 if min(opener.left, run.left) >= 2 else 1
        element = "del" if run.character == "~" else _ELEMENTS[run.character, count]
        opener.opens.append(element)
        run.closes.append(element)
        opener.left -= count
        run.left -= count
        if not opener.left:
            openers.pop()
        for other, height in searched.items():
            searched[other] = min(height, len(openers))


def _fit(opener: Delimiter, closer: Delimiter) -> bool:
    if opener.character != closer.character:
        return False
    if opener.character in "~=":
        return opener.length == closer.length
    if opener.can_close or closer.can_open:  # the "rule of three"
        total = opener.length + closer.length
        return total % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
    return True
