"""Seeded rows of text made by a template, edited as such lists are, with the place where a passage then is.

A row is a list of parts (words, signs, spaces), some of which are values. Rows share most of their words and many of
their values, so that a passage has many likes and few places. A passage goes from one part to another, of the same row
or the next one; where its row was taken out, or its two rows were parted, any place found for it is wrong.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

NAMES = [
    "Adler",
    "Bruns",
    "Chen",
    "Costa",
    "Dahl",
    "Diaz",
    "Egan",
    "Fofana",
    "Gupta",
    "Hoang",
    "Ito",
    "Jansen",
    "Kaya",
    "Lange",
    "Mbeki",
    "Novak",
    "Okoye",
    "Park",
]
TOWNS = [
    "Aberdeen",
    "Bergen",
    "Cork",
    "Dresden",
    "Essen",
    "Faro",
    "Ghent",
    "Hull",
    "Izmir",
    "Jena",
    "Kiel",
    "Leeds",
    "Malmo",
    "Nantes",
    "Oslo",
    "Porto",
    "Riga",
]
PARTIES = ["Lab", "Con", "Green", "Ind"]
KINDS = ["Floor", "Desk", "Small", "Large", "Wall", "Garden", "Reading", "Travel"]
THINGS = ["lamp", "chair", "rug", "mirror", "clock"]
STATES = ["in stock", "sold out", "in stock from May", "two left"]
VERBS = ["move", "delete", "rename", "share", "export", "restore"]
OBJECTS = ["a note", "a tag", "a collection", "an article", "a saved search"]
PLACES = ["account", "settings", "library", "notebook"]
NOUNS = ["timeout", "encoding", "limit", "offset", "retries", "headers", "proxy", "charset"]
OWNERS = ["request", "session", "response", "client"]
TYPES = ["int", "str", "float", "bool"]
ERRORS = ["ValueError", "TypeError", "KeyError"]
PROSE = (
    "The list below is renewed every week. Corrections are welcome at the usual address.\n",
    "What follows was put together by the editors, and is kept as it was at the time.\n",
    "Nothing on this page is an offer. Errors and omissions excepted.\n",
    "For older entries see the archive, which goes back to the beginning of the series.\n",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a row; `choices` has what else a value may be, `names` is true where it says which row it is."""

    text: str
    choices: tuple[str, ...] = ()
    names: bool = False


Row = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of `old` and where it is in `new`, in code points; `truth` is None where it is gone.

    `rows` are where in `new` the rows are that the passage was of.
    """

    old: str
    start: int
    end: int
    new: str
    truth: tuple[int, int] | None
    rows: tuple[tuple[int, int], ...]


def price(rng: random.Random) -> Row:
    """Floor lamp: was 78.99, now 17.99, in stock"""
    was, now = rng.randint(20, 99), rng.randint(5, 50)
    return _row(
        _value(rng, KINDS, names=True),
        " ",
        _value(rng, THINGS, names=True),
        ": was ",
        _value(rng, [f"{was}.99", f"{was}.49", f"{rng.randint(20, 99)}.99"]),
        ", now ",
        _value(rng, [f"{now}.99", f"{now}.49", f"{rng.randint(5, 50)}.99"]),
        ", ",
        _value(rng, STATES),
        "\n",
    )


def result(rng: random.Random) -> Row:
    """A line of a table of results, a cell on each line as the reading page has them."""
    home, away = rng.sample(TOWNS, 2)
    return _row(
        _value(rng, [home], names=True),
        " - ",
        _value(rng, [away], names=True),
        "\n",
        _value(rng, [f"{rng.randint(0, 4)}:{rng.randint(0, 4)}" for _ in range(3)]),
        " (half-time ",
        _value(rng, [f"{rng.randint(0, 1)}:{rng.randint(0, 1)}" for _ in range(3)]),
        ")\n",
        _value(rng, [f"{rng.randint(4, 60)},{rng.randint(0, 9)}00" for _ in range(3)]),
        " spectators\n",
    )


def question(rng: random.Random) -> Row:
    """A question with its answer, the opposite of which may stand beside it."""
    verb, thing = rng.choice(VERBS), rng.choice(OBJECTS)
    return _row(
        "Q: Can I ",
        _value(rng, [verb], names=True),
        " ",
        _value(rng, [thing], names=True),
        " from the ",
        _value(rng, PLACES, names=True),
        " page?\nA: ",
        _value(rng, ["Yes, you can", "No, you cannot", "Only owners can"]),
        f" {verb} {thing} there, since version ",
        _value(rng, [f"{rng.randint(1, 4)}.{rng.randint(0, 9)}" for _ in range(3)]),
        ".\n",
    )


def reference(rng: random.Random) -> Row:
    """An entry of a reference: signature, description and version on a line each."""
    noun, owner, verb = rng.choice(NOUNS), rng.choice(OWNERS), rng.choice(["get", "set"])
    return _row(
        _value(rng, [f"{owner}.{verb}_{noun}"], names=True),
        "(value: ",
        _value(rng, TYPES),
        ", strict: bool = ",
        _value(rng, ["True", "False"]),
        ") -> None\n",
        f"{'Returns' if verb == 'get' else 'Sets'} the {noun} of the {owner}. Raises ",
        _value(rng, ERRORS),
        " if the value is ",
        _value(rng, ["missing", "negative", "too long", "not known"]),
        ".\nNew in version ",
        _value(rng, [f"{rng.randint(1, 4)}.{rng.randint(0, 9)}" for _ in range(3)]),
        ".\n",
    )


def minute(rng: random.Random) -> Row:
    """A line of minutes or of a live blog."""
    mover, seconder = rng.sample(NAMES, 2)
    return _row(
        _value(rng, [f"{rng.randint(9, 17):02}:{rng.randint(0, 59):02}"], names=True),
        " ",
        _value(rng, [mover], names=True),
        " (",
        _value(rng, PARTIES),
        ") moved to ",
        _value(rng, ["approve", "reject", "defer"]),
        " item ",
        _value(rng, [str(rng.randint(1, 20)) for _ in range(3)]),
        ", seconded by ",
        _value(rng, [seconder]),
        ". ",
        _value(rng, ["Carried", "Not carried", "Lost"]),
        " ",
        _value(rng, [f"{rng.randint(4, 9)} to {rng.randint(0, 4)}" for _ in range(3)]),
        ".\n",
    )


TEMPLATES: dict[str, Callable[[random.Random], Row]] = {
    "prices": price,
    "results": result,
    "questions": question,
    "reference": reference,
    "minutes": minute,
}
EDITS = ("reversed", "shuffled", "sorted", "deleted", "inserted", "edited", "replaced", "edited and shuffled")
SELECTIONS = ("within a row", "whole row", "over two rows")


def cases(template: str, edit: str, selection: str, count: int, seed: int) -> Iterator[Case]:
    """So many cases, always the same for a seed."""
    for number in range(count):
        yield _case(random.Random(f"{template} {edit} {selection} {seed} {number}"), template, edit, selection)


def _case(rng: random.Random, template: str, edit: str, selection: str) -> Case:
    count = rng.randint(4, 18)
    rows = _rows(rng, template, 2 * count)
    rows, spare = rows[:count], rows[count:]
    own = rng.randrange(len(rows) - 1)
    first, last, over = _selected(rng, rows, own, selection)
    head, tail = rng.choice(PROSE), rng.choice(PROSE)
    old, places = _text(head, rows, tail)
    numbered = _edited_rows(rng, edit, list(enumerate(rows)), spare, own)
    new, new_places = _text(head, [row for _, row in numbered], tail)
    order = [number for number, _ in numbered]
    return Case(
        old,
        places[own][first][0],
        places[own + over][last][1],
        new,
        _truth(order, new_places, own, first, last, over),
        tuple(
            (spans[0][0], spans[-1][1])
            for number, spans in zip(order, new_places, strict=True)
            if number in (own, own + over)
        ),
    )


def _rows(rng: random.Random, template: str, count: int) -> list[Row]:
    """So many rows, no two of which are of the same thing."""
    rows: dict[tuple[str, ...], Row] = {}
    while len(rows) < count:
        row = TEMPLATES[template](rng)
        rows.setdefault(tuple(part.text for part in row if part.names), row)
    return list(rows.values())


def _selected(rng: random.Random, rows: list[Row], own: int, selection: str) -> tuple[int, int, int]:
    """The first and the last part of the passage, and whether (1) the last is of the next row."""
    words, others = _word_places(rows[own]), _word_places(rows[own + 1])
    if selection == "whole row":
        return words[0], words[-1], 0
    if selection == "over two rows":
        return rng.choice(words[len(words) // 2 :]), rng.choice(others[: 1 + len(others) // 2]), 1
    first, last = sorted((rng.choice(words[:-1]), rng.choice(words[1:])))
    return first, last, 0


def _word_places(row: Row) -> list[int]:
    return [place for place, part in enumerate(row) if any(map(str.isalnum, part.text))]


def _edited_rows(
    rng: random.Random, edit: str, rows: list[tuple[int, Row]], spare: list[Row], own: int
) -> list[tuple[int, Row]]:
    """The rows as they are after the edit, each with its number; -1 for new ones."""
    if edit == "reversed":
        return rows[::-1]
    if edit.startswith("edited"):
        rows = [
            (number, _edited(rng, row)) if rng.random() < (0.8 if number == own else 0.4) else (number, row)
            for number, row in rows
        ]
    if edit.endswith("shuffled"):
        rng.shuffle(rows)
    elif edit == "sorted":
        by = rng.choice([place for place, part in enumerate(rows[0][1]) if part.choices])
        rows.sort(key=lambda pair: pair[1][by].text)
    elif edit in ("deleted", "replaced"):
        gone = {number for number in range(len(rows)) if rng.random() < 0.3}
        if rng.random() < 0.5:
            gone.add(own)
        if len(gone) == len(rows):
            gone = {own}
        others = iter(spare)
        if edit == "deleted":
            return [pair for pair in rows if pair[0] not in gone]
        return [(-1, next(others)) if number in gone else (number, row) for number, row in rows]
    elif edit == "inserted":
        for row in spare[: 1 + len(rows) // 4]:
            rows.insert(rng.randint(0, len(rows)), (-1, row))
    return rows


def _edited(rng: random.Random, row: Row) -> Row:
    """One value or two are others; what names the row has a letter more, at most."""
    parts = list(row)
    values = [
        place for place, part in enumerate(parts) if part.choices and (len(part.choices) > 1 or part.text.isalpha())
    ]
    for place in rng.sample(values, rng.randint(1, 2)):
        part = parts[place]
        if part.names or len(part.choices) == 1:
            at = rng.randint(1, len(part.text))
            parts[place] = replace(part, text=part.text[:at] + part.text[at - 1] + part.text[at:])
        else:
            parts[place] = replace(part, text=rng.choice(part.choices))
    return tuple(parts)


def _text(head: str, rows: list[Row], tail: str) -> tuple[str, list[list[tuple[int, int]]]]:
    """The whole text, and for each row where each of its parts begins and ends."""
    text, places = head, []
    for row in rows:
        spans = []
        for part in row:
            spans.append((len(text), len(text) + len(part.text)))
            text += part.text
        places.append(spans)
    return text + tail, places


def _truth(
    order: list[int], places: list[list[tuple[int, int]]], own: int, first: int, last: int, over: int
) -> tuple[int, int] | None:
    if own not in order or own + over not in order:
        return None
    start, end = order.index(own), order.index(own + over)
    if start > end or any(number >= 0 for number in order[start + 1 : end]):
        return None
    return places[start][first][0], places[end][last][1]


def _row(*parts: Part | str) -> Row:
    """The parts, what is no value cut into words."""
    row: list[Part] = []
    for part in parts:
        if isinstance(part, Part):
            row.append(part)
        else:
            row += [Part(piece) for piece in re.findall(r"\s+|\w+|[^\w\s]", part)]
    return tuple(row)


def _value(rng: random.Random, choices: list[str], *, names: bool = False) -> Part:
    return Part(rng.choice(choices), tuple(choices), names)
