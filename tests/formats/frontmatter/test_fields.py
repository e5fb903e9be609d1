"""Which key gives which field."""

import pytest

from archive.formats.frontmatter import parse

URL = "https://example.org/a"


def fields(yaml: str):
    return parse(f"---\n{yaml}\n---\n").fields


@pytest.mark.parametrize(
    "key",
    [
        "source",
        "url",
        "original_url",
        "source_url",
        "link",
        "canonical",
        "Source",
        "URL",
        "Original URL",
        "source-url",
        "sourceURL",
        "webClipUrl",
        "omnivore_url",
    ],
)
def test_keys_of_the_source(key):
    assert fields(f"{key}: {URL}") == {"source_url": URL}


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (f"omnivore_url: https://omnivore.example/x\noriginal_url: {URL}", {"source_url": URL}),
        (f"webClipUrl: https://clips.example/x\nurl: {URL}", {"source_url": URL}),
        (f"link: ['[[a]]', '[[b]]']\ncanonical: {URL}", {"source_url": URL}),
        ("link: ['[[a]]', '[[b]]']", {}),
        (f"source: example.org\nurl: {URL}", {"source_url": URL, "site": "example.org"}),
        (f"source: The Guardian\nurl: {URL}", {"source_url": URL, "site": "The Guardian"}),
        ("source: chrome-extension://abc/reader.html", {}),
        (f"source: other\nsite: Example\nurl: {URL}", {"source_url": URL, "site": "Example"}),
        (f"source: ['{URL}', 'https://example.org/b']", {"source_url": URL}),
        ("source: [A page](https://example.org/a)", {"source_url": URL}),
        ("source: file:///home/x.html", {}),
    ],
)
def test_which_source_wins(yaml, expected):
    assert fields(yaml) == expected


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JavaScript:alert(1)"])
def test_an_unsafe_source_is_left_out_and_told(url):
    parsed = parse(f"---\ntitle: X\nsource: {url}\n---\n")
    assert parsed.fields == {"title": "X"}
    assert parsed.metadata["source"] == url
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(3, "unsafe-url")]


@pytest.mark.parametrize(
    ("yaml", "site"),
    [
        ("site: Example", "Example"),
        ("site_name: '[[Example]]'", "Example"),
        ("publisher: {name: Example, url: 'https://example.org'}", "Example"),
        ("publisher: https://www.example.org/about", "example.org"),
        ("domain: example.org", "example.org"),
        ("domain: networking", None),
        ("site:\npublisher: Example", "Example"),
        ("site: '{{site}}'", None),
    ],
)
def test_site(yaml, site):
    assert fields(yaml).get("site") == site


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("Title: X", {"title": "X"}),
        ("title: 1984", {"title": "1984"}),
        ("title: true", {"title": "true"}),
        ("title: Unknown", {"title": "Unknown"}),
        ("title: '{{title}}'", {}),
        ("title: |\n  Two\n  lines", {"title": "Two lines"}),
        ("title:\nfull title: X", {"title": "X"}),
        ("excerpt: A\ndescription: B", {"description": "B"}),
        ("summary: A", {"description": "A"}),
        ("byline: By Jane Doe", {"authors": ["Jane Doe"]}),
        ("author: unknown\ncreator: Jane Doe", {"authors": ["Jane Doe"]}),
        ("lang: de", {"language": "de"}),
        ("language: zh_cn", {"language": "zh-CN"}),
        ("language: EN-us", {"language": "en-US"}),
        ("language: en_US.UTF-8", {"language": "en-US"}),
        ("language: zh-hant-tw", {"language": "zh-Hant-TW"}),
        ("language: Deutsch", {"language": "de"}),
        ("language: English (United States)", {"language": "en"}),
        ("language: ger", {"language": "de"}),
        ("language: 日本語", {"language": "ja"}),
        ("language: 简体中文", {"language": "zh-Hans"}),
        ("language: 繁體中文", {"language": "zh-Hant"}),
        ("language: en, de", {"language": "en"}),
        ("language: [fr, de]", {"language": "fr"}),
        ("language: cn", {"language": "zh"}),
        ("language: ua", {"language": "uk"}),
        ("language: in", {"language": "id"}),
        ("language: mul", {"language": "mul"}),
        ("word_count: 1275", {"word_count": 1275}),
        ("wordCount: '1,275 words'", {"word_count": 1275}),
        ("words: many", {}),
        ("image: /a.png", {"image": "/a.png"}),
        ("cover: '![A boat](https://example.org/a.png)'", {"image": "https://example.org/a.png"}),
        ("cover: '![[a.png|300]]'", {"image": "a.png"}),
        ("cover:\n  image: a.png\n  alt: x", {"image": "a.png"}),
        ("image: data:image/png;base64,AAAA", {"image": "data:image/png;base64,AAAA"}),
        ("slug: x\nlayout: post", {}),
    ],
)
def test_other_fields(yaml, expected):
    assert fields(yaml) == expected


def test_a_language_that_is_not_determined_is_left_to_the_text_without_a_word():
    parsed = parse("---\nlang: und\n---\n")
    assert (parsed.fields, parsed.problems) == ({}, [])


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("language: the usual", "unknown-language"),
        ("image: javascript:alert(1)", "unsafe-url"),
        ("author: '{{author}}'", "placeholder"),
    ],
)
def test_what_cannot_be_used_is_told(yaml, code):
    parsed = parse(f"---\n{yaml}\n---\n")
    assert parsed.fields == {}
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(2, code)]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: A &amp; B &#8211; C", {"title": "A & B – C"}),
        ("title: <strong>Bold</strong> and <span style='x'><em>deep</em></span>", {"title": "Bold and deep"}),
        ("title: The <canvas> element", {"title": "The <canvas> element"}),
        ("title: Use &lt;b&gt; and Q&A", {"title": "Use <b> and Q&A"}),
        ("title: \u202egpj.\u200bexe", {"title": "gpj.exe"}),
        ("pagetitle: Page", {"title": "Page"}),
        ("description: it&#39;s", {"description": "it's"}),
        ("doi: 10.1146/annurev.x.102308", {"source_url": "https://doi.org/10.1146/annurev.x.102308"}),
        (f"doi: 10.1146/x\nurl: {URL}", {"source_url": URL}),
        ("source: /api/v1/pages", {}),
        ("source: notes/raw/page.md", {}),
        (f"source_domain: example.org\nurl: {URL}", {"source_url": URL, "site": "example.org"}),
        ("host: Jane Doe", {}),
        ("labels: [a, b]\nhashtags: '#c'", {"tags": ["a", "b", "c"]}),
        ("tags:\n- type: essay\n- plain", {"tags": ["type: essay", "plain"]}),
        ("image:\n  path: /a.png\n  title: A picture", {"image": "/a.png"}),
        ("image:\n  alt: A picture\n  url: /a.png", {"image": "/a.png"}),
        ("banner: true\nthumbnail: a.png", {"image": "a.png"}),
        (
            f"标题: 文章\n作者: 张三\n来源: 新华社\n链接: {URL}\n标签: [甲, 乙]",
            {"title": "文章", "authors": ["张三"], "site": "新华社", "source_url": URL, "tags": ["甲", "乙"]},
        ),
        (
            f"Titel: Ein Text\nAutor: Ada Bach\nQuelle: {URL}\nSchlagwörter: a, b",
            {"title": "Ein Text", "authors": ["Ada Bach"], "source_url": URL, "tags": ["a", "b"]},
        ),
    ],
)
def test_what_a_value_means(yaml, expected):
    assert fields(yaml) == expected


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        ("---\ntitle: 'A'\nog:x: y\n\n---\nBody", {"title": "A"}),
        ("---\ntitle: A\nog:x:y: z\n\n\n---\nBody", {"title": "A"}),
        ("---\nuploader: Ann Lee\nOrigin: The Post\n---\nB", {"authors": ["Ann Lee"], "site": "The Post"}),
        ("---\nchannel: Science\n---\nB", {"authors": ["Science"]}),
        ("---\nbookmarkOf: https://a.example/x\n---\nB", {"source_url": "https://a.example/x"}),
        ("title:: short\nfull-title:: The full title\n\n- b", {"title": "The full title"}),
        (
            "[#]: via: (https://a.example/x)\n[#]: subject: (A subject)\n\nText",
            {"title": "A subject", "source_url": "https://a.example/x"},
        ),
        ("[#]: subject: (A subject)\n[#]: author: (Ann)\n\n# 题目\n\nText", {"authors": ["Ann"]}),
        ("Text.\n\n---\n\nvia: https://a.example/x\n\n作者：[Ann][a]\n", {"source_url": "https://a.example/x"}),
        ("Text.\n\nvia: https://a.example/x", {"source_url": "https://a.example/x"}),
        ("Text via: https://a.example/x", {}),
        (
            "> * 原文地址：[A title](https://a.example/x)\n> * 原文作者：[Ann](https://a.example/ann)\n\n正文",
            {"source_url": "https://a.example/x", "authors": ["Ann"]},
        ),
        ("> 原文链接: https://a.example/x?b=1\\#rd\n\n正文", {"source_url": "https://a.example/x?b=1#rd"}),
        ("---\nwordpress_url: http://a.example/?p=319\n---\nB", {"source_url": "http://a.example/?p=319"}),
        ("---\narxiv_id: 2509.16120\n---\nB", {"source_url": "https://arxiv.org/abs/2509.16120"}),
        ("---\narxiv: arXiv:2301.00001v2\n---\nB", {"source_url": "https://arxiv.org/abs/2301.00001v2"}),
        ("---\narxiv: 2509\n---\nB", {}),
        ("---\nseo_title: Tides\npost_author: Ann Lee\n---\nB", {"title": "Tides", "authors": ["Ann Lee"]}),
        ("---\nseo_title: Tides | A\ntitle: Tides\n---\nB", {"title": "Tides"}),
        ("---\ntitle_en: Tides\ntitle_pt: Marés\n---\nB", {"title": "Tides"}),
        ("---\noriginal_author: Ann Lee\nauthor: Bo Ek\n---\nB", {"authors": ["Bo Ek"]}),
        ("---\noriginal_author: Ann Lee\nblog_title: Sea\n---\nB", {"authors": ["Ann Lee"], "site": "Sea"}),
        ("---\ntags: [O\u0308konomie, \u00d6konomie]\n---\nB", {"tags": ["\u00d6konomie"]}),
        ("---\nauthor: Bjo\u0308rn Bu\u0308ch\n---\nB", {"authors": ["Bj\u00f6rn B\u00fcch"]}),
        ("---\nsite: Zu\u0308ri\n---\nB", {"site": "Z\u00fcri"}),
    ],
)
def test_what_other_programs_write(raw, fields):
    front = parse(raw)
    assert front.fields == fields
    assert front.problems == []


def test_the_day_of_the_upload_comes_before_a_later_date():
    fields = parse("---\nupload_date: 20200102\ndate: 2021-05-06\n---\nB").fields
    assert fields["published"].date.isoformat() == "2020-01-02"
