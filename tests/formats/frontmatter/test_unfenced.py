"""Front matter without a line of dashes before it: Logseq, Pelican, MultiMarkdown, HTML comments."""

from datetime import date

import pytest

from archive.formats.frontmatter import parse

URL = "https://example.org/a"


def test_logseq_properties():
    parsed = parse(
        'title:: "A title"\nauthor:: [[Jane Doe]]\n'
        f"tags:: #[[far away]] #near\nurl:: {URL}\nicon:: x\n\n- One\n\t- Two\n"
    )
    assert parsed.fields == {
        "title": "A title",
        "authors": ["Jane Doe"],
        "tags": ["far away", "near"],
        "source_url": URL,
    }
    assert parsed.metadata["icon"] == "x"
    assert parsed.body == "- One\n\t- Two\n"


def test_pelican_lines():
    parsed = parse(
        "Title: My title: a tale\nDate: 2010-12-03 10:20\nCategory: Python\nSlug: my\n\nThe text: it begins.\n"
    )
    assert parsed.fields["title"] == "My title: a tale"
    assert parsed.fields["published"].date == date(2010, 12, 3)
    assert parsed.fields["tags"] == ["Python"]
    assert parsed.body == "The text: it begins.\n"
    assert parsed.problems == []


def test_lines_with_dashes_below_alone():
    parsed = parse("Title: A\nPublished: 2018-04-10\nTags:\n  - ASP.NET\n---\nOver the years\n")
    assert (parsed.fields["title"], parsed.fields["tags"], parsed.body) == ("A", ["ASP.NET"], "Over the years\n")


@pytest.mark.parametrize(
    "head",
    [
        f"<!-- source: {URL}\nauthor: Jane Doe -->",
        f"<!--\nsource: {URL}\nauthor: Jane Doe\n-->",
        f"<!--\n---\nsource: {URL}\nauthor: 'Jane Doe'\n---\n-->",
    ],
)
def test_keys_in_a_comment(head):
    parsed = parse(f"{head}\n\nText\n")
    assert parsed.fields == {"source_url": URL, "authors": ["Jane Doe"]}
    assert parsed.body == "Text\n"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- more: of it -->\nText\n",
        "<!-- Title: is a word, and Author: too -->\nText\n",
        "Title: a word for it\nand prose goes on.\n",
        "Title: one key only\n\nText\n",
        "Note: this\nTitle: that\n\nText\n",
        "std::vector is a class\n",
        "Definition:: a word\n\nText\n",
        "- a:: b\n- c\n",
    ],
)
def test_prose_is_no_front_matter(text):
    parsed = parse(text)
    assert (parsed.fields, parsed.body) == ({}, text)


def test_what_singlefile_says_of_a_page():
    saved = "Thu Feb 05 2026 10:00:00 GMT+0100 (CET)"
    fields = parse(f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: {saved}\n-->\n\n# T\n").fields
    assert (fields["source_url"], fields["clipped"].date) == (URL, date(2026, 2, 5))


def test_pandocs_title_block():
    parsed = parse("% A title:\n  a tale\n% Jane Doe; Bob Roe\n% 3 April 2020\n\nThe text.\n")
    assert parsed.fields["title"] == "A title: a tale"
    assert parsed.fields["authors"] == ["Jane Doe", "Bob Roe"]
    assert parsed.fields["published"].date == date(2020, 4, 3)
    assert (parsed.body, parsed.problems) == ("The text.\n", [])


def test_pandocs_title_block_without_authors():
    fields = parse("% A title\n%\n% 2020\n\nThe text.\n").fields
    assert (fields["title"], fields["published"].date) == ("A title", date(2020, 1, 1))


@pytest.mark.parametrize("text", ["% of people said so\n\nText", "%% a comment\n%% more\n\nText", "% a\n% b\nText"])
def test_a_sign_of_percent_is_no_title(text):
    assert parse(text).fields == {}


def test_comment_of_nikola():
    parsed = parse(
        "<!--\n.. title: Merhaba\n.. slug: merhaba\n.. date: 2015-05-05 21:32:27 UTC+03:00\n.. tags: go\n-->\n\nB\n"
    )
    assert (parsed.fields["title"], parsed.fields["tags"], parsed.body) == ("Merhaba", ["go"], "B\n")
    assert parsed.fields["published"].date == date(2015, 5, 5)


def test_keywords_of_org():
    head = (
        "#+TITLE: Tides\n#+author: Ann Lee\n#+date: <2019-03-02 Sat>\n#+filetags: :sea:far_away:\n#+options: toc:nil\n"
    )
    parsed = parse(f"{head}\nWords.\n")
    assert parsed.fields.pop("published").date == date(2019, 3, 2)
    assert parsed.fields == {"title": "Tides", "authors": ["Ann Lee"], "tags": ["sea", "far_away"]}
    assert parsed.body == "Words.\n"
    assert parse("#+title: Tides\n\nWords.\n").body == "#+title: Tides\n\nWords.\n"
    assert parse("#+title: Tides\n#+tags: a\n#+tags[]: b c\nB").fields["tags"] == ["a", "b", "c"]
