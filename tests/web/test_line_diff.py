from hypothesis import given
from hypothesis import strategies as st

from archive.web.line_diff import compare

TEXTS = st.lists(st.sampled_from(["a", "b", "a b c", "a x c", "", "  "]), max_size=30).map("\n".join)


def side(diff, *kinds: str) -> list[str]:
    return ["".join(text for text, _ in line.parts) for line in diff.lines if line.kind in kinds]


def test_a_change_within_a_line_is_marked_word_by_word():
    diff = compare("one two three", "one 2 three")
    assert [(line.kind, line.parts) for line in diff.lines] == [
        ("removed", [("one ", False), ("two", True), (" three", False)]),
        ("added", [("one ", False), ("2", True), (" three", False)]),
    ]


def test_long_unchanged_stretches_are_left_out():
    same = [str(number) for number in range(20)]
    diff = compare("\n".join(["x", *same, "y"]), "\n".join(["X", *same, "Y"]))
    assert [line.parts[0][0] for line in diff.lines if line.kind in ("same", "gap")] == [
        *("0", "1", "2", "14 unchanged lines", "17", "18", "19"),
    ]


def test_equal_texts_have_no_difference():
    assert compare("a\nb", "a\nb").lines == []


@given(TEXTS, TEXTS)
def test_what_was_removed_and_added_accounts_for_both_texts(old, new):
    diff = compare(old, new)
    assert diff.is_complete
    removed, added = side(diff, "removed"), side(diff, "added")
    before, after = old.split("\n"), new.split("\n")
    for line in removed:
        assert line in before
    for line in added:
        assert line in after
    assert len(before) - len(removed) == len(after) - len(added)
