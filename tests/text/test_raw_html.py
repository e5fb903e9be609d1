"""HTML in the source: parsed in place, as if the whole article had been parsed as HTML."""

import pytest
from hypothesis import example, given, settings

from archive.text import raw_html, render
from archive.text.extension import ClippingMarkdown
from archive.text.rewriting import Rewriter
from archive.text.sanitizing import sanitized
from archive.text.tokens import of_html
from archive.text.writing import Writer
from tests.text.sources import mixed


def written(tokens) -> str:
    writer = Writer(None)
    writer.write(sanitized(Rewriter("https://a.example/", None)(tokens)))
    return writer.finish()[0].replace("<span>", "").replace("</span>", "")


@settings(max_examples=300)
@given(mixed.map(lambda source: source.replace("\r", "\n").replace("\x00", "")))
@example("<?&amp;")
def test_reading_stretch_by_stretch_gives_what_reading_all_gives(source):
    markdown = ClippingMarkdown()
    whole = written(of_html(raw_html.to_html(markdown.tree(source))))
    assert written(raw_html.tokens(markdown.tree(source))) == whole


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("H<sub>2</sub>O *a <b>c</b>*", "<p>H<sub>2</sub>O <em>a <b>c</b></em></p>"),
        ("*a <b>c* d</b>", "<p><em>a <b>c</b></em><b> d</b></p>"),
        ("a Map<K> of <your name here>", "<p>a Map&lt;K&gt; of &lt;your name here&gt;</p>"),
        ("<Note>a *b*</Note> <Tab to=c> <Icon /> <BR>", "<p>a <em>b</em>   <br>\n</p>"),
        ("<B>big</B> <b>open", "<p><b>big</b> <b>open</b></p>"),
        ("<div>\n\n*inside*\n\n</div>\n\n*outside*", "<div>\n<p><em>inside</em></p>\n</div>\n<p><em>outside</em></p>"),
        ("</div></main>text", "text"),
        ("a <!-- comment --> b", "<p>a  b</p>"),
        ("<?php echo 1 ?>", "<span>&lt;?php echo 1 ?&gt; </span>"),
        ('<div title="never ended\n\ntext', '<span>&lt;div title="never ended </span>\n<p>text</p>'),
        ("<plaintext>\n\n*text*", "&lt;plaintext&gt;\n<p><em>text</em></p>"),
        ("<li>no list</li>", "no list"),
        ("<td>no table</td>", "<p>no table </p>"),
        ("<center><font color=red>x</font></center>", "<div>x</div>"),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt>\n<dd>b</dd>\n</dl>"),
        ("<h3 id=x>a</h3>", '<h3 id="a-x" aria-level="2">a</h3>'),
        ("<p>a<o:p></o:p></p>", "<p>a</p>"),
        ("<p align=center>a</p>\n<hr>", "<p>a</p>\n\n<hr>"),
    ],
)
def test_html(source, html):
    assert render(source).html.strip() == html


TEX = r'<annotation encoding="application/x-tex">a_{1} *b* &lt; c</annotation>'


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (f"<math><semantics><msub><mi>a</mi><mn>1</mn></msub>{TEX}</semantics></math>", "$a_{1} *b* &lt; c$"),
        ('<math alttext="a^{2}" display="block"><msup><mi>a</mi><mn>2</mn></msup></math>', "$a^{2}$"),
        ("<math><mi>a</mi> <mo>&lt;</mo>\n <mi>b</mi><annotation-xml><ci>x</ci></annotation-xml></math>", "a &lt; b"),
        ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext><mi>a</mi></math>", "a"),
    ],
)
@pytest.mark.parametrize(("before", "after"), [("so *that* ", " holds"), ("<table><tr><td>", "</td></tr></table>")])
def test_a_formula_in_mathml_is_told_in_words(formula, words, before, after):
    assert f'<span class="math">{words}</span>' in render(before + formula + after).html
