import json
from pathlib import Path

from archive.formats.programs.omnivore import read_highlights
from tests.formats.files import read, source_of

ITEM = {"id": "1", "slug": "a-b", "title": "A &amp; B", "url": "https://a.example/1", "state": "Archived",
        "labels": ["x"], "savedAt": "2023-04-08T09:15:30.000Z", "readingProgress": 50}  # fmt: skip


def test_an_article_has_its_text_and_highlights_from_files_beside(tmp_path: Path) -> None:
    source_of(tmp_path, "<p>One.</p><p>Two.</p>", "content/a-b.html")
    source_of(tmp_path, "> One.\n> \nTwo. \n\n#key point\n\nWhy?", "highlights/a-b.md")
    _, [article], problems = read(source_of(tmp_path, json.dumps([ITEM]), "metadata_0_to_1.json"))
    assert not problems
    assert article.content is not None
    assert (article.title, article.read, article.progress) == ("A & B", True, 0.5)
    [highlight] = article.highlights
    assert (highlight.quote, highlight.tags, highlight.note) == ("One.\n\nTwo.", ["key point"], "Why?")


def test_a_slug_that_leads_out_of_the_folder_finds_nothing(tmp_path: Path) -> None:
    source_of(tmp_path, "secret", "secret.html")
    _, [article], _ = read(source_of(tmp_path, json.dumps([ITEM | {"slug": "../../secret"}]), "export/m.json"))
    assert article.content is None


def test_a_note_on_the_article_is_followed_by_one_more_line() -> None:
    highlights, notes = read_highlights("> One. \n\nOn one.\n\n> Two. \n\nOn all of it.\n\n", "One. Two.")
    assert [(each.quote, each.note) for each in highlights] == [("One.", "On one."), ("Two.", "")]
    assert [note.text for note in notes] == ["On all of it."]
