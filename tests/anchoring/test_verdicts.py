"""The limits by which a place is taken or refused, each with a case on either side. The figures are written out here,
so that a limit cannot be moved without a test that says so."""

from dataclasses import replace

import pytest

from archive.anchoring.normalise import View
from archive.anchoring.passages import Passage, Place, weigh
from archive.anchoring.telling import Fit, Vocabulary
from archive.anchoring.verdicts import choose, choose_row

QUOTE = "the quote itself, long enough"
SHORT_QUOTE = "a short quote"
TEXT = View("x" * 400)


def passage(quote=QUOTE, *, weight=100, far=0):
    """A passage that is compared with so many characters; `far` more before it only tell places alike apart."""
    around = weight - len(quote)
    left = "b" * (around + far)
    view = View(left + quote)
    return Passage.within(view, len(left), len(left) + len(quote), farthest=len(left), reach=around)


def place(start=0, *, verbatim=False, words=1.0, context=1.0, needed=0.5, score=0.9):
    return Place(start, start + 30, verbatim, words, context, needed, score)


def chosen(passage, *places, view=TEXT):
    verdict = choose(passage, view, places, lambda place: False)
    return "tied" if verdict.tied else None if verdict.place is None else places.index(verdict.place)


@pytest.mark.parametrize(
    ("quote", "figures", "taken"),
    [
        pytest.param(QUOTE, {"words": 0.61}, True, id="words stayed"),
        pytest.param(QUOTE, {"words": 0.59}, False, id="too few words stayed"),
        pytest.param(SHORT_QUOTE, {"words": 0.71}, True, id="of a short quote"),
        pytest.param(SHORT_QUOTE, {"words": 0.69}, False, id="too few of a short quote"),
        pytest.param(QUOTE, {"score": 0.71}, True, id="score"),
        pytest.param(QUOTE, {"score": 0.69}, False, id="too low a score"),
        pytest.param(QUOTE, {"context": None, "words": 0.86}, True, id="no context known"),
        pytest.param(QUOTE, {"context": None, "words": 0.84}, False, id="too few words, no context known"),
        pytest.param(SHORT_QUOTE, {"context": None, "words": 0.99}, False, id="short, no context known"),
        pytest.param(QUOTE, {"context": 0.51}, True, id="context"),
        pytest.param(QUOTE, {"context": 0.49}, False, id="too little context"),
        pytest.param(QUOTE, {"context": 0.49, "verbatim": True}, False, id="too little context for the words as well"),
        pytest.param("a" * 15, {"words": 0.65}, True, id="15 characters are not short"),
        pytest.param("a" * 14, {"words": 0.65}, False, id="14 are"),
    ],
)
def test_good_enough(quote, figures, taken):
    assert chosen(passage(quote), place(**figures)) == (0 if taken else None)


@pytest.mark.parametrize(
    ("weight", "verbatim", "behind", "expected"),
    [
        pytest.param(100, True, 0.065, 0, id="more than 6 characters ahead"),
        pytest.param(100, True, 0.055, "tied", id="less than 6"),
        pytest.param(50, False, 0.13, 0, id="edited, more than 6 characters ahead"),
        pytest.param(50, False, 0.11, "tied", id="edited, less than 6"),
        pytest.param(200, False, 0.065, 0, id="edited, more than 6 % ahead"),
        pytest.param(200, False, 0.055, "tied", id="edited, less than 6 %"),
        pytest.param(200, True, 0.055, 0, id="6 % are not asked of the words themselves"),
    ],
)
def test_ahead_of_the_next_best(weight, verbatim, behind, expected):
    first, second = place(verbatim=verbatim), place(200, verbatim=verbatim, score=0.9 - behind)
    assert chosen(passage(weight=weight), first, second) == expected


@pytest.mark.parametrize(("edited", "expected"), [(16, "tied"), (24, 0)])
def test_farther_context_decides_if_15_per_cent_of_it_are_ahead(edited, expected):
    sought = passage(weight=60, far=100)
    far = len(sought.before)
    text = View("b" * far + QUOTE + "z" * edited + "b" * (far - edited) + QUOTE)
    first, second = (
        Place(start, start + len(QUOTE), True, 1.0, 1.0, 0.0, 1.0) for start in (far, 2 * far + len(QUOTE))
    )
    assert chosen(sought, second, first, view=text) == ("tied" if expected == "tied" else 1)


def test_an_edited_place_is_not_taken_while_the_words_stand_elsewhere():
    edited, itself = place(score=0.95), place(200, verbatim=True, score=0.6)
    assert chosen(passage(), edited, itself) == "tied"
    assert chosen(passage(SHORT_QUOTE), edited, itself) == 0


def test_no_more_places_than_these_are_compared():
    fits = {200 * number: fit() for number in range(50)}
    places = [place(start, verbatim=True) for start in fits]
    assert len(choose(passage(), TEXT, places, lambda place: False).ranking) == 40
    assert len(choose_row(passage(), TEXT, places, lambda place: False, Fits(fits)).ranking) == 20


class Fits(Vocabulary):
    """A vocabulary that says of each place what a test wants it to say."""

    def __init__(self, fits):
        super().__init__()
        self.fits = fits

    def fit(self, passage, view, start, end):
        return self.fits[start]


def row(*fits, verbatim=True, in_place=False, framed=False, rows=1, **figures):
    places = [place(200 * number, verbatim=verbatim, **figures) for number in range(len(fits))]
    carried = (places[0].start, places[0].end) if in_place else None
    vocabulary = Fits({place.start: fit for place, fit in zip(places, fits, strict=True)})
    sought = replace(passage(), rows=((0, 100),) * rows)
    verdict = choose_row(sought, TEXT, places, lambda place: False, vocabulary, carried, framed=framed)
    return "tied" if verdict.tied else None if verdict.place is None else places.index(verdict.place)


def fit(run=7.0, *, whole=False, head=True, share=0.9):
    return Fit(run, whole, head, share)


@pytest.mark.parametrize(
    ("one", "where", "taken"),
    [
        pytest.param(fit(1.6, whole=True), {}, True, id="the same row"),
        pytest.param(fit(1.4, whole=True, share=0.4), {}, False, id="the same, but so is another"),
        pytest.param(fit(3.1), {}, True, id="edited beside the quote"),
        pytest.param(fit(2.9), {}, False, id="of which too little tells"),
        pytest.param(fit(0.1), {"in_place": True}, True, id="where the text around it went"),
        pytest.param(fit(head=False), {}, False, id="begins with other words"),
        pytest.param(fit(share=0.81), {}, True, id="telling words stayed"),
        pytest.param(fit(share=0.79), {}, False, id="too few telling words stayed"),
        pytest.param(fit(8.1, share=0.46), {}, True, id="fewer are enough of much that tells"),
        pytest.param(fit(8.1, share=0.44), {}, False, id="too few of much that tells"),
        pytest.param(fit(7.9, share=0.46), {}, False, id="not that much"),
        pytest.param(fit(share=0.46), {"in_place": True}, True, id="fewer are enough in place"),
        pytest.param(fit(share=0.44), {"in_place": True}, False, id="too few in place"),
        pytest.param(fit(head=False, share=0.66), {"in_place": True, "framed": True}, True, id="its neighbours stayed"),
        pytest.param(fit(head=False, share=0.64), {"in_place": True, "framed": True}, False, id="they alone stayed"),
        pytest.param(fit(head=False, share=0.9), {"framed": True}, False, id="between others than its neighbours"),
        pytest.param(fit(), {"verbatim": False, "context": 0.0, "score": 0.5}, True, id="between other rows"),
        pytest.param(fit(), {"verbatim": False, "words": 0.59}, False, id="too few words stayed"),
        pytest.param(fit(share=0.66), {"verbatim": False}, True, id="the quote edited"),
        pytest.param(fit(share=0.64), {"verbatim": False}, False, id="the quote edited too much"),
        pytest.param(fit(share=0.46), {"verbatim": False, "in_place": True}, True, id="edited in place"),
        pytest.param(fit(share=0.44), {"verbatim": False, "in_place": True}, False, id="edited in place too much"),
        pytest.param(fit(head=False), {"verbatim": False, "in_place": True}, False, id="in place, begins otherwise"),
        pytest.param(fit(share=0.66), {"verbatim": False, "in_place": True, "rows": 2}, True, id="two rows"),
        pytest.param(
            fit(share=0.64), {"verbatim": False, "in_place": True, "rows": 2}, False, id="two edited too much"
        ),
    ],
)
def test_a_row_is_the_passage_s_own(one, where, taken):
    assert row(one, **where) == (0 if taken else None)


@pytest.mark.parametrize(
    ("first", "second", "verbatim", "expected"),
    [
        pytest.param(fit(5.1), fit(4.0), True, 0, id="1 more that tells"),
        pytest.param(fit(4.9), fit(4.0), True, "tied", id="less than 1 more"),
        pytest.param(fit(share=0.9), fit(share=0.74), False, 0, id="edited, 15 % more stayed"),
        pytest.param(fit(share=0.9), fit(share=0.76), False, "tied", id="edited, less than 15 % more"),
        pytest.param(fit(share=0.7), fit(share=0.6), False, "tied", id="close to one that would not be taken"),
        pytest.param(fit(2.0, whole=True), fit(9.0), True, 0, id="the whole row before one edited"),
    ],
)
def test_a_row_is_ahead_of_the_next_best(first, second, verbatim, expected):
    assert row(first, second, verbatim=verbatim) == expected


@pytest.mark.parametrize(
    ("quote", "needs"), [("q" * 14, 0.5), ("q" * 15, 0.5), ("q" * 39, 0.02), ("q" * 40, 0.0), ("q" * 60, 0.0)]
)
def test_the_longer_the_words_the_less_context_they_need(quote, needs):
    sought = passage(quote)
    view = View("c" * 40 + quote)
    assert weigh(sought, view, 40, 40 + len(quote)).needed == pytest.approx(needs, abs=1e-9)


TEMPLATE = "{} of the inn {}"


@pytest.mark.parametrize(
    ("lines", "of_template"),
    [
        pytest.param([TEMPLATE.format(*pair) for pair in ("ab", "cd", "ef")], True, id="three rows"),
        pytest.param([TEMPLATE.format(*pair) for pair in ("ab", "cd")], False, id="two rows"),
        pytest.param([f"{a} of the in {b}" for a, b in ("ab", "cd", "ef")], False, id="7 letters are no phrase"),
        pytest.param([f"{a} overlong inn {b}" for a, b in ("ab", "cd", "ef")], False, id="2 words are no phrase"),
        pytest.param([f"{a} of the 1{a} inns" for a in "123"], True, id="whatever the numbers"),
        pytest.param(
            ["of the inn a b c d e f g l m n o p", *(TEMPLATE.format(*pair) for pair in ("hi", "jk"))],
            True,
            id="3 words of 15",
        ),
        pytest.param(
            ["of the inn a b c d e f g l m n o p q", *(TEMPLATE.format(*pair) for pair in ("hi", "jk"))],
            False,
            id="3 of 16",
        ),
    ],
)
def test_a_text_is_a_template(lines, of_template):
    sought = Passage.within(View(lines[0]), 0, len(lines[0]), farthest=0)
    assert Vocabulary("\n".join(lines)).is_of_template(sought) == of_template


@pytest.mark.parametrize(
    ("own", "there", "head"),
    [
        pytest.param("lamp pine chrome item", "lamp pine silver item", True, id="the third rare word"),
        pytest.param("lamp pine chrome item", "lamp rose chrome item", False, id="the second"),
        pytest.param("lamp pine chrome item", "door pine chrome item", False, id="the first"),
        pytest.param("item lamp pine chrome", "unit lamp pine chrome", True, id="one that every row has"),
        pytest.param("twice lamp pine item", "hence lamp pine item", False, id="one a third as frequent is rare"),
        pytest.param("thrice lamp pine item", "hence lamp pine item", True, id="one half as frequent is not"),
    ],
)
def test_how_a_row_begins(own, there, head):
    words = Vocabulary("lamp pine chrome " + "item " * 6 + "twice " * 2 + "thrice " * 3)
    old, new = View(own), View(there)
    sought = Passage.within(old, 0, len(own), farthest=256)
    assert words.fit(sought, new, 0, len(there)).head == head


@pytest.mark.parametrize(
    ("there", "share"),
    [("lamp pine\nrose oak\nreed", 1.0), ("lamp pine\nrose elm\nreed", 0.5), ("lamp pine\nfern elm\nreed", 0.0)],
)
def test_of_several_rows_the_one_that_agrees_least_counts(there, share):
    own, new = View("lamp pine\nrose oak\nreed"), View(there)
    sought = Passage.within(own, 0, len(own.key), farthest=256)
    assert Vocabulary(own.key).fit(sought, new, 0, len(new.key)).share == pytest.approx(share)


@pytest.mark.parametrize(("letters", "of_template"), [(49, True), (50, False)])
def test_cells_beside_a_line_are_of_its_row(letters, of_template):
    rows = "\n".join(f"pine was reduced {number}" for number in range(3))
    view = View(f"{rows}\n{'z' * letters}\n17.99")
    sought = Passage.within(view, len(view.key) - 5, len(view.key), farthest=256)
    assert Vocabulary(rows).is_of_template(sought) == of_template


@pytest.mark.parametrize(("letters", "head"), [(30, True), (34, False)])
def test_what_was_put_into_a_row_may_push_its_beginning_away(letters, head):
    own, there = View("lamp pine chrome item"), View(f"lamp {'z' * letters} pine chrome item")
    quote = own.key.index("item")
    sought = Passage.within(own, quote, quote + 4, farthest=256)
    words = Vocabulary("lamp pine chrome " + "item " * 6)
    assert words.fit(sought, there, len(there.key) - 4, len(there.key)).head == head
