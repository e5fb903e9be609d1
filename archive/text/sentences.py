"""Where the sentences of a text begin and end."""

from sentencex import segment

LONGEST = 10_000  # code points of a text: one of opening quotation marks alone takes a time that grows as its square


def sentences(text: str, language: str = "") -> list[tuple[int, int]]:
    """The ranges (code points) of its sentences, without white space around them. `language` is a code such as `en`;
    in an unknown one, sentences are cut as in English. Signs without a letter belong to the sentence before them. A
    text that is very long is one sentence.
    """
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
