from datetime import datetime
from pathlib import Path

import pytest

from archive.formats.programs.kindle_lines import KindleLine, read_kindle_line
from tests.formats.files import read, source_of
from tests.formats.programs.samples import KINDLE

ADDED = "Added on Sunday, April 9, 2023 5:59:00 PM"
HIGHLIGHT = f"{{title}}\n- Your Highlight at location {{place}} | {ADDED}\n\n{{text}}\n==========\n"
NOTE = f"{{title}}\n- Your Note at location {{place}} | {ADDED}\n\n{{text}}\n==========\n"

at = datetime.fromisoformat


def test_books_with_highlights_that_have_their_notes(tmp_path: Path) -> None:
    name, [tides, salt], problems = read(source_of(tmp_path, KINDLE))
    assert (name, problems) == ("Kindle clippings", [])
    assert (tides.title, tides.authors, salt.title, salt.authors) == (
        "A Book of Tides",
        ["Ada Quill"],
        "Salz",
        ["und Eisen"],
    )
    [highlight] = tides.highlights  # the shorter version before was extended
    assert (highlight.quote, highlight.note) == ("The tide does not wait.", "Who says so?")
    assert highlight.created == at("2023-04-09T18:00:00")
    assert [each.quote for each in salt.highlights] == ["Über das Salz."]


# As devices in these languages write it.
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- Highlight Loc. 1406-7  | Added on Thursday, August 04, 2011, 12:05 AM",
         KindleLine("highlight", 1406, 1407, at("2011-08-04T00:05:00"))),
        ("- Your Highlight at location 1,406-1,407 | Added on Monday, 4 March 2024 21:15:03",
         KindleLine("highlight", 1406, 1407, at("2024-03-04T21:15:03"))),
        ("- Ihre Notiz auf Seite 42 | bei Position 640 | Hinzugefügt am Dienstag, 5. März 2019 08:05:00",
         KindleLine("note", 640, 640, at("2019-03-05T08:05:00"))),
        ("- Tu subrayado en la página 7 | posición 89-92 | Añadido el lunes, 4 de marzo de 2024 21:15:03",
         KindleLine("highlight", 89, 92, at("2024-03-04T21:15:03"))),
        ("- Votre signet sur la page 12 | emplacement 180 | Ajouté le lundi 4 mars 2024 à 21:15:03",
         KindleLine("bookmark", 180, 180, at("2024-03-04T21:15:03"))),
        ("- La tua nota a pagina 12 | posizione 180 | Aggiunto in data lunedì 4 marzo 2024 21:15:03",
         KindleLine("note", 180, 180, at("2024-03-04T21:15:03"))),
        ("- Seu destaque na página 7 | posição 89-92 | Adicionado: segunda-feira, 4 de março de 2024 21:15:03",
         KindleLine("highlight", 89, 92, at("2024-03-04T21:15:03"))),
        ("- Uw notitie op pagina 12 | locatie 180 | Toegevoegd op maandag 4 maart 2024 21:15:03",
         KindleLine("note", 180, 180, at("2024-03-04T21:15:03"))),
        ("- Ваша заметка на странице 12 | Место 180 | Добавлено: понедельник, 4 марта 2024 г. в 21:15:03",
         KindleLine("note", 180, 180, at("2024-03-04T21:15:03"))),
        ("- Sayfa 12 Yer 180-182 Vurgunuz | Eklenme 4 Mart 2024 Pazartesi 21:15:03",
         KindleLine("highlight", 180, 182, at("2024-03-04T21:15:03"))),
        ("- 您在第 2 页（位置 #37-#38）的标注 | 添加于 2016年7月29日星期五 下午12:35:56",
         KindleLine("highlight", 37, 38, at("2016-07-29T12:35:56"))),
        ("- 您在位置 #158的笔记 | 添加于 2016年7月29日星期五 上午12:35:56",
         KindleLine("note", 158, 158, at("2016-07-29T00:35:56"))),
        ("- 4ページ|位置No. 685-687のハイライト |作成日: 2024年10月28日月曜日 14:01:21",
         KindleLine("highlight", 685, 687, at("2024-10-28T14:01:21"))),
        ("- 12페이지 | 위치 180의 메모 | 추가됨: 2024년 3월 4일 월요일 오후 9:15:03",
         KindleLine("note", 180, 180, at("2024-03-04T21:15:03"))),
        ("- Your Highlight on page 12 | Added on 04/03/2024 21:15:03", KindleLine("highlight", 12, 12)),
        ("- Quux 12 | 99:99", KindleLine("", 12, 12)),
        ("- ", KindleLine("")),
    ],
)  # fmt: skip
def test_a_line_in_the_language_of_the_device(line: str, said: KindleLine) -> None:
    assert read_kindle_line(line) == said


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("Tides (Second Edition) (Quill, Ada;Doe, Jo)", "Tides (Second Edition)", ["Ada Quill", "Jo Doe"]),
        ("Tides (Ada Quill (Editor))", "Tides", ["Ada Quill (Editor)"]),
        ("塩（海野 塩子）", "塩", ["海野 塩子"]),
        ("Tides", "Tides", []),
        ("(Tides)", "(Tides)", []),
    ],
)
def test_the_author_is_in_the_last_brackets(line: str, title: str, authors: list[str], tmp_path: Path) -> None:
    _, [book], _ = read(source_of(tmp_path, HIGHLIGHT.format(title=line, place="1", text="One.")))
    assert (book.title, book.authors) == (title, authors)


def test_notes_go_to_the_passage_they_stand_at_and_others_stay(tmp_path: Path) -> None:
    parts = [
        HIGHLIGHT.format(title="B", place="10-12", text="One."),
        HIGHLIGHT.format(title="B", place="11-20", text="Two."),
        NOTE.format(title="B", place="12", text="On one."),
        NOTE.format(title="B", place="15", text="On two"),
        NOTE.format(title="B", place="15", text="On two, longer."),
        NOTE.format(title="B", place="15", text="More."),
        NOTE.format(title="B", place="900", text="On nothing."),
    ]
    _, [book], _ = read(source_of(tmp_path, "".join(parts)))
    notes = {each.quote: each.note for each in book.highlights}
    assert notes == {"One.": "On one.", "Two.": "On two, longer.\n\nMore."}
    assert [note.text for note in book.notes] == ["On nothing."]


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("a b", "a b c", "a b c d"), ["a b c d"]),
        (("a b c", "b"), ["a b c"]),
        (("a b", "a b"), ["a b"]),
        (("a b", "c d"), ["a b", "c d"]),
    ],
)
def test_a_passage_made_longer_or_shorter_is_there_once(
    texts: tuple[str, ...], kept: list[str], tmp_path: Path
) -> None:
    clippings = "".join(HIGHLIGHT.format(title="B (C)", place="10-12", text=text) for text in texts)
    _, [book], _ = read(source_of(tmp_path, clippings))
    assert [each.quote for each in book.highlights] == kept


@pytest.mark.parametrize(
    "words",
    ["You have reached the clipping limit for this item", "Sie haben das Clipping-Limit erreicht", "您已达到剪贴上限"],
)
def test_a_clipping_that_the_limit_took_is_named(words: str, tmp_path: Path) -> None:
    content = HIGHLIGHT.format(title="B", place="1-2", text="One.") + HIGHLIGHT.format(
        title="B", place="3-4", text=f"<{words}>"
    )
    _, [book], [problem] = read(source_of(tmp_path, content))
    assert ([each.quote for each in book.highlights], problem.row, problem.line) == (["One."], 2, 6)


def test_an_entry_without_its_second_line_is_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    content = HIGHLIGHT.format(title="B", place="1-2", text="One.") + "Nonsense\nwords\n==========\n" * 2
    _, [book], problems = read(source_of(tmp_path, content))
    assert (len(book.highlights), [problem.row for problem in problems]) == (1, [2, 3])
