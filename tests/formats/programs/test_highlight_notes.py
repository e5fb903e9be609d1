"""Files of highlights that also contain the article's text."""

from pathlib import Path

import pytest

from tests.formats.files import read, source_of

PARAGRAPH = "The tide does not wait for anybody. " * 15
HEAD = "# Tides\n\n![rw-book-cover](https://a.example/c.jpg)\n\n## Metadata\n- Author: [[Ida]]\n- URL: https://a.example/1\n"
MARKS = (
    "## Highlights\n- The tide does not wait. ([View Highlight](https://read.readwise.io/read/1))\n    - Note: Why?\n"
)


@pytest.mark.parametrize(
    "name", ["## Full Document", "## Full Text", "## Article", "## Content", "# Text:", "## **Text**"]
)
@pytest.mark.parametrize(
    "text", ["Short.", "Paris: one.\n\n## Highlights\n\n## Notes\n\n### Text\n- More.", "---\n\nA\n\n---\nB"]
)
@pytest.mark.parametrize("end", ["", "\n## New highlights added May 1, 2024 at 9:00 AM\n- More of it.\n"])
def test_the_section_that_holds_the_text_is_the_text(tmp_path: Path, name: str, text: str, end: str) -> None:
    _, [article], problems = read(source_of(tmp_path, f"{HEAD}\n{MARKS}\n{name}\n{text}\n{end}", "a.md"))
    assert article.content is not None
    assert (article.content.data.decode(), article.content.kind, article.content.path) == (text, "markdown", "a.md")
    marks = [(each.quote, each.note) for each in article.highlights]
    assert marks == [("The tide does not wait.", "Why?"), *([("More of it.", "")] if end else [])]
    assert (problems, article.notes) == ([], [])


def test_the_text_may_stand_before_the_highlights_or_alone(tmp_path: Path) -> None:
    _, [article], _ = read(source_of(tmp_path, f"{HEAD}\n## Full Document\nOne.\n\n### Two\n\n{MARKS}"))
    assert article.content is not None
    assert (article.content.data, len(article.highlights)) == (b"One.\n\n### Two", 1)
    _, [article], problems = read(source_of(tmp_path, f"{HEAD}\n## Full Document\nOne.\n"))
    assert article.content is not None
    assert problems == []


@pytest.mark.parametrize(
    "written",
    [
        f"{HEAD}\n{PARAGRAPH}\n\n## Two\n{PARAGRAPH}\n\n{MARKS}",
        f"{HEAD}\n{MARKS}\n## One\n{PARAGRAPH}\n\n## Two\n{PARAGRAPH}",
        f"# Tides\n#Omnivore\n\n[Read on Omnivore](https://omnivore.app/me/1)\n\n{PARAGRAPH}\n\n## Two\n{PARAGRAPH}\n\n"
        "## Highlights\n\n> The tide does not wait. [⤴️](https://omnivore.app/me/1#2)\n",
    ],
)
def test_long_paragraphs_outside_of_the_sections_are_the_text(tmp_path: Path, written: str) -> None:
    _, [article], _ = read(source_of(tmp_path, written))
    assert article.content is not None
    text = article.content.data.decode()
    assert text.count(PARAGRAPH.strip()) == 2
    assert "## Two" in text
    assert "rw-book-cover" not in text and "Author" not in text and "Omnivore" not in text
    assert [each.quote for each in article.highlights] == ["The tide does not wait."]


@pytest.mark.parametrize(
    "link", ["[[Full Document Contents/Articles/Tides.md]]", "![[Tides]]", "[Text](https://a.example/1)"]
)
def test_a_link_to_the_text_is_not_the_text(tmp_path: Path, link: str) -> None:
    _, [article], _ = read(source_of(tmp_path, f"{HEAD}\n## Full Document\n{link}\n\n{MARKS}"))
    assert (article.content, len(article.highlights)) == (None, 1)


def test_an_article_that_speaks_of_such_a_program_is_an_article(tmp_path: Path) -> None:
    written = f"# Tides\n\nFound by https://readwise.io/x.\n\n{PARAGRAPH}\n\n## Highlights\n- Of the year.\n"
    with pytest.raises(AssertionError, match="not recognised"):
        read(source_of(tmp_path, written, "a.md"))


def test_logseq_indents_the_text(tmp_path: Path) -> None:
    written = (
        "title:: Tides\nfull-title:: Tides\nurl:: https://a.example/1\n\n- ## Highlights first synced by [[Readwise]]\n"
        "  - The tide.\n- ## Full Document\n  - One.\n\n  - Two.\n"
    )
    _, [article], _ = read(source_of(tmp_path, written))
    assert article.content is not None
    assert (article.content.data, [each.quote for each in article.highlights]) == (b"- One.\n\n- Two.", ["The tide."])
