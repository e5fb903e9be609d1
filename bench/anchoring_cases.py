"""Seeded edits with the place where a passage then is, or that it is gone.

A text is edited in three parts (before the passage, the passage, behind it), so the truth is the length of the parts.
Where the passage was taken out, any place found for it is wrong.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from bench.anchoring_texts import PIECE, WORDS, Parts, Writer


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of `old`, and where it is in `new`; `truth` is None where it was taken out. Code points."""

    kind: str
    language: str
    old: str
    start: int
    end: int
    new: str
    truth: tuple[int, int] | None


def case(kind: str, seed: int) -> Case | None:
    """The seed's case of that kind; None where its text does not lend itself to it."""
    rng = random.Random(f"{kind} {seed}")
    language = rng.choice(["English"] * 4 + [name for name in WORDS if name != "English"])
    writer = Writer(rng, language)
    paragraphs = writer.text()
    text = "\n".join(paragraphs)
    start, end = _passage(rng, text)
    if kind in TWINS:
        text, start, end = TWINS[kind](rng, writer, text, start, end)
    parts = Parts(text[:start], text[start:end], text[end:])
    writer.repeats = not kind.startswith("gone")
    edited = KINDS[kind](rng, writer, parts)
    if edited is None or not parts.quote.strip():
        return None
    gone = kind.startswith("gone")
    truth = None if gone else (len(edited.before), len(edited.before) + len(edited.quote))
    return Case(kind, language, text, start, end, edited.before + edited.quote + edited.behind, truth)


def cases(kind: str, count: int, seed: int) -> Iterator[Case]:
    found = 0
    while found < count:
        seed += 1
        if made := case(kind, seed):
            found += 1
            yield made


def _passage(rng: random.Random, text: str) -> tuple[int, int]:
    """A word or three, some words, a sentence, some paragraphs or, now and then, a cut through words."""
    words = [match.span() for match in PIECE.finditer(text) if not match[0].isspace()]
    dice = rng.random()
    count = rng.randint(1, 3) if dice < 0.2 else rng.randint(4, 30) if dice < 0.85 else rng.randint(30, 150)
    first = rng.randrange(len(words))
    start, end = words[first][0], words[min(len(words), first + count) - 1][1]
    if dice > 0.95:
        start, end = start + rng.randint(0, 3), end - rng.randint(0, 3)
    while start < end and (unicodedata.combining(text[start]) or text[start] in "\u200d\ufe0f"):
        start += 1
    return (start, end) if text[start:end].strip() else words[first]


def _with_twin(rng: random.Random, writer: Writer, text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text with the passage's line once more in another place, and the passage's place."""
    return _with_line(rng, text, start, end, lambda line: line)


def _with_like_line(rng: random.Random, writer: Writer, text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text with the passage's line once more, a word or some replaced, in another place."""
    return _with_line(rng, text, start, end, lambda line: writer.varied(writer.varied(line)))


def _with_line(rng: random.Random, text: str, start: int, end: int, twin: Callable[[str], str]) -> tuple[str, int, int]:
    above, left, right, below = _lines_around(Parts(text[:start], text[start:end], text[end:]))
    added = twin(left + text[start:end] + right)
    _place_line(rng, above, below, added)
    before = "\n".join([*above, left])
    return "\n".join([before + text[start:end] + right, *below]), len(before), len(before) + end - start


def _place_line(rng: random.Random, above: list[str], below: list[str], line: str) -> None:
    """Somewhere, but not beside the passage's own line: there nobody could tell the two apart."""
    places = [(above, place) for place in range(len(above))] + [(below, place + 1) for place in range(len(below))]
    lines, place = rng.choice(places) if places else (below, 0)
    lines.insert(place, line)


def _with_like_passage(rng: random.Random, writer: Writer, text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text with the passage's words once more, one or two of them replaced, within another line."""
    parts = _like_passage_added(rng, writer, Parts(text[:start], text[start:end], text[end:]))
    return parts.before + parts.quote + parts.behind, len(parts.before), len(parts.before) + end - start


# -- the kinds of edits --


def _inserted_around(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    before, behind = parts.before, parts.behind
    for _ in range(rng.randint(1, 5)):
        way = rng.choice([writer.insert_paragraph, writer.insert_sentence])
        before, behind = way(before), way(behind)
    return Parts(before, parts.quote, behind)


def _removed_around(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    before, behind = parts.before, parts.behind
    for _ in range(rng.randint(1, 5)):
        way = rng.choice([writer.delete_paragraph, writer.delete_sentence])
        before, behind = way(before), way(behind)
    return Parts(before, parts.quote, behind)


def _context_edited(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    return writer.beside(writer.around(parts, rng.randint(0, 10)))


def _lines_around(parts: Parts) -> tuple[list[str], str, str, list[str]]:
    """The lines before the passage's line, what is before and behind the passage in its own, and the lines behind."""
    *above, left = parts.before.split("\n")
    right, *below = parts.behind.split("\n")
    return above, left, right, below


def _moved(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    above, left, right, below = _lines_around(parts)
    others = above + below
    if len(others) < 2:
        return None
    place = rng.choice([index for index in range(len(others) + 1) if index != len(above)])
    before, behind = others[:place], others[place:]
    return Parts("\n".join([*before, left]), parts.quote, "\n".join([right, *behind]))


def _twin_added(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, left, right, below = _lines_around(parts)
    _place_line(rng, above, below, left + parts.quote + right)
    return Parts("\n".join([*above, left]), parts.quote, "\n".join([right, *below]))


def _like_line_added(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, left, right, below = _lines_around(parts)
    _place_line(rng, above, below, writer.varied(left + parts.quote + right))
    return Parts("\n".join([*above, left]), parts.quote, "\n".join([right, *below]))


def _like_passage_added(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    like = writer.varied(parts.quote).strip()
    before, behind = parts.before, parts.behind
    if rng.random() < len(before) / (1 + len(before) + len(behind)):
        before = _within(rng, before[:-80], writer.space + like) + before[-80:]
    else:
        behind = behind[:80] + _within(rng, behind[80:], writer.space + like)
    return Parts(before, parts.quote, behind)


def _within(rng: random.Random, text: str, addition: str) -> str:
    ends = [match.end() for match in PIECE.finditer(text) if not match[0].isspace()]
    place = rng.choice(ends) if ends else 0
    return text[:place] + addition + text[place:]


def _form(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    """White space, normal form, quotes, dashes, unseen characters; everywhere or in the passage alone."""
    spaces = [" ", "  ", "\u00a0", "\n", "\t", " \n ", "\u2009"]

    def respaced(text: str) -> str:
        return re.sub(r"\s+", lambda _: rng.choice(spaces), text)

    def curly(text: str) -> str:
        return re.sub(r'"(?=\w)', "“", text).replace('"', "”").replace("'", "’")

    def dashes(text: str) -> str:
        return text.replace("-", rng.choice("–—\u2011")).replace("…", "...")

    def unseen(text: str) -> str:
        return re.sub(r"(?<=\w\w)(?=\w\w)", lambda _: rng.choice(["", "", "\u00ad", "\u200b"]), text)

    def decomposed(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    ways: list[Callable[[str], str]] = rng.sample([respaced, curly, dashes, unseen, decomposed], rng.randint(1, 3))
    before, quote, behind = parts.before, parts.quote, parts.behind
    alone = rng.random() < 0.3
    for way in ways:
        quote = way(quote)
        if not alone:
            before, behind = way(before), way(behind)
    return Parts(before, quote, behind)


def _edited(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    """Up to a fifth of the passage's characters, at least one."""
    allowance = len(parts.quote) // 5
    if not allowance:
        return None
    quote = parts.quote
    wanted = rng.randint(1, 6)
    for _ in range(wanted * 4):
        changed = writer.edit(quote)
        if (
            changed != parts.quote
            and Levenshtein.distance(parts.quote, changed) <= allowance
            and changed.strip() == changed
        ):
            quote, wanted = changed, wanted - 1
        if not wanted:
            break
    if quote == parts.quote:
        quote = writer.typo(quote)
    if Levenshtein.distance(parts.quote, quote) > allowance or not quote.strip() or quote == parts.quote:
        return None
    return Parts(parts.before, quote, parts.behind)


def _edited_and_around(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    edited = _edited(rng, writer, parts)
    return writer.around(edited, rng.randint(1, 8)) if edited else None


def _quote_cut(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    return writer.around(Parts(parts.before, "", parts.behind), rng.randint(0, 4))


def _line_cut(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, _, _, below = _lines_around(parts)
    return Parts("\n".join(above), "", "\n".join(["", *below]))


def _sentence_cut(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    before = re.sub(r"[^.。\n]*$", "", parts.before)
    behind = re.sub(r"^[^.。\n]*[.。]?", "", parts.behind)
    return writer.around(Parts(before, "", behind), rng.randint(0, 4))


def _replaced(rng: random.Random, writer: Writer, parts: Parts) -> Parts | None:
    """Other words in its place: not one of its own stays where it was."""
    _, words = writer.pieces(parts.quote)
    other = writer.words(len(words))
    if (
        Levenshtein.distance(parts.quote.lower(), other.lower()) <= 0.6 * len(parts.quote)
        or parts.quote.strip() in other
    ):
        return None
    return Parts(parts.before + other, "", parts.behind)


def _line_replaced(rng: random.Random, writer: Writer, parts: Parts) -> Parts:
    above, _, _, below = _lines_around(parts)
    return Parts("\n".join([*above, writer.paragraph()]), "", "\n".join(["", *below]))


KINDS: dict[str, Callable[[random.Random, Writer, Parts], Parts | None]] = {
    "text put in around": _inserted_around,
    "text taken out around": _removed_around,
    "context edited": _context_edited,
    "paragraph moved": _moved,
    "like passage put in": _like_passage_added,
    "like paragraph put in": _like_line_added,
    "twin paragraph put in": _twin_added,
    "form only": _form,
    "edited up to a fifth": _edited,
    "edited, and around it": _edited_and_around,
    "edited, like passage there": _edited,
    "edited, like paragraph there": _edited,
    "gone: quote": _quote_cut,
    "gone: sentence": _sentence_cut,
    "gone: paragraph": _line_cut,
    "gone: replaced": _replaced,
    "gone: paragraph replaced": _line_replaced,
    "gone: quote, like passage there": _quote_cut,
    "gone: sentence, like passage there": _sentence_cut,
    "gone: paragraph, like one there": _line_cut,
    "gone: paragraph, twin there": _line_cut,
}
TWINS = {
    kind: _with_twin if "twin there" in kind else _with_like_passage if "like passage" in kind else _with_like_line
    for kind in KINDS
    if kind.endswith(" there")
}
UNTOLD = {"like paragraph put in", "twin paragraph put in", "edited, like paragraph there"}
UNTOLD |= {"gone: paragraph, like one there", "gone: paragraph, twin there"}
"""Kinds where quote and context are the same in two places, so that only the old text tells which is meant."""
