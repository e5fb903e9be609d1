"""How clippers break Markdown, and how it is cleaned up."""

from itertools import pairwise

import pytest

from archive.text import render
from archive.text.clippings.source import clean
from tests.text.outline import outline

NEWS = """Market data for professionals
* The council seeks a compromise on the bridge
* Residents refuse to move
RIVERTON, May 3 - The city council opened a second round of talks on the old bridge on Tuesday, both sides far apart.
Mayor Ada Quill said the bridge would stay closed until an inspection. It was built in 1911.
Engineers warned in March that two of its piers had moved. "We cannot wait for another flood," one of them said.
A vote is expected next week.
Reporting by Jo Park
A new ferry starts in June
[](https://news.example/riverton/bridge-2031-05-03/</riverton/ferry-starts-june-2031-05-01/>)
Flood wall is late again
[](https://news.example/riverton/bridge-2031-05-03/</riverton/flood-wall-late-2031-04-30/>)
[](https://news.example/riverton/bridge-2031-05-03/<https:/www.sponsor.example/offers/wall?utm=1>)
* [](https://news.example/riverton/bridge-2031-05-03/</riverton/school-roof/>)
School roof repaired before winter
* [](https://news.example/riverton/bridge-2031-05-03/</riverton/bees/>)
Bees return to the park"""


def test_a_news_clipping_reads_as_its_reader_expects():
    document = render(NEWS)
    assert outline(NEWS) == "p ul(li li) p p p p p p p p ul(li li)"
    assert [(link.href, link.text) for link in document.links] == [
        ("https://news.example/riverton/ferry-starts-june-2031-05-01/", "A new ferry starts in June"),
        ("https://news.example/riverton/flood-wall-late-2031-04-30/", "Flood wall is late again"),
        ("https://www.sponsor.example/offers/wall?utm=1", "sponsor.example/…/wall"),
        ("https://news.example/riverton/school-roof/", "School roof repaired before winter"),
        ("https://news.example/riverton/bees/", "Bees return to the park"),
    ]
    assert document.text.count("A new ferry starts in June") == 1


SENTENCES = [
    "A first sentence that is long enough to be a paragraph of its own.",
    "Short one.",
    "A third, again longer than the second.",
]
WRAPPED = """The quick narrator of this paragraph keeps every line at about the same
width, because the editor broke the lines where the next word had no room.
Some of them happen to end with a full stop, as this second sentence does.
Others go on and on until the paragraph is over, which is about here now."""
POEM = "So much depends\nupon a line\nthat ends before\nthe margin does"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\n".join(SENTENCES), "p p p"),
        (WRAPPED, "p"),
        (POEM, "p"),
        ("One sentence stands here.\nAnother one follows it.\n\nA new paragraph begins.\nIt goes on here, too.", "p p"),
        ("Two lines of prose make no rule.\nSo they are one paragraph.", "p"),
        ("\n".join(f"{line}  " for line in SENTENCES), "p"),
        (
            "第一段写在一行里，结束于句号，长度足够成为一段。\n第二段也是这样，只是短一些。\n第三段说明没有空行的文章也能读。",
            "p p p",
        ),
        ("```\n" + "\n".join(SENTENCES) + "\n```", "pre"),
        ("> " + "\n> ".join(SENTENCES), "blockquote(p)"),
        ("## Heading\n" + "\n".join(SENTENCES), "h2 p p p"),
        ("- item\n" + "\n".join(SENTENCES), "ul(li) p p p"),
    ],
)
def test_lines_are_blocks_only_where_they_read_so(source, expected):
    assert outline(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Head\n[](/a)", ["[Head](/a)"]),
        ("Head\n\n[](/a)\n\nText that follows, far too long for a headline. " + "More. " * 40, ["[Head](/a)"]),
        ("[](/a)\nHead", ["[Head](/a)"]),
        (
            "Old bridge falls\n[](/news/ferry-starts-june)\nNew ferry starts",
            ["Old bridge falls", "[New ferry starts](/news/ferry-starts-june)"],
        ),
        ("* [](/a)\nHead", ["* [Head](/a)"]),
        ("Head\n* [](/a)", ["Head", "* [](/a)"]),
        ("# Head\n[](/a)", ["# Head", "[](/a)"]),
        ("[b](/b)\n[](/a)", ["[b](/b)", "[](/a)"]),
        ("```\nHead\n[](/a)\n```", ["```", "Head", "[](/a)", "```"]),
    ],
)
def test_headlines_move_into_links(source, expected):
    assert clean(source.split("\n"))[: len(expected)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[\n\n![A](/a.png)\n\n](/a)\n\nText", ["[![A](/a.png)](/a)", "", "Text"]),
        ("[\n\n![A](/a.png)\n\n](/a)[\n\nWords\n\n](/b)", ["[![A](/a.png)](/a)[Words](/b)"]),
        ("[![A](/a.png)\n\nWords\n\n](/a)", ["[![A](/a.png)Words](/a)"]),
        ("[\n\nHead\n----\n\n### More\n\n](/a)", ["[Head More](/a)"]),
        ("- [\n\n  ![A](/a.png)\n\n  ](/a)\n- b", ["- [![A](/a.png)](/a)", "- b"]),
        ("[1] and [one\n\nTwo](/a)", ["[1] and [one", "", "Two](/a)"]),
        ("a [b\n\n[c](/c)\n\n](/d)", ["a [b[c](/c)](/d)"]),
        ("\\[\n\nx\n\n](/a)", ["\\[", "", "x", "", "](/a)"]),
        ("```\n[\n](/a)\n```", ["```", "[", "](/a)", "```"]),
        ("[\n\n```\nx\n```\n\n](/a)", ["[", "", "```", "x", "```", "", "](/a)"]),
        ("[\n" + "\n" * 50 + "](/a)", ["[", *[""] * 50, "](/a)"]),
    ],
)
def test_torn_links_are_joined(source, expected):
    assert clean(source.split("\n")) == expected


@pytest.mark.parametrize(
    ("source", "math"),
    [
        ("$$\na_1\n- b\\\\\n\n= c\n$$", "$$ a_1 - b\\\\ = c $$"),
        ("$$\na_1\n\\le b\n$$", "$$\na_1\n\\le b\n$$"),
        ("- item\n\n  $$\n  a\n  = b\n  + c\n  $$", "$$ a = b + c $$"),
    ],
)
def test_no_formula_between_lines_of_dollars_is_parted(source, math):
    assert f'<span class="math">{math}</span>' in render(source).html


def test_lines_of_dollars_around_prose_part_it_as_any_other():
    assert outline("$$\n\nprose\n\n- item\n\n$$") == "p p ul(li) p"


@pytest.mark.parametrize("filling", ["\u200b", "\u00a0", "&nbsp;", " \u3000\u00a0 ", "\ufeff"])
def test_paragraphs_of_nothing_but_spaces_are_none(filling):
    assert render(f"one\n\n{filling}\n\ntwo{filling}").html.count("<p>") == 2
    assert filling in render(f"```\n{filling}\n```").text.replace("&nbsp;", filling)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Bring:\n• bread\n• salt", "p ul(li li)"),
        ("• bread\n  ◦ rye\n• salt", "ul(li(ul(li)) li)"),
        ("●\u00a0bread  \n●\u00a0salt", "ul(li li)"),
        ("• Ada Quill\n\n5 min read", "p p"),
        ("Ada • 2nd\n•5", "p"),
        ("```\n• a\n• b\n```", "pre"),
    ],
)
def test_bullets_as_pages_show_them_make_lists(source, expected):
    assert outline(source) == expected


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("[](https://x.example/a/some-thing)", "x.example/…/some-thing"),
        ("[](https://www.x.example/)", "x.example"),
        ("[](https://x.example/a) words beside it", "words beside it"),
        ("words before [](https://x.example/a)", "words before"),
        ("- [](https://x.example/a)\n  words below", "words below"),
        ("### [](https://x.example/a)*Some* words", "Some words"),
        ("Words [](https://x.example/a) on both sides", "x.example/a"),
        ("<a href='https://x.example/a'></a>", "x.example/a"),
    ],
)
def test_no_link_is_without_words(source, words):
    assert [link.text for link in render(source).links] == [words]


@pytest.mark.parametrize(
    ("source", "alt", "text"),
    [
        ("[![](https://x.example/i.png)](https://x.example/a)", "x.example/a", ""),
        ("[![A boat](https://x.example/i.png)](https://x.example/a)", "A boat", ""),
        ("[![](https://x.example/i.png) A headline](https://x.example/a)", "", " A headline"),
        ("<a href='/a'><img src='i.png'></a>", "x.example/a", ""),
    ],
)
def test_a_link_of_a_picture_alone_is_named_by_its_description_and_adds_no_words(source, alt, text):
    document = render(source, base_url="https://x.example/")
    assert [image.alt for image in document.images] == [alt]
    assert document.text.rstrip("\n") == text


@pytest.mark.parametrize(
    "heading",
    [
        "Part *two* [](#part-2)",
        "[](#part-2)Part *two*",
        "Part *two*[¶](https://x.example/guide.html#part-2 'Link to this heading')",
        "[#](#part-2) Part *two*",
        "Part *two*[\u200b](#part-2)",
        "[Part](https://y.example) *two* [](#part-2)",
        "Part *two* {#part-2}",
        "Part *two* {#part-2 .wide}",
    ],
)
def test_a_headings_own_mark_becomes_its_id(heading):
    document = render(f"## {heading}\n\n[to it](#part-2)")
    assert [(heading.id, heading.text) for heading in document.headings] == [("a-part-2", "Part two")]
    assert document.links[-1].href == "#a-part-2"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Part two[*](#note)", "Part two*"),
        ("[#](#part-2)", "#"),
        ("[¶](https://x.example)two", "¶two"),
        ("Two {.unnumbered}", "Two"),
        ("Sets {1, 2}", "Sets {1, 2}"),
        ("{#name}", "{#name}"),
    ],
)
def test_what_else_stands_at_a_headings_edge(heading, text):
    assert [it.text for it in render(f"## {heading}").headings] == [text]


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        ("# The Bridge\n\ntext", "The Bridge", "text"),
        ("# The *Bridge*!\n\ntext", "the bridge", "text"),
        ("# The Bridge\n\ntext", "The Bridge | Riverton News", "text"),
        ("# The Bridge\n\ntext", "The Bridge | by Ada Quill | Jan, 2031 | Medium", "text"),
        ("text\n\n## The Bridge", "The Bridge", "text"),
        ("<h1>The Bridge</h1>\n\ntext", "The Bridge", "text"),
        ("# The Bridge falls\n\ntext", "The Bridge", "The Bridge falls text"),
        ("## Other\n\n## The Bridge\n\ntext", "The Bridge", "Other The Bridge text"),
        ("# The Bridge\n\ntext", None, "The Bridge text"),
    ],
)
def test_a_first_heading_that_repeats_the_title_is_dropped(source, title, text):
    assert " ".join(render(source, title=title).text.split()) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\n\n%%\nhidden\n\nstill\n%%\n\nb", "a b"),
        ("%%one line%%\nb", "b"),
        ("- a\n  id:: 6451234a-1234-1234-1234-123456789abc\n\t- b\n\t  collapsed:: true", "a b"),
        ("- a\n  kind:: x\n\n```\ncollapsed:: true\n```", "a kind:: x collapsed:: true"),
        ("%% never closed\n\nb", "%% never closed b"),
        ("```\n%%\ncode\n%%\n```", "%% code %%"),
        ("    %%\n    code", "%% code"),
    ],
)
def test_comments_are_left_out_and_code_is_left_alone(source, text):
    assert " ".join(render(source).text.split()) == text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("text ^id-1", '<p id="a-id-1">text</p>'),
        ("- item ^it", '<ul><li id="a-it">item</li>\n</ul>'),
        ("> quote\n\n^below", '<blockquote id="a-below"><p>quote</p>\n</blockquote>'),
        ("E = x ^2", "<p>E = x ^2</p>"),
        ("`code ^id`", "<p><code>code ^id</code></p>"),
    ],
)
def test_block_ids(source, html):
    assert render(source).html.strip() == html


def test_callouts():
    assert render("> [!Warning]- Mind *this*\n> body").html == (
        '<blockquote class="callout callout-warning"><p class="callout-title">Mind <em>this</em></p>\n'
        "<p>body</p>\n</blockquote>"
    )
    assert render("> [!tip]\n> - a").text == "Tip\na\n"
    assert 'callout-note"><p class="callout-title">Aside' in render("> [!note|left wide] Aside\n> body").html
    assert "callout" not in render("> [note] none").html


@pytest.mark.parametrize(
    "source", ["# a\n## b\n#### c\n## d", "### a\n#### b\n###### c\n#### d", "<h1>a</h1>\n\n#### b"]
)
def test_headings_stay_below_the_pages_own_and_leave_no_gap(source):
    document = render(source)
    assert "<h1" not in document.html
    levels = [heading.level for heading in document.headings]
    assert levels[0] == 2
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_headings_without_an_h1_keep_their_elements():
    assert [line[:3] for line in render("## a\n### b").html.splitlines()] == ["<h2", "<h3"]


def test_equal_headings_get_ids_of_their_own():
    assert [heading.id for heading in render("## Über uns\n## Über uns").headings] == ["a-über-uns", "a-über-uns-2"]
