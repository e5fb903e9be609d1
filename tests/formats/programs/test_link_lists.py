"""Programs that store lists of links: CSV and JSON files without texts."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.formats.files import read, source_of
from tests.formats.programs.samples import INSTAPAPER, KARAKEEP, LINKWARDEN, MATTER, RAINDROP

SAVED = datetime(2023, 4, 8, 9, 15, 30, tzinfo=UTC)


def test_instapaper_has_one_folder_for_each_state(tmp_path: Path) -> None:
    name, [one, two, three], problems = read(source_of(tmp_path, INSTAPAPER))
    assert (name, problems) == ("an Instapaper export", [])
    assert (one.tags, one.starred, one.read, one.saved) == (["ships", "old towns"], True, None, SAVED)
    assert (two.title, two.read, two.description, two.highlights) == ("Two, and more", False, "A passage.", [])
    assert (three.collections, three.read, three.starred) == (["Sea-Ships"], None, False)


def test_instapaper_of_four_columns_and_what_was_mailed_there(tmp_path: Path) -> None:
    content = "URL,Title,Selection,Folder\nhttps://a.example/1,One,,Archive\ninstapaper-private://x,A letter,,Unread\n"
    _, [one], [problem] = read(source_of(tmp_path, content))
    assert (one.read, one.saved) == (True, None)
    assert (problem.row, problem.line) == (2, 3)
    assert "A letter" in problem.message


def test_raindrop_has_folders_notes_and_highlights(tmp_path: Path) -> None:
    name, [one, two], problems = read(source_of(tmp_path, RAINDROP))
    assert (name, problems) == ("a Raindrop export", [])
    assert (one.collections, one.starred, one.tags) == (["Sea/Ships"], True, ["ships", "old towns"])
    assert ([note.text for note in one.notes], one.saved, one.description) == (
        ["A note\non two lines"],
        SAVED,
        "About it",
    )
    assert [(each.quote, each.note) for each in one.highlights] == [("First.", "Why?"), ("Second,\non two lines.", "")]
    assert (two.collections, two.saved, two.image) == ([], SAVED, "https://a.example/2.png")
    assert [each.quote for each in two.highlights] == ["A bare line."]


def test_matter_has_texts_in_files_beside(tmp_path: Path) -> None:
    source_of(tmp_path, "<p>The text.</p>", "one.html")
    name, [one, two], [problem] = read(source_of(tmp_path, MATTER, "_matter_history.csv"))
    assert (name, problem.row, problem.left_out) == ("a Matter export", 1, False)  # highlights that it counts
    assert one.content is not None
    assert (one.content.data, one.content.path, two.content) == (b"<p>The text.</p>", "one.html", None)
    assert (one.read, one.starred, one.tags, one.saved) == (True, True, ["ships", "old towns"], SAVED)
    assert (one.authors, one.publication, two.read) == (["Ada Quill"], "The Gazette", False)


def test_matter_does_not_follow_a_path_out_of_its_folder(tmp_path: Path) -> None:
    source_of(tmp_path, "secret", "secret.html")
    _, [one, _], _ = read(source_of(tmp_path, MATTER.replace(",one\n", ",../secret\n"), "export/h.csv"))
    assert one.content is None


def test_karakeep_has_lists_within_lists(tmp_path: Path) -> None:
    name, [one, two], [problem] = read(source_of(tmp_path, KARAKEEP))
    assert (name, problem.row) == ("a Karakeep export", 3)
    assert "A thought." in problem.message
    assert (one.collections, one.read, one.tags, one.saved) == (["Sea/Ships"], True, ["ships"], SAVED)
    assert ([note.text for note in one.notes], two.title, two.read) == (["Mine"], "", None)


def test_linkwarden_has_collections_even_in_a_circle(tmp_path: Path) -> None:
    name, [one, two], [problem] = read(source_of(tmp_path, LINKWARDEN))
    assert (name, problem.row) == ("a Linkwarden backup", 3)
    assert (one.collections, one.starred, one.saved) == (["All-Things/Sea"], False, SAVED)  # when it was first saved
    assert (two.collections, two.starred) == (["Sea/All-Things"], True)


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_other_separators_and_orders_of_columns(separator: str, tmp_path: Path) -> None:
    names = "\ufeffFolder\tURL\tTimestamp\tTitle\tSelection\r\n"
    rows = f"{names}Unread\thttps://a.example/1\t1680945330000\tOne\t\r\n\t\t\t\t\r\n"
    _, [article], problems = read(source_of(tmp_path, rows.replace("\t", separator)))
    assert (article.url, article.title, article.saved, problems) == ("https://a.example/1", "One", SAVED, [])


def test_dates_without_a_time_stay_dates(tmp_path: Path) -> None:
    _, [one, _], _ = read(source_of(tmp_path, RAINDROP.replace("2023-04-08T09:15:30.000Z", "2023-04-08")))
    assert one.saved == date(2023, 4, 8)
