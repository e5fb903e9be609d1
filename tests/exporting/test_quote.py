"""A quoted passage in Markdown, parsed by cmark-gfm: the same words in the same kinds of blocks."""

import random
import re
import shutil
import subprocess
from itertools import groupby

import pytest

from archive.exporting.quote import as_markdown
from archive.text import render
from archive.text.excerpt import Excerpts, Part

KINDS = {
    "paragraph": "{0} and {1}",
    "wrapped": "{0} and\n{1}",
    "lines": "{0}  \n{1}\\\nend",
    "two paragraphs": "{0}\n\n{1}",
    "heading": "## {0}\n\n{1}",
    "bullets": "- {0}\n- {1}\n- end",
    "loose bullets": "- {0}\n\n- {1}\n\n  more",
    "numbers": "7. {0}\n8. {1}\n9. end",
    "nested": "- {0}\n  - {1}\n    1. deep\n- end",
    "two lists": "- {0}\n\n<!-- -->\n\n- {1}",
    "tasks": "- [x] {0}\n- [ ] {1}",
    "quote": "> {0}\n>\n> > {1}\n\nend",
    "quoted list": "> - {0}\n> - {1}",
    "table": "| head {0} | b |\n| --- | --- |\n| {1} | 2 |\n| 3 | 4 |",
    "emphasis": "*{0}* x **{1}**",
    "link": "[{0}](https://e.example/a_(b) \"t\") {1}",
    "callout": "> [!note] {0}\n> {1}",
    "footnote": "{0}[^1] then {1}\n\n[^1]: foot",
}  # fmt: skip

# Text as an article shows it; the source escapes what Markdown would interpret.
SIGNS = r"""
Use List<String> now
# not a heading
1986. A great year.
12) points
__init__ and _x_
\(x^2\)
~~5~~
a * b * c
*x*
- minus
+ plus
> more
===
---
| a | b
&copy; &amp; &#35;
[x](y) [^1] [[z]]
![alt](src)
`tick` ``two``
C:\new\
$x$ and $$y$$
==mark==
%% hidden %%
#tag #two
: definition
<!-- c --> <b>
https://e.example/a_b_c?x=1&y=2
me_too@e.example
www.e_f.example/a_b
mailto:a_b@e.example
http://
{.class} {{ x }}
“quotes” – dash…
日本語の*強調*です
שלום *עולם*
    spaces    within
^id
a^2^ b~2~
~~~
```
***
1.
-
[ ] task
@cite
?
!!! note
::: box
\
end\
&
<
a]b[c
""".strip("\n").split("\n")
SIGNS.append("x\u2028y\x85z")
CODE = [
    "```python\nx = '`'\n\n  y # z\n```",
    "    indented\n    ``` code",
    "~~~\n```\na\n```\n~~~",
    "`a|b` and `` ` `` and `<b>`",
]

Leaf = tuple[tuple[str, ...], str]


def escaped_source(text):
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def sources():
    chance = random.Random(14)
    for kind in KINDS.values():
        for _ in range(10):
            yield kind.format(*map(escaped_source, chance.sample(SIGNS, 2)))
    for sign in SIGNS:
        yield escaped_source(sign)
    for code in CODE:
        yield f"before\n\n{code}\n\nafter"


def passages():
    """Each source as a whole, and a passage of it that begins and ends at words."""
    chance = random.Random(41)
    for source in sources():
        text = render(source).text
        words = list(re.finditer(r"\S+", text))
        if words:
            first, last = sorted(chance.choices(words, k=2), key=re.Match.start)
            yield source, 0, len(text)
            yield source, first.start(), last.end()


def leaves(part, path=(), lists=None) -> list[tuple[int, tuple[str, ...], str]]:
    """The pieces of text, each with its enclosing blocks and a number for the innermost."""
    found = []

    def walk(part, path, block):
        for child in part.children:
            if isinstance(child, str):
                found.append((block, path, child))
                continue
            name = child.name
            if name == "ol":
                name = f"ol from {next(item.number for item in child.children if isinstance(item, Part))}"
            if name in ("p", "div", "caption", "section", "figure"):
                walk(child, path, id(child))
            elif name in ("ul", "li", "blockquote", "pre", "table", "tr", "td", "th") or name[:2] in ("ol", "h1", "h2"):
                walk(child, (*path, "td" if name == "th" else name), id(child))
            else:
                walk(child, path, block)

    walk(part, (), 0)
    return found


def blocks(part) -> list[Leaf]:
    grouped = groupby(leaves(part), key=lambda leaf: leaf[:2])
    joined = [(path, "".join(text for _, _, text in group)) for (_, path), group in grouped]
    return [
        (path, text.strip("\n") if "pre" in path else " ".join(text.split())) for path, text in joined if text.strip()
    ]


def without_a_lone_cell(found: list[Leaf]) -> list[Leaf]:
    """A passage within one table cell is a paragraph."""
    tables = [path for path, _ in found if "table" in path]
    if len(tables) != 1:
        return found
    return [(path[: path.index("table")] if "table" in path else path, text) for path, text in found]


@pytest.fixture(scope="module")
def by_cmark():
    """cmark-gfm's output for many documents in one run, separated by a heading that no passage contains."""
    if shutil.which("cmark-gfm") is None:
        pytest.skip("cmark-gfm is not on this machine")
    cases = list(passages())
    written = [as_markdown(Excerpts(render(source).html).cut(start, end)) for source, start, end in cases]
    command = ["cmark-gfm", "--unsafe", *["-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tasklist"]]
    html = subprocess.run(
        command, input="\n\n###### @@@\n\n".join(written), capture_output=True, text=True, check=True
    ).stdout
    return list(zip(cases, written, html.split("<h6>@@@</h6>"), strict=True))


def test_words_and_blocks_are_those_of_the_passage(by_cmark):
    assert len(by_cmark) > 400
    for (source, start, end), written, html in by_cmark:
        expected = without_a_lone_cell(blocks(Excerpts(render(source).html).cut(start, end)))
        reader = Excerpts(html)
        assert blocks(reader.cut(0, len(html))) == expected, (source, start, end, written)
