"""Carrying passages over from one version of a text to the next."""

import random
from time import process_time

import pytest

from archive.anchoring import Selector, describe, reanchor
from archive.anchoring.normalise import View
from archive.anchoring.reanchoring import _Revision
from bench.anchoring_texts import Parts, Writer

OLD = (
    "The council met on Monday to vote on the new bridge.\n"
    "Robin spoke first, and for an hour. The mayor of the town listened to every word of it.\n"
    "After the break Robin spoke again, this time about the price of the steel for the bridge.\n"
    "Nobody had expected the vote to be as close as it was in the end.\n"
)


def of(quote: str, *, last: bool = False, text: str = OLD) -> Selector:
    start = text.rindex(quote) if last else text.index(quote)
    return describe(text, start, start + len(quote))


def found(old: str, new: str, selector: Selector) -> tuple[str, str | None]:
    (anchor,) = reanchor(old, new, [selector])
    return anchor.status, None if anchor.start is None else new[anchor.start : anchor.end]


@pytest.mark.parametrize(
    ("selector", "edits", "expected"),
    [
        pytest.param(of("the new bridge"), [], ("anchored", "the new bridge"), id="nothing edited"),
        pytest.param(
            of("listened to every word"),
            [("The council", "A long sentence was put in before. The council")],
            ("anchored", "listened to every word"),
            id="text put in before",
        ),
        pytest.param(
            of("Robin", last=True),
            [("break Robin", "break Robyn")],
            ("changed", "Robyn"),
            id="the later name corrected",
        ),
        pytest.param(
            of("Robin", last=True),
            [("After the break Robin spoke again, this time about the price of the steel for the bridge.\n", "")],
            ("orphan", None),
            id="gone, while the same name stands elsewhere",
        ),
        pytest.param(
            of("The mayor of the town listened to every word of it."),
            [
                (
                    "The mayor of the town listened to every word of it.",
                    "The mayor of the city listened to each word of it.",
                )
            ],
            ("changed", "The mayor of the city listened to each word of it."),
            id="edited",
        ),
        pytest.param(
            of("price of the steel"),
            [("price of the steel", "price  of\u00a0the\nsteel")],
            ("anchored", "price  of\u00a0the\nsteel"),
            id="white space",
        ),
        pytest.param(of("Nobody had expected"), [(OLD, "")], ("orphan", None), id="everything gone"),
    ],
)
def test_reanchor(selector, edits, expected):
    new = OLD
    for before, after in edits:
        new = new.replace(before, after)
    assert found(OLD, new, selector) == expected


def test_a_paragraph_put_elsewhere_is_moved():
    first, second, third, fourth = OLD.splitlines(keepends=True)
    assert found(OLD, third + first + second + fourth, of("about the price of the steel"))[0] in ("moved", "anchored")
    new = fourth + first + second + third
    assert found(OLD, new, of("as close as it was in the end")) == ("moved", "as close as it was in the end")


def test_of_two_alike_the_one_that_stayed_keeps_its_own():
    lines = [f"Paragraph number {number} says something of its own." for number in range(8)]
    lines[2] = lines[6] = "This sentence stands in the text twice, word for word."
    old = "\n".join(lines)
    first, second = of(lines[2], text=old), of(lines[2], last=True, text=old)
    new = "\n".join(lines[:2] + lines[3:])
    gone, stayed = reanchor(old, new, [first, second])
    assert gone.status == "orphan"
    assert (stayed.status, stayed.start) == ("anchored", new.index(lines[6]))
    both = reanchor(old, "\n".join(["A new line.", *lines]), [first, second])
    assert [anchor.start - 12 for anchor in both] == [first.start, second.start]


@pytest.mark.parametrize("before", [0, 1], ids=["first of all", "after a paragraph that stayed"])
def test_words_of_another_passage_that_was_put_elsewhere_are_not_taken(before):
    quote = "the door at the end of the corridor stood open"
    own = f"When Marta came back from the market in the rain {quote}, and nobody answered her call.\n"
    other = f"Years later the caretaker still remembered that {quote} on the night of the great fire.\n"
    old, new = own + OLD + other, OLD.splitlines(keepends=True)
    new.insert(before, other)
    assert found(old, "".join(new), of(quote, text=old)) == ("orphan", None)


def test_beside_its_own_double_nobody_can_tell():
    line = "The same paragraph, letter for letter.\n"
    (anchor,) = reanchor(
        f"Start.\n{line}End.\n", f"Start.\n{line}{line}End.\n", [of("letter", text=f"Start.\n{line}End.\n")]
    )
    assert anchor.status == "ambiguous"
    assert len(anchor.candidates) >= 2


@pytest.mark.parametrize(
    "selector",
    [
        Selector("for the bridge", "the price of the steel ", ".\nNobody"),
        Selector("for the bridge", "the price of the steel ", ".\nNobody", 3, 17),
        Selector("for the bridge", "the price of the steel ", ".\nNobody", 9000, 9014),
        Selector("for the bridge", "the price of the steel ", ".\nNobody", 5, -5),
    ],
)
def test_without_a_place_in_the_old_text_it_is_located_there(selector):
    assert found(OLD, "New. " + OLD, selector) == ("anchored", "for the bridge")


def test_a_passage_edited_before_is_followed_on():
    once = OLD.replace("break Robin", "break Robyn")
    selector = of("Robin", last=True)
    (first,) = reanchor(OLD, once, [selector])
    carried = Selector(selector.exact, selector.prefix, selector.suffix, first.start, first.end)
    again = "A line before.\n" + once
    assert found(once, again, carried) == ("changed", "Robyn")
    assert found(once, "A line before.\n" + OLD, carried) == ("anchored", "Robin")


@pytest.mark.parametrize(("quote", "status"), [("q" * 23, "orphan"), ("q" * 24, "moved")])
def test_words_elsewhere_in_other_words_need_24_letters(quote, status):
    old = f"{OLD}Between the hills {quote} and the sea.\n"
    new = f"Quite another matter: {quote}, some said later on.\n{OLD}"
    assert found(old, new, of(quote, text=old))[0] == status


@pytest.mark.parametrize(("added", "expected"), [(11, [(0, 12)]), (10, [])])
def test_what_was_put_in_is_searched_from_12_letters_on(added, expected):
    searched = _Revision(View(OLD), View(f"{'n' * added} {OLD}")).unclaimed
    assert [
        (start, start + len(part))
        for start, part in zip(searched.origins, searched.text.split("\0"), strict=False)
        if part
    ] == expected


@pytest.mark.parametrize(("kept", "searched"), [("stayed here with all of it", 2), ("stayed with all of it", 1)])
def test_less_than_24_letters_that_stayed_between_do_not_part_what_is_searched(kept, searched):
    revision = _Revision(View(f"{kept}"), View(f"{'new ' * 5}{kept}{' else' * 5}"))
    assert len(revision.unclaimed.places) == searched


@pytest.mark.parametrize(("put_in", "kept"), [(60, 1.0), (140, 0.5)])
def test_what_was_put_in_beside_it_parts_no_context_unless_it_is_long(put_in, kept):
    quote, before, behind = "the words", "in the midst of a long day " * 3, " and nothing of it was left over" * 3
    old, new = before + quote + behind, before + "z" * put_in + " " + quote + behind
    start, now = len(before), len(before) + put_in + 1
    revision = _Revision(View(old), View(new))
    share = revision._kept_around((start, start + len(quote)), (now, now + len(quote)))
    assert share == pytest.approx(kept, abs=0.05)


def test_what_was_doubtful_before_stays_so():
    old = "yes and yes"
    (anchor,) = reanchor(old, "yes and no", [Selector("yes")])
    assert anchor.status == "ambiguous"


def test_in_the_order_of_the_selectors():
    quotes = ["Nobody", "council", "bridge.\nRobin", "steel"]
    anchors = reanchor(OLD, "Above. " + OLD, [of(quote) for quote in quotes])
    assert [("Above. " + OLD)[anchor.start : anchor.end] for anchor in anchors] == quotes
    assert reanchor(OLD, OLD, []) == []


def test_a_long_article_with_500_highlights_in_a_second():
    chance = random.Random(1)
    writer = Writer(chance, "English")
    old = ""
    while len(old) < 60_000:
        old += writer.paragraph() + "\n"
    starts = [chance.randrange(len(old) - 300) for _ in range(500)]
    selectors = [describe(old, start, start + chance.randint(5, 300)) for start in starts]
    new = writer.around(Parts(old, "", ""), 50).before
    begun = process_time()
    reanchor(old, new, selectors)
    assert process_time() - begun < 1
