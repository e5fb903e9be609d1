"""Formulas typeset for a page: which TeX is supported, and that nothing else gets through."""

import html.parser
import random
import re
import time

import pytest

from archive.text import Span, paint, render, set_formulas
from archive.text.mathml import _ATTRIBUTES, _ELEMENTS, MOST
from tests.text.sources import text_content

_TEMPLATE = re.compile("<template.*?</template>", re.DOTALL)


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attributes):
        self.seen |= {(tag, "")} | {(tag, name) for name, _ in attributes}


def shown(source: str) -> str:
    return set_formulas(render(source).html)


def text_of(html: str) -> str:
    """Its textContent, which does not include templates."""
    return text_content(_TEMPLATE.sub("", html))


def shadow(source: str) -> str:
    _, _, rest = shown(source).partition('<template shadowrootmode="open">')
    return rest.partition("</template>")[0]


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (r"$x^2+\alpha$", "<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mi>α</mi>"),
        (r"\(\alpha < b_1\)", "<mo>&lt;</mo>"),
        (r"\[\frac{a}{b}\]", '<math display="block"'),
        ("$$\n\\begin{aligned}a&=b\\\\c&=d\\end{aligned}\n$$", "</mtr><mtr>"),
        (r"\begin{equation}\label{eq:1} a_1 = b \end{equation}", '"><mrow><msub>'),
        (r"\begin{align}a&=b\nonumber\\c&=d\end{align}", "</mtr><mtr>"),
        (r"\begin{gather*}a_1\\b\end{gather*}", "</mtr><mtr>"),
        (r"$\text{a \& b}_1$", "&amp;"),
    ],
)
def test_tex_is_set_as_mathml(source, part):
    assert part in shadow(source)
    assert "(1)" not in shadow(source)


@pytest.mark.parametrize(
    "source",
    [
        r"$\unknown{x}$",
        r"$x_{$",
        r"$\left( x_1$",
        r"$x_1 \\ x_2$",  # lines without an environment are joined
        r"$a & b_1$",
        r"$\newcommand{\a}{x_1}\a$",
        r"<span class='math'>x<sub>1</sub></span>",
        r"<span class='math'>E = mc</span>",
        "<math><mi>x</mi></math>",
        f"${'{' * 900}x_1{'}' * 900}$",
        f"$x_1{'+x' * 1500}$",
    ],
)
def test_what_cannot_be_set_stays_as_it_is(source):
    assert shown(source) == render(source).html


@pytest.mark.parametrize(
    "source", ["$x_1$ and $y$ with **$z^2$**", "- $$\\sum_i x$$\n\n| $a_1$ | b |\n|---|---|\n| c | $d$ |"]
)
def test_the_text_stays(source):
    document = render(source)
    assert text_of(set_formulas(document.html)) == document.text


def test_a_mark_around_a_formula_comes_to_stand_around_its_element_and_one_that_cuts_it_leaves_it():
    document = render("Words $x_1$ words $y_1$ words.")
    start = document.text.index("$x")
    whole = set_formulas(paint(document.html, [Span(start, start + 5, ("a",)), Span(start - 2, start + 5, ("b",))]))
    assert '<mark data-annotations="b a" class="" id="annotation-a"><span class="math"><template' in whole
    assert whole.count("<template") == 2 and text_of(whole) == document.text
    cut = set_formulas(paint(document.html, [Span(0, start + 3, ("a",))]))
    assert cut.count("<template") == 1 and '<span class="math"><mark' in cut


def test_x_is_a_formula_where_others_are_sure():
    assert '<span class="math">$x$</span>' in render(r"Let $x$ be, and $\alpha_1$.").html
    assert "math" not in render("Let $x$ be, for $5 or $6.").html
    prices = render(r"From $\frac{1}{2}$ to US$5 and A$6, $5-$10, $3 or $4, `$x$`.").html
    assert prices.count('class="math"') == 1


PIECES = (  # TeX and HTML, separated by spaces
    r"\frac \sqrt \text{ \mathrm{ \href{javascript:alert(1)} \style{a:b} \class{x} \color{red} \unicode{x3c} "
    r"\left( \right) \begin{matrix} \end{matrix} \hspace{999em} \rule{9999cm}{9cm} <script> </math> --> \" ' "
    r"&lt; &#60; & \\ \{ \} _ ^ { } x 1 + < > = \operatorname{ \mathbb{ \not \overset \tag{1} \cssId{a} \require{b} "
    r"\htmlClass{a} \url{b} \data{ onclick=alert(1) \bbox[1px]{ [ ] \xrightarrow{ \cancel{ \boxed{ \phantom{"
)


def test_hostile_tex_makes_no_other_element_or_attribute():
    allowed = {(name, attribute) for name in _ELEMENTS for attribute in ("", *_ATTRIBUTES)}
    allowed |= {("math", "part"), ("math", "aria-label"), ("span", ""), ("span", "class"), ("span", "part")}
    allowed |= {("span", "aria-hidden"), ("slot", ""), ("template", ""), ("template", "shadowrootmode"), ("p", "")}
    chance = random.Random(15)
    are_set = 0
    for _ in range(600):
        tex = " ".join(chance.choices(PIECES.split(), k=chance.randint(1, 9)))
        before = f'<p><span class="math">${html.escape(tex)}$</span></p>'
        after = set_formulas(before)
        tags = Tags()
        tags.feed(after)
        assert tags.seen <= allowed, tex
        assert text_of(after) == text_content(before), tex
        are_set += "<template" in after
    assert are_set > 50


@pytest.mark.parametrize(
    "bit", ["{", "x^1", "&", "1'", "\\left(", "\\frac", "\\text{", "\\begin{matrix}", "+x", "\\\\"]
)
def test_formulas_take_a_bounded_time(bit):
    html = render("\n\n".join(f"$x_{number}{bit * (1900 // len(bit))}$" for number in range(30))).html
    started = time.process_time()
    assert set_formulas(html).count("<template") <= MOST / 1900
    assert time.process_time() - started < 2
