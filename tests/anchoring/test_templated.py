"""Texts that follow a template, where every row is like its neighbours: passages stay in their row, or are lost.

`python -m bench.templated` runs more.
"""

from collections import Counter

import pytest

from archive.anchoring import Selector, describe, locate, reanchor
from bench.templated import BARS, tally
from bench.templated_rows import EDITS, TEMPLATES

LAMPS = [
    "Floor lamp: was 78.99, now 17.99, in stock",
    "Desk lamp: was 51.99, now 12.99, in stock",
    "Small lamp: was 38.99, now 13.99, in stock",
]
FRAMES = ["frame #1 main", "frame #2 run", "frame #3 stop", "frame #4 exit"]
SIGN_IN = [
    "Die Anmeldung mit SSH-Schlüsseln ist in der Voreinstellung deaktiviert.",
    "Die Anmeldung mit einem Passwort ist in der Voreinstellung aktiviert.",
    "Beides kann in den Einstellungen geändert werden.",
]


def of(rows: list[str], quote: str) -> tuple[str, Selector]:
    text = "\n".join(rows)
    start = text.index(quote)
    return text, describe(text, start, start + len(quote))


def found(name: str, old: str, new: str, selector: Selector) -> str | None:
    anchor = reanchor(old, new, [selector])[0] if name == "reanchor" else locate(new, selector)
    return None if anchor.start is None else new[anchor.start : anchor.end]


@pytest.mark.parametrize("name", BARS)
@pytest.mark.parametrize("row", LAMPS)
def test_rows_in_reverse_keep_their_notes(name, row):
    old, selector = of(LAMPS, row)
    assert found(name, old, "\n".join(LAMPS[::-1]), selector) == row


@pytest.mark.parametrize("name", BARS)
@pytest.mark.parametrize(
    ("rows", "quote"),
    [
        pytest.param(LAMPS, LAMPS[0], id="a price"),
        pytest.param(FRAMES, "frame #2", id="a number"),
        pytest.param(FRAMES, FRAMES[1], id="a number and a name"),
        pytest.param(SIGN_IN, SIGN_IN[0], id="the opposite"),
        pytest.param(SIGN_IN, SIGN_IN[1], id="the opposite of that"),
    ],
)
def test_a_row_that_is_gone_is_not_its_neighbour(name, rows, quote):
    old, selector = of(rows, quote)
    new = "\n".join(row for row in rows if quote not in row)
    assert found(name, old, new, selector) is None


def test_a_price_that_changed_is_the_same_row():
    rows = [*LAMPS, "Wall lamp: was 44.49, now 20.99, sold out", "Desk chair: was 91.49, now 60.99, sold out"]
    old, selector = of(rows, LAMPS[0])
    new = old.replace("now 17.99", "now 15.99")
    assert found("reanchor", old, new, selector) == LAMPS[0].replace("now 17.99", "now 15.99")


@pytest.mark.parametrize("name", BARS)
def test_hardly_ever_wrong(name):
    outcomes = sum((tally(name, template, edit, 2, 7) for template in TEMPLATES for edit in EDITS), Counter())
    total = outcomes.total() - outcomes["once"]
    assert outcomes["once"] == 0
    assert outcomes["wrong"] <= 2
    assert outcomes["right"] >= 0.85 * total
