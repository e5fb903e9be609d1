"""The unfinished word at the caret, for completion."""

from dataclasses import dataclass

from archive.query import fields, lexical


@dataclass(frozen=True)
class Unfinished:
    """The word before the caret: its `field`, if any, and the beginning of its value.

    `kept` is everything before it, including its minus; `rest` is what follows the word that the caret is in.
    """

    kept: str
    field: str
    begin: str
    rest: str

    def completed(self, text: str) -> str:
        """The text before the caret once the word is replaced with `text`."""
        return self.kept + text


def unfinished(before: str, after: str = "") -> Unfinished | None:
    """The word at the caret between these two parts of a search; None within a phrase, or if there is no word."""
    start, opened = _start(before)
    if opened is not None:
        name, colon, _ = _parted(before[start:opened])
        if not colon:
            return None
        begin = before[opened + 1 :]
        closing = lexical.QUOTATION_BY_MARK[before[opened]].closing.search(after)
        rest = after[closing.end() :] if closing else after
    else:
        name, colon, begin = _parted(before[start:])
        run = lexical.RUN.match(after)
        rest = after[run.end() :] if run else after
    if name[:1] in lexical.MINUS and name[1:]:
        start, name = start + 1, name[1:]
    elif not colon and begin[:1] in lexical.MINUS and begin[1:]:
        start, begin = start + 1, begin[1:]
    if not colon and not begin.strip(lexical.MINUS):
        return None
    return Unfinished(before[:start], fields.canonical_name(name), begin, rest.lstrip())


def _parted(run: str) -> tuple[str, str, str]:
    """A run split into field name, colon and value; without a field, all of it is the value."""
    for colon in lexical.COLON:
        name, found, value = run.partition(colon)
        if found and fields.canonical_name(name.lstrip(lexical.MINUS)) in fields.NAMES:
            return name, found, value
    return "", "", run


def _start(before: str) -> tuple[int, int | None]:
    """Where the last term begins, and where its unclosed quotation begins, if any."""
    start = position = 0
    while position < len(before):
        if before[position] in lexical.QUOTATION_BY_MARK:
            closing = lexical.QUOTATION_BY_MARK[before[position]].closing.search(before, position + 1)
            if closing is None:
                return start, position
            start = position = closing.end()
        elif run := lexical.RUN.match(before, position):
            position = run.end()
        else:
            start = position = position + 1
    return start, None
