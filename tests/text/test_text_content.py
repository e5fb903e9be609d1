"""`Document.text` is what a browser sees, whatever the source: every offset into an article depends on this."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings

from archive.text import plain, render
from archive.text.sanitizing import ELEMENTS
from archive.text.tokens import VOID
from tests.text.sources import anything, text_content


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\nb", "a b\n"),
        ("a *b\nc*\n*d*\n`e\nf`", "a b c d e f\n"),
        ("a  \nb\\\nc", "a\nb\nc\n"),
        ("- a\n  b\n- c", "a b\nc\n"),
        ("> a\n> b\n\nc", "a b\nc\n"),
        ("```\na\nb\n```", "a\nb\n"),
        ("$$a\n= b$$", "$$a\n= b$$\n"),
        ("<pre>a\nb</pre>", "a\nb\n\n"),
        ("<div>a\nb\n<p>c</p></div>", "a b\nc\n\n"),
        ("<div>a\n  <b>b</b>\n  <b>c</b></div>", "a b c\n\n"),
        ("<div>\n\ta</div>", "\n\ta\n\n"),
    ],
)
def test_a_line_end_in_the_text_ends_a_block_or_a_line_that_is_shown_as_one(source, text):
    document = render(source)
    assert document.text == text
    assert document.text == text_content(document.html)


class Outline(HTMLParser):
    """Reads tags as they are, without a browser's repairs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert tag in ELEMENTS or (tag, attrs) == ("code-box", [])
        self.attributes += [(name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError("a comment")

    def unknown_decl(self, data):
        raise AssertionError("a declaration")


@settings(max_examples=400)
@given(anything)
@example("<pre>\n\nafter two line ends</pre>")
@example("<table><tr><td>in</td>between</tr>after<div>block</div></table>")
@example("<table><caption>c<table><tr><td>in</table></table>")
@example("<select><option>a</select>b<p>c")
@example("&#13;&#0;&#128;&lt;b&gt;&amp;amp; &notit; &copy")
@example("<a href=x>one<a href=y>two</a>three")
@example("<p>a<p>b<pre>\n<b>\nc</b></pre>")
@example("```python\n\n\tdef f(<b>&amp;): '\n```")
@example("<pre>\n<code class=language-c>\n\nint <b>x</b>;</code></pre>")
def test_the_text_is_the_text_content_of_the_html(source):
    document = render(source, base_url="https://a.example/b/", title="Sentence")
    assert document.text == text_content(document.html)


@settings(max_examples=400)
@given(anything)
def test_the_html_is_balanced_and_holds_nothing_but_what_is_allowed(source):
    outline = Outline(render(source, base_url="https://a.example/b/").html)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert all(value.startswith("a-") for value in outline.ids)
    for name, value in outline.attributes:
        assert not name.startswith("on") and name not in ("style", "name", "srcset", "action")
        if name in ("href", "src", "data-remote-src"):
            assert value.startswith(("https://", "http://", "mailto:", "#a-")), value


@settings(max_examples=200)
@given(anything)
def test_rendering_twice_gives_the_same(source):
    assert render(source) == render(source)


@settings(max_examples=200)
@given(anything)
def test_links_have_words_and_headings_are_findable(source):
    document = render(source, base_url="https://a.example/b/")
    assert all(link.text or image_described(document, link) for link in document.links)
    for heading in document.headings:
        assert f'id="{heading.id}"' in document.html
        assert 2 <= heading.level <= 6


def image_described(document, link):
    return any(image.alt for image in document.images)


@settings(max_examples=200)
@given(anything)
def test_plain_loses_no_word_and_reads_nothing_as_markup(source):
    document = plain(source)
    assert document.text == text_content(document.html)
    if source.isprintable():
        assert document.text.strip() == source.strip()
