"""Finding an annotated image again: by its address, then by the surrounding text, else not at all."""

import pytest

from archive.anchoring import describe_picture, locate_picture
from archive.text import Frame, Picture, frame, paint, pictures, render

OLD = (
    "The harbour was built by the town in 1850.\n\n![The lamp](https://a.example/lamp.png)\n\n"
    "A keeper lived there with his family.\n\n![The stair](https://a.example/stair.png)\n\nToday nobody lives there.\n"
)
NEW_LAMP = "https://a.example/lamp-2.jpg"
LAMP, STAIR = "https://a.example/lamp.png", "https://a.example/stair.png"


def found(old: str, new: str, number: int = 0):
    before, now = render(old), render(new)
    selector = describe_picture(before.text, pictures(before.html)[number])
    anchor = locate_picture(now.text, pictures(now.html), selector)
    return anchor.picture and anchor.picture.src, anchor.status


def test_pictures_stand_where_a_browser_has_them():
    source = (
        'a &amp; b ![one](https://a.example/1.png?x=1&y=2)\n\n```\n\ncode\n```\n\n!["two"](https://a.example/2.png)'
    )
    document = render(source)
    first, second = pictures(document.html)
    assert first == Picture("https://a.example/1.png?x=1&y=2", "one", len("a & b "))
    assert (second.alt, document.text[: second.place]) == ('"two"', "a & b \n\ncode\n")


@pytest.mark.parametrize(
    ("new", "number", "expected"),
    [
        pytest.param(OLD, 0, (LAMP, "anchored"), id="as it was"),
        pytest.param("Before it.\n\n" + OLD, 1, (STAIR, "anchored"), id="text before it"),
        pytest.param("![The lamp](https://a.example/lamp.png)\n\nAll is new.", 0, (LAMP, "anchored"), id="new text"),
        pytest.param(OLD.replace(LAMP, NEW_LAMP), 0, (NEW_LAMP, "changed"), id="saved anew"),
        pytest.param(OLD.replace("![The lamp](https://a.example/lamp.png)\n\n", ""), 0, (None, "orphan"), id="gone"),
        pytest.param("Nothing of it is left.", 0, (None, "orphan"), id="no picture at all"),
        pytest.param("![](https://a.example/x.png) Other words, ![](https://a.example/y.png) and more.", 0,
                     (None, "orphan"), id="others elsewhere"),
    ],
)  # fmt: skip
def test_where_a_picture_is_in_the_next_revision(new, number, expected):
    assert found(OLD, new, number) == expected


ROW = "![](https://a.example/rule.png)"
TWICE = f"A sentence about boats and oars.\n\n{ROW}\n\nAnother sentence about ropes.\n\n{ROW}\n\nThe last, on salt."


def test_of_one_picture_shown_twice_the_one_in_its_surroundings():
    before, now = render(TWICE), render("A new beginning of some length.\n\n" + TWICE)
    for number in (0, 1):
        selector = describe_picture(before.text, pictures(before.html)[number])
        assert locate_picture(now.text, pictures(now.html), selector).picture == pictures(now.html)[number]


def test_of_pictures_that_nothing_tells_apart_none():
    same = f"{ROW}\n\n" * 3
    assert found(same, f"{ROW}\n\n" * 4 + "End.", 1) == (None, "ambiguous")
    assert found("![](https://a.example/1.png)", "![](https://a.example/2.png)") == (None, "orphan")


def test_a_frame_goes_around_a_picture_and_leaves_the_text():
    html = paint(render(OLD).html, [])
    framed = frame(html, [Frame(1, ("a",), ("blue",)), Frame(1, ("b",), ("red",)), Frame(9, ("c",))])
    assert framed.count("<mark") == 1
    assert '<mark data-annotations="a b" class="blue red picture" id="annotation-a">' in framed
    assert '<span id="annotation-b"><a class="enlarge"' in framed and "</a></span></mark>" in framed
    assert framed.replace("<mark", "").count("<img") == 2
