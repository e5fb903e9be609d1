"""The limits by which a place in another state of a text is taken or refused, each with a case on either side."""

import pytest

from archive.anchoring import describe, reanchor, reanchoring

LETTERS = "bcdfghjklmnprstvwz"
WORDS = [f"{one}a{two}ine" for one in LETTERS for two in LETTERS]  # of six letters, each but once
ABOVE, BELOW = " ".join(WORDS[:60]), " ".join(WORDS[60:120])
LEFT, RIGHT = WORDS[120:140], WORDS[140:160]


def found(old: str, new: str, quote: str) -> tuple[str, str | None]:
    start = old.index(quote)
    (anchor,) = reanchor(old, new, [describe(old, start, start + len(quote))])
    return anchor.status, None if anchor.start is None else new[anchor.start : anchor.end]


def other(words: list[str]) -> list[str]:
    return ["quoxubo"[: len(word)] for word in words]


def edited(text: str, *places: int) -> str:
    return "".join("y" if number in places else letter for number, letter in enumerate(text))


@pytest.mark.parametrize(("gone", "status"), [(5, "anchored"), (6, "orphan")])
def test_a_short_quote_in_its_place_needs_two_fifths_of_what_was_around(gone, status):
    old = " ".join([*LEFT, "quote", *RIGHT])
    new = " ".join([*LEFT[:-gone], *other(LEFT[-gone:]), "quote", *other(RIGHT[:gone]), *RIGHT[gone:]])
    assert found(old, new, "quote")[0] == status


@pytest.mark.parametrize(("edits", "status"), [((1, 7, 13, 19, 25), "moved"), ((1, 6, 12, 18, 24, 30), "orphan")])
def test_elsewhere_it_needs_three_quarters(edits, status):
    left, right = " ".join(LEFT)[-31:], " ".join(RIGHT)[:31]
    line, moved = f"{left} quote {right}\n", f"{edited(left[::-1], *edits)[::-1]} quote {edited(right, *edits)}\n"
    assert found(f"{line}{ABOVE}\n{BELOW}\n", f"{ABOVE}\n{BELOW}\n{moved}", "quote")[0] == status


@pytest.mark.parametrize(("edits", "status"), [((8,), "anchored"), ((8, 15), "orphan")])
def test_one_of_two_beside_each_other_needs_nine_tenths(edits, status):
    left, right = " ".join(LEFT), " ".join(RIGHT)
    new = f"{edited(left[::-1], 0)[::-1]} 東{edited(right, *edits)}"
    assert found(f"{left} 東東{right}", new, "東")[0] == status


@pytest.mark.parametrize(("letters", "status"), [(126, "ambiguous"), (133, "anchored")])
def test_of_two_alike_128_letters_that_stayed_beside_it_settle_which(letters, status):
    before, behind = " ".join(WORDS[160:210]), " ".join(WORDS[210:260])
    now = f"{before[:-6]}second quote {behind[:letters]} third{behind[letters:]}"
    assert found(f"{before} quote {behind}\n{ABOVE}\n", f"{now}\n{ABOVE}\n{now}\n", "quote")[0] == status


@pytest.mark.parametrize(("edits", "searched"), [(9, False), (10, True)])
def test_nothing_better_is_sought_where_a_place_scores_nine_tenths(monkeypatch, edits, searched):
    sought = []
    monkeypatch.setattr(reanchoring, "find_similar", lambda *_: sought.append(1) or [])
    quote = " ".join(LEFT[:4])
    now = edited(quote, *range(2, 2 + 2 * edits, 2))
    found(f"{ABOVE} {quote} {BELOW}", f"{ABOVE} {now} {BELOW}", quote)
    assert bool(sought) == searched


@pytest.mark.parametrize(("letters", "kept"), [(1800, True), (2050, False)])
def test_rows_alike_within_2000_letters_make_a_template(letters, kept):
    row, others = "Lamp was 21.99, now 14.99", ["Rug was 34.99, now 27.99", "Chair was 55.99, now 48.99"]
    text = "\n".join([f"Above {'y' * 40}", row, f"Below {'y' * 40}", "x" * letters, *others])
    start = text.index("now")
    assert (describe(text, start, start + 3).prefix == f"Above {'y' * 40}\nLamp was 21.99, ") == kept
