"""Finds the sentences of a text."""

from sentencex import segment

LONGEST = 10_000  # code points; for a text of nothing but opening quotation marks, time is quadratic


def sentences(text: str, language: str = "") -> list[tuple[int, int]]:
    """The ranges (code points) of the sentences, without surrounding white space. `language` is a code such as `en`;
    for unknown languages, the rules of English apply. Signs without letters belong to the sentence before them. A very
    long text is one sentence."""
    pieces = segment(language.partition("-")[0] or "en", text) if len(text) <= LONGEST else [text]
    ranges: list[tuple[int, int]] = []
    end = 0
    for piece in pieces:
        start, end = end, end + len(piece)
        words = piece.strip()
        begin = start + len(piece) - len(piece.lstrip())
        if ranges and words and not any(map(str.isalnum, words)):
            ranges[-1] = (ranges[-1][0], begin + len(words))
        elif words:
            ranges.append((begin, begin + len(words)))
    return ranges
