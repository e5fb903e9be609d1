"""Titles without the publication's name, and titles found elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.frontmatter import title_and_publication, title_from_body, title_from_filename


@pytest.mark.parametrize(
    ("title", "site", "url", "expected"),
    [
        ("News | Reuters", None, "https://www.reuters.com/world/", ("News", "Reuters")),
        ("News - Reuters", "Reuters", None, ("News", "Reuters")),
        ("News — Reuters", "Thomson Reuters", "https://www.reuters.com/", ("News", "Thomson Reuters")),
        ("News – BBC News", None, "https://www.bbc.co.uk/news/1", ("News", "BBC News")),
        ("News - The New York Times", None, "https://www.nytimes.com/x", ("News", "The New York Times")),
        ("News | Financial Times", None, "https://www.ft.com/x", ("News", "Financial Times")),
        ("News - Nikkei Asia", None, "https://asia.nikkei.com/x", ("News", "Nikkei Asia")),
        ("News | The Guardian", None, "https://www.theguardian.com/x", ("News", "The Guardian")),
        ("Nachricht - DER SPIEGEL", None, "https://www.spiegel.de/x", ("Nachricht", "DER SPIEGEL")),
        ("Article - Le Monde", None, "https://www.lemonde.fr/x", ("Article", "Le Monde")),
        ("Thread - V2EX", None, "https://www.v2ex.com/t/1", ("Thread", "V2EX")),
        ("News | reuters.com", None, "https://www.reuters.com/x", ("News", "reuters.com")),
        ("News | Reuters", "www.reuters.com", None, ("News", "www.reuters.com")),
        ("A | B | Reuters", None, "https://www.reuters.com/", ("A | B", "Reuters")),
        ("ニュース｜Example", "Example", None, ("ニュース", "Example")),
        ("Chapter 2 | A Philosophy of Design", None, "https://books.github.io/x", ("Chapter 2 | A Philosophy of Design",
                                                                                 "books.github.io")),
        ("C - fscanf()", None, "https://www.tutorialspoint.com/c", ("C - fscanf()", "tutorialspoint.com")),
        ("Start - Python for beginners", None, "https://python.org/x", ("Start - Python for beginners", "python.org")),
        ("What is News - News", "BBC News", None, ("What is News - News", "BBC News")),
        ("AI Coding - 10 Tips", None, "https://dev.to/x", ("AI Coding - 10 Tips", "dev.to")),
        ("Networks | Econ Technologies, Inc.", None, "https://www.econtechnologies.com/x",
         ("Networks", "Econ Technologies, Inc.")),
        ("On Locks. And gates | by Ada Quill | Jan, 2031 | Medium", None, "https://medium.com/@ada/locks",
         ("On Locks. And gates", "Medium")),
        ("On Locks | by Ada Quill | Lock Notes", None, "https://locknotes.example/a", ("On Locks", "Lock Notes")),
        ("Reuters", "Reuters", None, ("Reuters", "Reuters")),
        ("- Reuters", "Reuters", None, ("- Reuters", "Reuters")),
        ("well-known-Reuters", "Reuters", None, ("well-known-Reuters", "Reuters")),
        ("Plain", None, None, ("Plain", None)),
        ("  Two\n lines ", None, None, ("Two lines", None)),
        ("****Bold 标题**** - V2EX", None, "https://www.v2ex.com/t/1", ("Bold 标题", "V2EX")),
        ("The __init__ of *args and **kwargs", None, None, ("The __init__ of *args and **kwargs", None)),
    ],
)  # fmt: skip
def test_title_and_publication(title, site, url, expected):
    assert title_and_publication(title, site, url) == expected


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# One\n\n# Two", "One"),
        ("Text\n\n## Two", "Two"),
        ("Title\n=====\n\nText", "Title"),
        ("Title\n---\nText", "Title"),
        ("- item\n---\n# H", "H"),
        ("\n---\n# H", "H"),
        ("#hashtag\n\n# H", "H"),
        ("```\n# comment\n```\n# H", "H"),
        ("~~~ sh\n# comment\n```\n~~~\n# H", "H"),
        ("# H #", "H"),
        ("# a\\_b &amp; c", "a_b & c"),
        ("## Metadata\n\n## Highlights\n\n# H", "H"),
        ("# C#", "C#"),
        ("#\n# H", "H"),
        ("# **Bold** and `__init__` and [link](https://example.org) [[a|b]]", "Bold and __init__ and link b"),
        ("# H {#id}", "H"),
        ("# H[¶](https://x.example/guide#h 'Link')", "H"),
        ("# snake_case_name and _it_", "snake_case_name and it"),
        ("    # code\n\n# H", "H"),
        ("<h1>An <em>HTML</em> heading</h1>\n\n# H", "An HTML heading"),
        ("No heading", None),
        ("A paragraph\n\n" * 37 + "### A section", None),
        ("- an item\n" * 75 + "\n### A section", None),
        ("A long paragraph. " * 20 + "\n\n## A section\n\nwords", None),
        ("A long paragraph. " * 20 + "\n\n# The title\n\nwords", "The title"),
        ("A long paragraph. " * 20 + "\n\n# One\n\nwords\n\n# Two", None),
        ("By Ann Lee\n\n## The title\n\nwords", "The title"),
        ("# A book (highlights)", "A book"),
        ("## 01 背景\n\nwords\n\n## 02 开始\n\nwords\n\n## 03 结束", None),
        ("## The title\n\n### One\n\n### Two\n\n### Three", "The title"),
        ("## The title\n\nwords\n\n## Notes of the editor", "The title"),
        ("# One\n\n# Two\n\n# Three", "One"),
        ("", None),
    ],
)
def test_title_from_body(body, title):
    assert title_from_body(body) == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("A note.md", "A note"),
        ("folder/sub/2024-01-02 Note v1.2.markdown", "2024-01-02 Note v1.2"),
        ("folder\\note.txt", "note"),
        ("no ending", "no ending"),
        ("RFC 802.11", "RFC 802.11"),
        ("Some page 1f2e3d4c5b6a79808f9e0d1c2b3a4f5e.md", "Some page"),
        ("1f2e3d4c5b6a79808f9e0d1c2b3a4f5e.md", "1f2e3d4c5b6a79808f9e0d1c2b3a4f5e"),
        ("Tabs\tand &amp; \u202emarks.md", "Tabs and & marks"),
        (".md", ".md"),
        ("content/notes/foo/index.md", "foo"),
        ("posts/2024-01-02-a-post/_index.md", "2024-01-02-a-post"),
        ("index.md", "index"),
        ("index", "index"),
        ("3-word (highlights).md", "3-word"),
    ],
)
def test_title_from_filename(name, title):
    assert title_from_filename(name) == title


@given(st.text(), st.none() | st.text(), st.none() | st.text())
def test_a_title_is_never_lost(title, site, url):
    found, _ = title_and_publication(title, site, url)
    assert bool(found) == bool(title.strip())


@given(st.text())
def test_any_body_and_name(text):
    assert title_from_body(text) != ""
    if text.strip():
        assert title_from_filename(text)
