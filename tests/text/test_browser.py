"""The text compared with a real browser: Chromium's textContent, and that nothing gets out of the box."""

import random

import pytest
from playwright.sync_api import Browser, Page

from archive.text import render
from tests.browser.chromium import CHROMIUM
from tests.text.elements import ELEMENTS, documents, joined
from tests.text.sources import ENDS, HTML, MARKDOWN, WORDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

READ_ALL = """
documents => documents.map(html => {
    const page = new DOMParser().parseFromString(
        `<!doctype html><main><div id="article-body">${html}</div><p id="after">after</p></main>`, "text/html");
    const body = page.getElementById("article-body");
    const after = page.getElementById("after");
    return [body.textContent, after.previousElementSibling === body && after.parentElement.localName === "main"];
})
"""


@pytest.fixture(scope="module")
def page(browser: Browser):
    opened = browser.new_page()
    yield opened
    opened.close()


def random_sources(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    pieces = MARKDOWN + HTML * 2 + WORDS + ENDS * 5
    return ["".join(chance.choices(pieces, k=chance.randint(1, 40))) for _ in range(count)]


def compare(page: Page, sources: list[str]) -> None:
    documents = [render(source, base_url="https://a.example/b/", title="Sentence") for source in sources]
    seen = page.evaluate(READ_ALL, [document.html for document in documents])
    for source, document, (text, is_whole) in zip(sources, documents, seen, strict=True):
        assert text == document.text, source
        assert is_whole, source


def test_chromium_reads_the_same_text(page):
    compare(page, random_sources(seed=1, count=1500))


def test_chromium_reads_the_same_text_where_html_is_mended_most(page):
    compare(
        page,
        [
            "<pre>\n\n\nthree line ends</pre>\n\n<table><tr><td><pre>\n\nin a cell</pre></table>",
            "<table>before<tr>between<td>in</td>after</tr></table>\n\n<table><div>block</div><tr><td>x</table>",
            "<p>a<p>b<div>c</p>d\n\n<a href=x>1<a href=y>2<p>3</a>4\n\n<b><p>x</b>y",
            "<noscript><p>without scripts</p></noscript><template>t</template><select><option>o</select>",
            "&#0;&#13;&#128;&#xD800;&#x10FFFF;&lt;&amp;lt;&nbsp;&NotEqualTilde;\x00\x07\x85\u2028\ufeff\ufffe",
            "x" + "<div>" * 190 + "deep" + "</div>" * 190,
            "- a\n" + "".join("  " * depth + "- b\n" for depth in range(1, 60)),
        ],
    )


def test_chromium_reads_the_same_text_whatever_element_is_left_open(page):
    sources = [source for source, _ in documents(["unclosed", "misnested", "in a table"])]
    compare(page, sources[::4] + [source for source, _ in joined(150, seed=2, sources=sources)])


PARTED = """
names => names.filter(name => {
    document.body.innerHTML = `<${name}>one</${name}><${name}>two</${name}>`;
    return /one\\s+two/.test(document.body.innerText);
})
"""


def test_what_chromium_shows_apart_is_apart_in_the_text(page):
    page.set_content("<!doctype html><body></body>")
    for name in page.evaluate(PARTED, ELEMENTS):
        assert "onetwo" not in render(f"<{name}>one</{name}><{name}>two</{name}>").text, name


def test_a_page_with_an_article_asks_for_nothing(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    document = render(
        "![](https://elsewhere.example/p.png) <img src=//elsewhere.example/q srcset='r 2x'>\n\n<video src=s>"
    )
    page.set_content(f'<!doctype html><div id="article-body">{document.html}</div>')
    page.wait_for_timeout(200)
    assert asked == []
