"""Titles as required by a style: title case, and nested quotation marks."""

import re

# Words that the Citation Style Language leaves in lower case.
_SMALL = frozenset(
    """a an and as at but by down for from in into nor of on onto or over so the till to up via with
    yet""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\s:—–?!(-]+|[:—–?!(-]|\s+")
_LETTERS = re.compile(r"(?<![^“‘\"'\[])[^\W\d_](?:.*[^\W\d_])?", re.DOTALL)
_QUOTES = {0: "“”", 1: "‘’"}


def headline(title: str) -> str:
    """An English title in title case; words with capitals inside stay as they are."""
    if title.isupper():
        return title
    pieces = _WORD.findall(title)
    words = [place for place, piece in enumerate(pieces) if _LETTERS.search(piece)]
    ends = {words[0], words[-1]} if words else set()
    written: list[str] = []
    is_start = False
    for place, piece in enumerate(pieces):
        letters = _LETTERS.search(piece)
        if letters is None:
            written.append(piece)
            is_start = is_start or piece in ":?!"
            continue
        written.append(_capitalised(piece, letters, must=is_start or place in ends))
        is_start = False
    return "".join(written)


def _capitalised(word: str, letters: re.Match[str], *, must: bool) -> str:
    inner = letters[0]
    if any(letter.isupper() for letter in inner[1:]):
        return word
    if inner.lower() in _SMALL and not must:
        return word.replace(inner, inner.lower())
    return word[: letters.start()] + inner[0].upper() + word[letters.start() + 1 :]


def with_quotes(title: str, *, inside: bool = False) -> str:
    """Typographic quotation marks, alternating between double and single; the first level is single if the title itself
    goes `inside` quotation marks."""
    title = _curled(title)
    written: list[str] = []
    open_marks: list[str] = []
    for place, sign in enumerate(title):
        depth = len(open_marks) + inside
        if sign in "“‘" and _closes(sign, title, place):
            open_marks.append(sign)
            written.append(_QUOTES[depth % 2][0])
        elif sign in "”’" and open_marks and {"“": "”", "‘": "’"}[open_marks[-1]] == sign and not _within(title, place):
            open_marks.pop()
            written.append(_QUOTES[(depth - 1) % 2][1])
        else:
            written.append(sign)
    return "".join(written)


def _curled(title: str) -> str:
    """The title with straight quotation marks turned into opening or closing ones."""
    for straight, (opening, closing) in (('"', "“”"), ("'", "‘’")):
        pieces = title.split(straight)
        title = pieces[0]
        for piece in pieces[1:]:
            opens = (not title or title[-1] in " ([—–‘“/-") and piece[:1].strip()
            title += (opening if opens else closing) + piece
    return title


def _closes(sign: str, title: str, place: int) -> bool:
    """Whether an opening mark has a closing one."""
    closing = {"“": "”", "‘": "’"}[sign]
    return any(other == closing and not _within(title, at) for at, other in enumerate(title[place:], place))


def _within(title: str, place: int) -> bool:
    """Whether a mark is between two letters, like an apostrophe."""
    before, after = title[max(0, place - 1) : place], title[place + 1 : place + 2]
    return title[place] == "’" and before.isalnum() and after.isalnum()
