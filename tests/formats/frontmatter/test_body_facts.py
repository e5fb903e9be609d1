"""Metadata that exporters write in the body: Readwise, Omnivore, link references."""

from datetime import date

import pytest

from archive.formats.frontmatter import parse

READWISE = """# Half a title

![rw-book-cover](https://example.org/cover.png)

## Metadata
- Author: [[Jane Doe]] and [[Bob Roe]]
- Full Title: The whole title
- Category: #articles
- Document Tags: [[energy]] [[far away]]
- Summary: What it says.
- URL: https://example.org/a

## Highlights
- Author: not this one
"""


def test_readwise_bullets():
    parsed = parse(READWISE)
    assert parsed.fields == {
        "title": "The whole title",
        "source_url": "https://example.org/a",
        "authors": ["Jane Doe", "Bob Roe"],
        "description": "What it says.",
        "tags": ["articles", "energy", "far away"],
    }
    assert parsed.metadata == {
        "Author": "[[Jane Doe]] and [[Bob Roe]]",
        "Full Title": "The whole title",
        "Category": "#articles",
        "Document Tags": ["[[energy]]", "[[far away]]"],
        "Summary": "What it says.",
        "URL": "https://example.org/a",
    }
    assert parsed.body == READWISE


def test_front_matter_comes_before_bullets():
    parsed = parse(f"---\ntitle: Mine\n---\n{READWISE}")
    assert parsed.fields["title"] == "Mine"
    assert parsed.fields["source_url"] == "https://example.org/a"
    assert parsed.metadata == {"title": "Mine"}


def test_readwise_plain_template():
    parsed = parse(
        "---\nauthor: Jane-Doe\n---\n# Title\n\n## Summary\nIt says.\nhttps://example.org/a\n2023-08-02\n\n- One"
    )
    assert parsed.fields["source_url"] == "https://example.org/a"
    assert parsed.fields["published"].date == date(2023, 8, 2)
    assert parsed.fields["authors"] == ["Jane Doe"]


def test_an_address_within_the_text_is_not_the_source():
    assert "source_url" not in parse("# Title\n\n- One\n\nhttps://example.org/a\n2023-08-02\n").fields
    assert "source_url" not in parse("# Title\n\nhttps://example.org/a\n\nText").fields


def test_omnivore_list():
    parsed = parse(
        "---\nid: x\n---\n # Title\n#Omnivore\n\n - Site: example.org\n - By: Jane Doe\n"
        " - Date published: 2024-02-27\n\n[Read on Omnivore](https://omnivore.example/x)\n\n[Read Original](https://example.org/a)\n"
    )
    assert parsed.fields["source_url"] == "https://example.org/a"
    parsed = parse("---\nid: x\n---\n - Site: example.org\n - By: \n - Date published: 2024-02-27\n")
    assert (parsed.fields["site"], parsed.fields["published"].date) == ("example.org", date(2024, 2, 27))


def test_a_list_of_the_text_is_no_metadata():
    assert parse("- Site: the old harbour\n- Weather: fine\n").fields == {}


def test_link_references():
    parsed = parse(
        "[#]: collector: (lu)\n[#]: publisher: (wxy)\n[#]: url: (https://example.org/a)\n[#]: title: Bare\n"
        "[#]: author: (Jane Doe https://example.org/jane)\n\nHeading\n====\n\nText\n"
    )
    assert parsed.fields == {"title": "Bare", "source_url": "https://example.org/a", "authors": ["Jane Doe"]}
    assert parsed.metadata["publisher"] == "wxy"
    assert parsed.metadata["author"] == "Jane Doe https://example.org/jane"
    assert parsed.body == "Heading\n====\n\nText\n"


def test_a_summary_may_hold_paragraphs_before_the_next_bullet():
    parsed = parse(
        "# T\n\n## Metadata\n- Author: [[Jane]]\n- Summary: One.\n\nTwo.\n\n---\nThree.\n- URL: https://example.org/a\n"
    )
    assert parsed.fields["source_url"] == "https://example.org/a"
    assert parsed.fields["description"] == "One."


def test_roam_list():
    parsed = parse(
        "- Author:: [[Jane Doe]]\n\n- Full Title:: The whole title\n\n- Category:: #articles\n- URL:: https://example.org/a\n"
    )
    assert parsed.fields == {
        "title": "The whole title",
        "source_url": "https://example.org/a",
        "authors": ["Jane Doe"],
        "tags": ["articles"],
    }


def test_a_list_with_links_between_its_facts():
    parsed = parse(
        "---\nid: x\n---\n - Site: Example\n - By: Jane\n"
        " - [Read Original](https://example.org/a)\n - Tags:  #AI  #Law \n"
    )
    assert parsed.fields["tags"] == ["AI", "Law"]
    assert parsed.fields["source_url"] == "https://example.org/a"


def test_markdownloads_excerpt_is_the_description():
    parsed = parse("---\ntags: []\n---\n\n# T\n\n> ## Excerpt\n> What it says,\nin two lines.\n\n---\nText\n")
    assert parsed.fields["description"] == "What it says, in two lines."


def test_the_head_of_a_reader_for_programs():
    parsed = parse(
        "Title: A page\n\nURL Source: https://example.org/a\n\n"
        "Published Time: 2024-05-01T10:00:00Z\n\nMarkdown Content:\n# B\n"
    )
    assert (parsed.fields["title"], parsed.fields["source_url"]) == ("A page", "https://example.org/a")
    assert parsed.fields["published"].date == date(2024, 5, 1)


NOTION = """# Some page

Created: July 4, 2023 10:11 AM
Tags: Research, To read
URL: https://example.org/piece
Author: Jane Doe
Status: Done

Text: it begins.
"""


def test_notions_properties_below_the_title():
    parsed = parse(NOTION)
    assert parsed.fields["authors"] == ["Jane Doe"]
    assert parsed.fields["tags"] == ["Research", "To read"]
    assert parsed.fields["source_url"] == "https://example.org/piece"
    assert parsed.fields["clipped"].date == date(2023, 7, 4)
    assert parsed.body == NOTION


def test_properties_in_an_indented_block():
    parsed = parse("# Clip\n\n    Created at: 2019-08-07 09:10\n    Source URL: https://example.org/a\n\nText")
    assert parsed.fields["source_url"] == "https://example.org/a"
    assert parsed.fields["clipped"].date == date(2019, 8, 7)


@pytest.mark.parametrize(
    "lines",
    [
        "**Author:** Jane Doe  \n**URL:** https://example.org/a\\\n**Rating**: 5",
        "- Author: Jane Doe\n- URL: https://example.org/a",
        "* __Author__: Jane Doe\n* __URL__: <https://example.org/a>",
    ],
)
def test_properties_below_the_title_may_be_dressed(lines):
    assert parse(f"# Clip\n\n{lines}\n\nText").fields == {
        "authors": ["Jane Doe"],
        "source_url": "https://example.org/a",
    }


def test_an_address_below_the_title_needs_no_other_line():
    assert parse("# Clip\n\nSource: <https://example.org/a>\n\nText").fields == {"source_url": "https://example.org/a"}


@pytest.mark.parametrize(
    "text",
    [
        "# Recipe\n\nSource: my grandmother\nYou need: flour\n\nText",
        "# Cast\n\nAuthor: I would like\nto go.\nDate: never\n\nText",
        "# News\n\nSummary: it rained\n\nText",
    ],
)
def test_lines_below_a_title_may_be_prose(text):
    assert parse(text).fields == {}


def test_dataview_lines_below_the_heading_metadata_need_no_bullets():
    fields = parse(
        "---\nraindrop_id: 1\n---\n# Metadata\nSource URL:: https://example.org/a\nTopics:: #canal, #lock\n\n---\n# T\n"
    ).fields
    assert (fields["source_url"], fields["tags"]) == ("https://example.org/a", ["canal", "lock"])


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("Ann Lee *2026年4月27日 22:00*\n\nText.", date(2026, 4, 27)),
        ("原创 Ann Lee 2026-07-14 18:00 北京\n\nText.", date(2026, 7, 14)),
        ("# Title\n\n原创 Ann Lee *2026年4月27日 22:00* *北京*\n\nText.", date(2026, 4, 27)),
        ("The meeting of 2026-07-14 18:00 was long.\n\nText.", None),
        ("Text. " * 100 + "\n\nAnn Lee 2026-07-14 18:00\n", None),
        ("---\npublished: 2025-01-02\n---\nAnn Lee *2026年4月27日 22:00*\n", date(2025, 1, 2)),
    ],
)
def test_the_day_below_the_title_of_an_article_of_wechat(body, published):
    found = parse(body).fields.get("published")
    assert (found.date if found else None) == published
