"""No word of an article is lost without a warning, whatever HTML it is in. All combinations: bench/words.py."""

import pytest

from archive.text import render
from tests.text.elements import documents, joined


@pytest.mark.parametrize("way", ["unclosed", "misnested", "in a table"])
def test_every_word_in_every_element_in_every_place_is_in_the_text(way):
    for source, words in documents([way]):
        document = render(source)
        assert {word for word in words if word not in document.text} == set() or document.problems, source


def test_no_word_is_lost_between_documents_that_are_joined():
    sources = [source for source, _ in documents(["closed", "unclosed", "over a blank line"])]
    for source, count in joined(300, seed=1, sources=sources):
        document = render(source)
        for word in (f"{name}{number}" for number in range(count) for name in ("begin", "end")):
            assert word in document.text or document.problems, source


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Use the <table> element.\n\n## Next\n\nText", "Use the <table> element.\nNext\nText\n"),
        ("<object>\n\n## Next\n\nText", "<object>\nNext\nText\n"),
        ("Use the <object> tag, then more", "Use the <object> tag, then more\n"),
        ("the <video> and <audio> tags\n\nText", "the <video> and <audio> tags\nText\n"),
        ("<table>\n<tr><td>c</td></tr>\n\nthree\n\n</table>\n\nfour", "three\nc\n\nfour\n"),
        ("<table><p>wrapped</p><tr><td>x</td></tr></table>", "wrapped\nx\n\n"),
        ("<table><tr><td>x</td></tr>\n\n## Next", "x\nNext\n"),
        ("<svg><style>x{}</style><text>One</text><text>two</text></svg>", " One two \n"),
        ("a <svg><text>One</text></svg> b", "a  One  b\n"),
        ("<svg width=9>\n<text>One</text>\n\n<text>two</text>\n</svg>\n\nafter", "\nOne\ntwo \nafter\n"),
        ('x <svg><p><style><i title="</style>y"> follows\n\nand on', "x <svg>\n<style> follows\nand on\n"),
        ("<svg>" + "<path d=x/>" * 300 + "<text>One</text></svg>", " One \n"),
        ("<textarea>a &lt; b</textarea>", "\na < b "),
        ("<select><option>a<option selected>b</select>", "a\nb\n"),
        ("<video src=https://x.example/v.mp4>no film</video>", "x.example/v.mp4 no film\n"),
        ("<math><mtext>" + "word " * 5000 + "last</mtext></math>", " " + "word " * 5000 + "last \n"),
        ("İ <iframe src=https://x.example/y></iframe> after", "İ x.example/y after\n"),
        ("a <!--> b --> c", "a  b --> c\n"),
        ("a <!---> b --> c", "a  b --> c\n"),
        ("```\nx\n", "x\n"),
        ("```\nx", "x\n"),
    ],
)
def test_words_that_were_lost(source, text):
    assert render(source).text == text


@pytest.mark.parametrize(
    "name", ["article", "address", "center", "header", "footer", "main", "form", "dialog", "legend", "li", "td", "dd"]
)
def test_blocks_part_words(name):
    assert render(f"<{name}>one</{name}><{name}>two</{name}>").text.split() == ["one", "two"]


def test_old_elements_keep_their_meaning():
    html = render("<strike>a</strike> <tt>b</tt> <acronym title=X>c</acronym>").html
    assert html == '<p><s>a</s> <code>b</code> <abbr title="X">c</abbr></p>\n'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("https://x.example/?a=1&timestamp=5&region=eu", "https://x.example/?a=1&timestamp=5&region=eu\n"),
        ("[a](https://x.example/?a=1&copy=2) &copy &copy; &notit; &#65", "a &copy © &notit; &#65\n"),
        ("<div>?a=1&timestamp=5 &copy; &amp;</div>", "?a=1&timestamp=5 © &\n\n"),
        ("<? a &timestamp &amp;", "<? a &timestamp & "),
        ("<math alttext='a &lt b &lt; c'><mi>a</mi></math>", "$a &lt b < c$\n"),
    ],
)
def test_only_a_whole_reference_stands_for_a_character(source, text):
    document = render(source)
    assert document.text == text
    assert all("×" not in link.href and "©" not in link.href for link in document.links)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="mailto:me@e.com">me@e.com</a>',
        '<a href="https://e.com">see www.e.com now</a>',
        '<a href="https://e.com">https://f.example/</a>',
    ],
)
def test_within_a_link_of_html_no_address_is_a_link(link):
    document = render(f"x {link} y, https://after.example/")
    assert len(document.links) == 2
    assert document.links[1].href == "https://after.example/"


def test_a_note_after_an_exclamation_mark_is_no_picture():
    assert render("Great![^1]\n\n[^1]: note").text == "Great!1\nnote ↩\n"
    assert render("![^1](https://x.example/a.png)").images[0].alt == "^1"


def test_a_line_of_dollars_that_closes_a_formula_opens_none():
    text = render("$$\nx\n$$\n\nSet a=1.\n\n## H\n\n- item\n\n$$\ny\n\n= z\n$$").text
    assert text == "$$\nx\n$$\nSet a=1.\nH\nitem\n$$ y = z $$\n"
