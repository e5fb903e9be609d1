"""Nothing that a stranger wrote runs, loads, or gets out of the article's box."""

import re

import pytest

from archive.text import LocalImage, render
from archive.text.names import names
from tests.text.test_text_content import Outline

ATTACKS = [
    "<script>alert(1)</script>",
    "text <script src=//x.example></script> text",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=x></object><embed src=x><applet code=x></applet>",
    "<form action=//x.example><input name=q autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>b</form>",
    "<a href=javascript:alert(1)>x</a> <a href='jav&#x0A;ascript:alert(1)'>y</a> <a href=' &#1;javascript:x'>z</a>",
    "[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](java\\script:alert(1)) [d](&#106;avascript:alert(1))",
    "[a](vbscript:x) [b](data:text/html;base64,PHNjcmlwdD4=) ![c](javascript:alert(1)) <javascript:alert(1)>",
    "[a]\n\n[a]: javascript:alert(1)",
    '[a](/x"onmouseover="alert(1)) ![b](/x"onerror="alert(1)) [c](/x "t"onclick="alert(1)")',
    "<style>body{display:none}</style><p style='position:fixed'>x</p><link rel=stylesheet href=//x.example>",
    "<meta http-equiv=refresh content=0><base href=//x.example><title>t</title>",
    "<p id=article-body name=body class='page-header htmx-request'>x</p><img name=cookie><form id=createElement>",
    "<div hx-get=/accounts/delete hx-trigger=load data-action=x tabindex=1 contenteditable accesskey=a>x</div>",
    "</div></article></main></body><header>x</header>",
    '```"><script>alert(1)</script>\ncode\n```',
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<details open ontoggle=alert(1)><summary onclick=alert(1)>x</summary></details>",
    "<video src=//x.example/v poster=//x.example/p><source src=x onerror=alert(1)></video><audio autoplay src=x>",
    "<a href=https://x.example target=_blank rel=opener download ping=//y.example>x</a>",
    "<template><script>alert(1)</script></template><frameset onload=alert(1)><plaintext>",
    "<table background=//x.example/b><td background=//x.example/c></table><body background=x>",
    "{{<img src=x onerror=alert(1)>}} %%<script>alert(1)</script>%% ==<script>alert(1)</script>==",
    '[[x|<img src=x onerror=alert(1)>]] ![[x" onerror="alert(1).png]] [^1]\n\n[^1]: <script>alert(1)</script>',
    '> [!x" onclick="alert(1)] t\n\n> [!note] <script>alert(1)</script>',
    "<!--><script>alert(1)</script>--> <![CDATA[<script>alert(1)</script>]]> <?x <script>alert(1)</script>?>",
]
KNOWN_ATTRIBUTES = names(
    "href rel id class title lang dir src data-remote-src alt loading width height type disabled checked aria-label "
    "aria-level hidden start reversed value colspan rowspan scope datetime open tabindex role"
)


@pytest.mark.parametrize("source", ATTACKS)
def test_attacks_come_to_nothing(source):
    document = render(
        source, base_url="https://site.example/", resolve_image=lambda address: LocalImage("/attachments/1")
    )
    outline = Outline(document.html)
    assert outline.open == []
    for name, value in outline.attributes:
        assert name in KNOWN_ATTRIBUTES
        if name in ("href", "src", "data-remote-src"):
            assert re.match(r"https?://|mailto:|#a-|/attachments/", value)
        if name == "id":
            assert value.startswith("a-")
        if name == "class":
            assert not re.search(r"page|htmx", value)


def test_links_to_elsewhere_say_nothing_and_keep_their_distance():
    html = render("[a](https://x.example) <a href=//y.example rel=opener>b</a>").html
    assert html.count('rel="noopener noreferrer nofollow"') == 2
    assert "target" not in html


def test_what_markup_holds_is_not_lost_with_it():
    source = "<form>in a form</form>\n\n<center>centred</center> <blink>old</blink>\n\nthe <script> tag\n\nand the rest"
    text = render(source).text
    for words in ("in a form", "centred", "old", "the <script> tag", "and the rest"):
        assert words in text


def test_a_player_becomes_a_link():
    document = render("<iframe src='https://video.example/v/1' title='A film'></iframe>")
    assert [(link.href, link.text) for link in document.links] == [("https://video.example/v/1", "A film")]
