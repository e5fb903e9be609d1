"""Sources for testing the renderer: random combinations of Markdown and HTML, and what a browser reads."""

import re

from bleach import html5lib_shim
from hypothesis import strategies as st

MARKDOWN = [
    *("- ", "* ", "1. ", "2) ", "> ", ">", "    ", "  ", "\t", "# ", "### ", "```", "~~~", "---", "===", "***"),
    *("| a | b |", "|---|---|", "|", "a|b", ":-:", "*", "**", "_", "~~", "==", "`", "``", "\\", "![", "[", "](", ")"),
    *("[l](https://a.example/x)", "[](https://a.example/b/c)", "![i](j.png)", "![[k.png]]", "[[m|n]]", "[^1]"),
    *(
        "[^1]: ",
        "[r]: /u",
        "[r]",
        "https://b.example/(x)",
        "www.c.example",
        "d@e.example",
        "%%",
        "{{< f >}}",
        "{% g %}",
    ),
    *("> [!note] t", "- [ ] ", "- [x] ", "&amp;", "&lt;", "&#13;", "&#0;", "&nbsp;", "&copy", "<", ">", "&", '"', "'"),
    "^h1",
]
HTML = [
    *("<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "<a id=y>", "</a>", "<br>"),
    *(
        "<pre>\n",
        "<pre>",
        "</pre>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th>",
        "<caption>",
        "<tbody>",
        "<col>",
    ),
    *("<ul>", "<li>", "</ul>", "<dl>", "<dd>", "<h2>", "</h2>", "<h1 id=z>", "<hr>", "<img src=q>", "<span class=c>"),
    *("<script>", "</script>", "<style>", "</style>", "<title>", "</title>", "<textarea>", "</textarea>", "<select>"),
    *("<option>", "<svg>", "</svg>", "<math>", "<mi>", "<template>", "</template>", "<noscript>", "</noscript>"),
    *("<iframe src=//v.example>", "</iframe>", "<form>", "<input>", "<button>", "<object>", "<details>", "<summary>"),
    *("<!--", "-->", "<!", "<?", "?>", "<![CDATA[", "]]>", "<x-y>", "<plaintext>", "<frameset>", "<body>", "</body>"),
    *("<ruby>", "<rt>", "<nobr>", "<marquee>", "<font>", '<p title="', '<a href="'),
]
WORDS = ["a", "word", "Sentence.", "é", "中文", "«", "\U0001f600", "ـ", "x_y", "\u2028", "\x85", "\x0b", "\x1c"]
ENDS = ["\n", "\n\n", " ", "  \n", "\r\n", "\r", "\x00", ""]

markdown = st.lists(st.sampled_from(MARKDOWN + WORDS + ENDS * 4), max_size=30).map("".join)
mixed = st.lists(st.sampled_from(MARKDOWN + HTML * 2 + WORDS + ENDS * 5), max_size=30).map("".join)
anything = st.one_of(markdown, mixed, st.text(max_size=200))

_LINE_END_AFTER_PRE = re.compile(r"(<pre[^>]*>)\n")
_parser = html5lib_shim.HTMLParser(namespaceHTMLElements=False)


def text_content(html: str) -> str:
    """The textContent of an element with this content, according to the HTML standard's parser.

    Within tables, html5lib does not drop a line end right after <pre>; an empty comment stands in for it.
    """
    return "".join(_parser.parseFragment(_LINE_END_AFTER_PRE.sub(r"\1<!---->", html)).itertext())
