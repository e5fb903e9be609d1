"""Painting spans into an article's HTML: the text is unchanged, every span is marked, and no mark crosses a block."""

import random
import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from archive.text import Span, paint, render
from tests.browser.chromium import CHROMIUM
from tests.text.sources import mixed, text_content

VOID = {"br", "hr", "img", "input", "col", "wbr"}
BLOCKS = re.compile(
    "p|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|pre|blockquote|figure|figcaption|details|summary|h[1-6]"
)


class Marks(HTMLParser):
    """The ids marked at every code point of the text; raises an error for misplaced tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.ids: list[frozenset[str]] = []
        self.marked: list[frozenset[str]] = []
        self.targets: list[str] = []
        self.text = ""
        self.after_pre = False
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("id", "").startswith("annotation-"):
            self.targets.append(given["id"].removeprefix("annotation-"))
        self.after_pre = tag == "pre"
        if tag in VOID:
            return
        assert not (BLOCKS.fullmatch(tag) and "mark" in self.open)
        if tag == "mark" and "data-annotations" in given:
            assert self.open[-1:] not in (["table"], ["tbody"], ["thead"], ["tfoot"], ["tr"])
            self.ids.append(frozenset(given["data-annotations"].split()))
        self.open.append(tag)

    def handle_endtag(self, tag):
        self.after_pre = False
        assert self.open.pop() == tag
        if tag == "mark" and self.ids:
            self.ids.pop()

    def handle_data(self, data):
        if self.after_pre:
            data = data.removeprefix("\n")
            self.after_pre = False
        self.text += data
        self.marked += [self.ids[-1] if self.ids else frozenset()] * len(data)

    def handle_entityref(self, name):
        self.handle_data({"amp": "&", "lt": "<", "gt": ">", "quot": '"'}[name])


def spans_over(text: str) -> st.SearchStrategy[list[Span]]:
    place = st.integers(-2, len(text) + 5)
    pairs = st.lists(st.tuples(place, place), max_size=6)
    return pairs.map(lambda given: [Span(a, b, (f"n{number}",), ("yellow",)) for number, (a, b) in enumerate(given)])


@pytest.mark.parametrize(
    ("html", "spans", "painted"),
    [
        pytest.param(
            "<p>one two</p>",
            [Span(4, 7, ("a",), ("green",))],
            '<p>one <mark data-annotations="a" class="green" id="annotation-a">two</mark></p>',
            id="one piece",
        ),
        pytest.param(
            "<p>a <em>b</em> c</p>",
            [Span(0, 5, ("a",))],
            '<p><mark data-annotations="a" class="" id="annotation-a">a </mark>'
            '<em><mark data-annotations="a" class="">b</mark></em><mark data-annotations="a" class=""> c</mark></p>',
            id="across inline elements",
        ),
        pytest.param(
            "<p>ab</p>\n<p>cd</p>",
            [Span(1, 4, ("a",))],
            '<p>a<mark data-annotations="a" class="" id="annotation-a">b</mark></p>\n'
            '<p><mark data-annotations="a" class="">c</mark>d</p>',
            id="never across a block, nor the white space between two",
        ),
        pytest.param(
            "<p>abc</p>",
            [Span(0, 2, ("x",), ("red",)), Span(1, 3, ("y",), ("blue",))],
            '<p><mark data-annotations="x" class="red" id="annotation-x">a</mark>'
            '<mark data-annotations="x y" class="red blue" id="annotation-y">b</mark>'
            '<mark data-annotations="y" class="blue">c</mark></p>',
            id="an overlap carries both",
        ),
        pytest.param(
            "<p>ab</p>",
            [Span(0, 2, ("x",)), Span(0, 2, ("y",))],
            '<p><mark data-annotations="x y" class="" id="annotation-x"><span id="annotation-y">ab</span></mark></p>',
            id="two that begin at one place are both a target",
        ),
        pytest.param(
            "<p>1 &lt; 2 &amp; 3</p>",
            [Span(2, 7, ("a",))],
            '<p>1 <mark data-annotations="a" class="" id="annotation-a">&lt; 2 &amp;</mark> 3</p>',
            id="a reference is one character",
        ),
        pytest.param(
            "<p>👩‍👧 é</p>",
            [Span(4, 5, ("a",))],
            '<p>👩‍👧 <mark data-annotations="a" class="" id="annotation-a">é</mark></p>',
            id="offsets are code points",
        ),
        pytest.param(
            "<pre>\n\n\ncode</pre>",
            [Span(0, 3, ("a",))],
            '<pre>\n<mark data-annotations="a" class="" id="annotation-a">\n\nc</mark>ode</pre>',
            id="the line end that browsers drop after pre does not count",
        ),
        pytest.param(
            "<table><tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody></table>",
            [Span(0, 20, ("a",))],
            '<table><tbody>\n<tr>\n<td><mark data-annotations="a" class="" id="annotation-a">a</mark></td>\n'
            '<td><mark data-annotations="a" class="">b</mark></td>\n</tr>\n</tbody></table>',
            id="no mark between cells; an end beyond the text is the text's",
        ),
        pytest.param(
            "<p>ab</p>", [Span(1, 1, ("a",)), Span(2, 1, ("b",)), Span(2, 9, ("c",))], "<p>ab</p>", id="nothing"
        ),
        pytest.param("<p>ab</p>", [], "<p>ab</p>", id="no spans"),
        pytest.param(
            "<p>ab</p>",
            [Span(0, 2, ('"><script>',), ("&",))],
            '<p><mark data-annotations="&quot;&gt;&lt;script&gt;" class="&amp;" '
            'id="annotation-&quot;&gt;&lt;script&gt;">ab</mark></p>',
            id="ids and classes are escaped",
        ),
    ],
)
def test_paint(html, spans, painted):
    assert paint(html, spans) == painted


@given(st.data())
def test_any_spans_in_any_article(data):
    document = render(data.draw(mixed))
    spans = data.draw(spans_over(document.text))
    painted = paint(document.html, spans)
    assert text_content(painted) == text_content(document.html) == document.text
    marks = Marks(painted)
    assert marks.text == document.text
    assert re.sub(r"</?(mark|span)\b[^>]*>", "", painted) == re.sub(r"</?(mark|span)\b[^>]*>", "", document.html)
    for place, character in enumerate(document.text):
        expected = {id_ for span in spans if 0 <= span.start <= place < span.end for id_ in span.ids}
        assert marks.marked[place] == expected or (character.isspace() and not marks.marked[place])
    painted_ids = frozenset().union(*marks.marked)
    assert sorted(marks.targets) == sorted(painted_ids)


def article(words: int) -> str:
    chance = random.Random(words)
    vocabulary = ["bridge", "river", "and", "sea", "harbour", "market"] * 6 + [
        "x & y",
        "*old*",
        "[town](https://a.example)",
    ]
    lines = [" ".join(chance.choice(vocabulary) for _ in range(80)) for _ in range(words // 80)]
    return "\n\n".join(lines)


@pytest.mark.parametrize(("count", "milliseconds"), [(500, 20), (1000, 50)])
def test_painting_is_quick(count, milliseconds):
    document = render(article(10_000))
    chance = random.Random(count)
    starts = [chance.randrange(len(document.text) - 300) for _ in range(count)]
    spans = [Span(start, start + chance.randint(5, 300), (f"n{start}",), ("yellow",)) for start in starts]
    times = []
    for _ in range(5):
        begun = process_time()
        paint(document.html, spans)
        times.append(process_time() - begun)
    assert min(times) * 1000 < 2 * milliseconds  # twice the limit: a slow machine is not a bug


READ = """
documents => documents.map(html => {
    document.body.innerHTML = `<div id="article-body">${html}</div>`;
    const marked = {};
    for (const mark of document.querySelectorAll("mark[data-annotations]"))
        for (const id of mark.dataset.annotations.split(" ")) marked[id] = (marked[id] ?? "") + mark.textContent;
    return [document.getElementById("article-body").textContent, marked];
})
"""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_chromium_reads_the_same_text_and_the_quotes_from_their_marks(browser: Browser):
    chance = random.Random(7)
    scripts = [
        "Grüße & <b>",
        "𝔘nicode",
        "👩‍👩‍👧 🇩🇪",
        "e\u0301tude",
        "שלום",
        "السلام",
        "漢字かな",
        "नमस्ते",
        "`a < b`",
        "**bold**",
    ]
    blocks = [
        "\n\n",
        "\n- ",
        "\n> ",
        " ",
        " ",
        " ",
        "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
        "\n\n```\n\n\tx\n```\n\n",
    ]
    cases = []
    for _ in range(60):
        document = render("".join(chance.choice(scripts) + chance.choice(blocks) for _ in range(40)))
        ranges = [sorted(chance.sample(range(len(document.text) + 1), 2)) for _ in range(8)]
        cases.append((document, [Span(start, end, (f"n{number}",)) for number, (start, end) in enumerate(ranges)]))
    page = browser.new_page()
    seen = page.evaluate(READ, [paint(document.html, spans) for document, spans in cases])
    page.close()
    for (document, spans), (text, marked) in zip(cases, seen, strict=True):
        assert text == document.text
        for span in spans:
            quote = document.text[span.start : span.end]
            assert re.sub(r"\s", "", marked.get(span.ids[0], "")) == re.sub(r"\s", "", quote)
