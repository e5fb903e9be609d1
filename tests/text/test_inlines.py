"""Inline syntax: CommonMark, GitHub's additions, and those of note-taking apps."""

import re

import pytest

from archive.text import Link, render

REL = ' rel="noopener noreferrer nofollow"'


def inline(source: str, **options) -> str:
    html = render(source, **options).html.replace(REL, "").strip()
    return re.sub(r"\A<p>(.*)</p>\Z", r"\1", html, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a* _b_ **c** __d__", "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("*a **b***", "<em>a <strong>b</strong></em>"),
        ("snake_case_name and a*b*c", "snake_case_name and a<em>b</em>c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**not closed", "**not closed"),
        ("~~gone~~ ~one~", "<del>gone</del> <del>one</del>"),
        ("10~20 min, 30~40 min, 3~5月和6~7月, H~2~O", "10~20 min, 30~40 min, 3~5月和6~7月, H~2~O"),
        ("==marked== x==y==z", "<mark>marked</mark> x==y==z"),
        ("== no == ==no ==", "== no == ==no =="),
        ("==**重点：**==后面", "<mark><strong>重点：</strong></mark>后面"),
        ("**重点：**后面", "<strong>重点：</strong>后面"),
        ("**「引用」**以及", "<strong>「引用」</strong>以及"),
        ("他说**“你好”**然后走", "他说<strong>“你好”</strong>然后走"),
        ("그는**'안녕'**이라고 했다", "그는<strong>'안녕'</strong>이라고 했다"),
        ('คำ**"หนา"**ต่อ', 'คำ<strong>"หนา"</strong>ต่อ'),
        ("**Note:**so **it** is", "<strong>Note:</strong>so <strong>it</strong> is"),
        ("(see **a**)**b** c", "(see <strong>a</strong>)<strong>b</strong> c"),
        ("Note:**so** it is", "Note:<strong>so</strong> it is"),
        ("这*(也)*是", "这<em>(也)</em>是"),
        ('he said**"hello"**and left', 'he said**"hello"**and left'),
        ("`a*b*` ``c`d`` ` e `", "<code>a*b*</code> <code>c`d</code> <code>e</code>"),
        ("`not closed ``", "`not closed ``"),
        (r"\*a\* \`b\` \q", r"*a* `b` \q"),
        ("&copy; &#x41; &unknown; &amp;lt;", "© A &amp;unknown; &amp;lt;"),
        ("a  \nb\\\nc\nd", "a<br>\nb<br>\nc d"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ],
)
def test_text_and_emphasis(source, expected):
    assert inline(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](https://x.example/y)", '<a href="https://x.example/y">a</a>'),
        ('[a](https://x.example "T")', '<a title="T" href="https://x.example">a</a>'),
        ("[a](https://x.example/b_(c))", '<a href="https://x.example/b_(c)">a</a>'),
        ("[a](<https://x.example/b c>)", '<a href="https://x.example/b%20c">a</a>'),
        ("[*a* `b`](https://x.example)", '<a href="https://x.example"><em>a</em> <code>b</code></a>'),
        ("[a [b](https://x.example) c](/y)", '[a <a href="https://x.example">b</a> c](/y)'),
        ("[a] (https://x.example)", '[a] (<a href="https://x.example">https://x.example</a>)'),
        ("[A][R] [r][] [r]\n\n[r]: https://x.example", " ".join(f'<a href="https://x.example">{t}</a>' for t in "Arr")),
        ("[see https://y.example](https://x.example)", '<a href="https://x.example">see https://y.example</a>'),
        ("[https://x.example](https://x.example)", '<a href="https://x.example">https://x.example</a>'),
        (r"https://x.example/a\_b", '<a href="https://x.example/a_b">https://x.example/a_b</a>'),
        (r"[https://x.example/a\_b](https://x.example/)", '<a href="https://x.example/">https://x.example/a_b</a>'),
        ("<https://x.example/a>", '<a href="https://x.example/a">https://x.example/a</a>'),
        ("<a@x.example>", '<a href="mailto:a@x.example">a@x.example</a>'),
        ("(https://x.example/a).", '(<a href="https://x.example/a">https://x.example/a</a>).'),
        ("www.x.example/a_b, a", '<a href="http://www.x.example/a_b">www.x.example/a_b</a>, a'),
        ("a.b_c@x.example.", '<a href="mailto:a.b_c@x.example">a.b_c@x.example</a>.'),
        ("访问https://x.example/路，然后", '访问<a href="https://x.example/路">https://x.example/路</a>，然后'),
        ("`https://x.example`", "<code>https://x.example</code>"),
        (r"$\{x_1\}$ and $y_2$", r'<span class="math">$\{x_1\}$</span> and <span class="math">$y_2$</span>'),
        (r"\(\frac{a}{b} * c * d\)", r'<span class="math">\(\frac{a}{b} * c * d\)</span>'),
        ("\\[\nx^{2} \\le *y*\n\\]", '<span class="math">\\[\nx^{2} \\le *y*\n\\]</span>'),
        (
            r"[\[1\]](https://x.y) \[_sic_\] f\(x\)",
            '<a href="https://x.y">[1]</a> [<em>sic</em>] f(x)',
        ),
        (
            r"\begin{align}a_1 &= *b* \\ c\end{align} *d*",
            r'<span class="math">\begin{align}a_1 &amp;= *b* \\ c\end{align}</span> <em>d</em>',
        ),
        (r"\begin{align} *a*", r"\begin{align} <em>a</em>"),
        ("$$a_1 * b\n= c_2$$", '<span class="math">$$a_1 * b\n= c_2$$</span>'),
        ("$5 and *$6* and $_a$7", "$5 and <em>$6</em> and $_a$7"),
        ("$5 [a_b](https://x.example/) c$", '$5 <a href="https://x.example/">a_b</a> c$'),
        ("$$ *a*", "$$ <em>a</em>"),
        (
            "[[a/[Java] b.md|words]] [[[c] d]]",
            '<span class="wikilink">words</span> <span class="wikilink">[c] d</span>',
        ),
        ("[[Page]] [[Page#Part|words]]", '<span class="wikilink">Page</span> <span class="wikilink">words</span>'),
        ("[[1]](https://x.example)", '<a href="https://x.example">[1]</a>'),
        ("a %%hidden%% b 50%% off", "a  b 50%% off"),
        ('{{< fig src="<b>" >}}', '<span class="shortcode">{{&lt; fig src="&lt;b&gt;" &gt;}}</span>'),
        ("{% raw %} `{{ code }}`", '<span class="shortcode">{% raw %}</span> <code>{{ code }}</code>'),
        ("H<sub>2</sub>O a<br/>b", "H<sub>2</sub>O a<br>\nb"),
        ("the <title> tag and more", "the &lt;title&gt; tag and more"),
    ],
)
def test_links_and_additions(source, expected):
    assert inline(source) == expected


def test_footnotes_are_numbered_by_first_use_and_unused_ones_are_kept():
    document = render("a[^second] b[^first] c[^second]\n\n[^first]: One\n[^second]: Two\n[^never]: Three")
    assert document.text.split() == ["a1", "b2", "c1", "Two", "↩", "↩2", "One", "↩", "Three"]
    for target in re.findall(r'href="#([^"]+)"', document.html):
        assert f'id="{target}"' in document.html


def test_task_lists_have_checkboxes_that_say_what_they_mean():
    html = render("- [ ] open\n- [x] closed\n- [y] neither").html
    assert re.findall(r"<input[^>]*>", html) == [
        '<input type="checkbox" disabled="" aria-label="to do">',
        '<input type="checkbox" disabled="" aria-label="done" checked="">',
    ]
    assert "[y] neither" in html


def test_links_are_listed_with_their_words():
    assert render("[a *b*](https://x.example)").links == (Link("https://x.example", "a b"),)
