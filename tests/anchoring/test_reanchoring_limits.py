"""The limits by which a place in another state of a text is taken or refused, each with a case on either side."""

import pytest

from archive.anchoring import Selector, describe, reanchor, reanchoring

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


NOON = "14:54 Bed reports that the kitchen is shut today"
HALL = "18:49 Bed reports that the hall is open today"
NIGHT = "17:10 Night reports that the kitchen is open today"
SMALL = "11:22 Hall reports that the small is open today"
SHIP = "17:10 Ship reports that the kitchen is open today"
PUT_IN = "18:21 Hall reports that the attic is shut today"


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([NOON, HALL, SHIP, SMALL], "changed"),
        ([NOON, HALL, PUT_IN, SHIP, SMALL], "orphan"),
        ([NOON, HALL, SHIP, PUT_IN, SMALL], "orphan"),
    ],
    ids=["both stayed", "another above", "another below"],
)
def test_a_row_that_begins_in_other_words_is_its_own_between_the_same_rows(rows, status):
    assert found("\n".join([NOON, HALL, NIGHT, SMALL]), "\n".join(rows), NIGHT)[0] == status


def in_stock(third: tuple[str, str]) -> str:
    said = "in stock again at every one of our shops, and it can be ordered there by telephone as well"
    first = ("Bed number 12", "June 20"), ("Tall number 9", "May 19")
    last = ("Wall number 92", "May 13"), ("Bath number 12", "June 16"), ("Work number 22", "July 2")
    return "\n".join(f"{name}: {said}, from {day} on" for name, day in (*first, third, *last))


GARDEN = ("Garden number 1", "June 19")


@pytest.mark.parametrize(("third", "status"), [(GARDEN, "anchored"), (("Night number 10", "May 11"), "orphan")])
def test_words_of_the_template_alone_do_not_say_that_a_row_stayed(third, status):
    old, new = in_stock(GARDEN), in_stock(third)
    start = old.index("d it", old.index("Garden"))
    (anchor,) = reanchor(old, new, [describe(old, start, start + 4)])
    assert (anchor.status, anchor.start) == (status, start if status == "anchored" else None)


def test_a_short_quote_may_be_edited_although_its_letters_stand_elsewhere():
    rows = ["19. Tall lamp, in stock since June 7", "9. Pond lamp, in stock since July 15",
            "18. Tent lamp, in stock since July 2", "5. Stage lamp, in stock since July 18",
            "7. Small lamp, in stock since June 19"]  # fmt: skip
    old, new = "\n".join(rows), "\n".join(rows).replace("since July 18", "Bath July 18")
    start = old.index("e July 18")
    (anchor,) = reanchor(old, new, [describe(old, start, start + 4)])
    assert (anchor.status, anchor.start) == ("changed", new.index(" July 18", new.index("Bath")))


def test_a_row_that_moved_is_not_another_one_s_for_the_template_s_words():
    old = [f"{name} lamp: was {price}.99, now 24.99, in stock" for name, price in
           (("Garden", 87), ("Piano", 90), ("Work", 55), ("Street", 25), ("Reading", 13))]  # fmt: skip
    new = [old[3], "Hall lamp: was 13.99, now 45.99, in stock", old[0], old[2], old[1]]
    assert found("\n".join(old), "\n".join(new), old[1]) == ("moved", old[1])


@pytest.mark.parametrize(("edits", "status"), [(11, "changed"), (20, "orphan")])
def test_what_was_edited_at_every_import_is_where_it_was(edits, status):
    quote = " ".join(LEFT[:6])
    text, start = f"{ABOVE} {quote} {BELOW}", len(ABOVE) + 1
    as_marked = Selector(edited(quote, *range(0, 2 * edits, 2)), "", "", start, start + len(quote))
    (anchor,) = reanchor(text, text, [as_marked])
    assert anchor.status == status
