import os
from pathlib import Path

import pytest

from archive.importing.discovery import Ignored, Root, count_files, find_files
from archive.importing.file_names import name_on_disk, storable_name


def tree(folder: Path, *names: str) -> Root:
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("words")
    return Root(str(folder), f"{folder}/")


def found(root: Root, ignored: Ignored | None = None) -> list[str]:
    return [file.path for file in find_files(root, ignored or Ignored())]


def test_articles_are_found_at_any_depth_by_their_endings(tmp_path):
    root = tree(tmp_path, "a.md", "b/c.MARKDOWN", "b/d/e.mdown", "f.txt", "g.png", "h.html", "i.md.bak")
    assert found(root) == ["a.md", "b/c.MARKDOWN", "b/d/e.mdown", "f.txt"]


def test_files_come_ordered_by_their_whole_path(tmp_path):
    names = ["a-b.md", "a.md", "a/z.md", "a/b/c.md", "a0.md", "B.md", "ä.md"]
    assert found(tree(tmp_path, *names)) == sorted(names)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".hidden.md", "hidden"),
        (".obsidian/workspace.md", "hidden"),
        (".trash/old.md", "hidden"),
        ("notes/.git/x/readme.md", "hidden"),
        ("__MACOSX/a.md", "hidden"),
        ("Templates/daily.md", "template"),
        ("_template/daily.md", "template"),
        ("notes/99 - Templates/deep/daily.md", "template"),
    ],
)
def test_what_is_nobodys_article_is_passed_over_and_counted(tmp_path, name, reason):
    ignored = Ignored()
    assert found(tree(tmp_path, "kept.md", name), ignored) == ["kept.md"]
    assert dict(ignored.counts) == {reason: 1}


def test_a_folder_that_only_sounds_like_templates_is_read(tmp_path):
    assert found(tree(tmp_path, "contemplates/a.md", "template-design.md")) == [
        "contemplates/a.md",
        "template-design.md",
    ]


def test_archives_in_a_folder_are_not_opened_but_named(tmp_path):
    ignored = Ignored()
    assert found(tree(tmp_path, "a.md", "old/export.zip", ".cache.zip"), ignored) == ["a.md"]
    assert dict(ignored.counts) == {"archive": 1}
    assert [(problem.path, problem.code) for problem in ignored.problems] == [("old/export.zip", "archive")]


def test_links_are_not_followed(tmp_path):
    outside = tree(tmp_path / "outside", "secret.md")
    root = tree(tmp_path / "inside", "a.md")
    (tmp_path / "inside/link.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "inside/folder").symlink_to(outside.folder)
    (tmp_path / "inside/round").symlink_to(tmp_path / "inside")
    ignored = Ignored()
    assert found(root, ignored) == ["a.md"]
    assert ignored.counts == {"link": 3}
    assert {problem.path for problem in ignored.problems} == {"link.md", "folder", "round"}


def test_a_very_deep_folder_is_walked(tmp_path):
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("words")
    assert len(found(tree(tmp_path, "b.md"))) == 2


def test_counting_agrees_with_finding(tmp_path):
    root = tree(tmp_path, "a.md", "b/c.md", ".hidden/d.md", "e.png")
    assert count_files(root) == len(found(root)) == 2


def test_single_files_are_taken_whatever_folder_they_are_in(tmp_path):
    root = tree(tmp_path / ".hidden", "a.md", "b.md")
    assert found(Root(root.folder, root.name, only=("b.md",))) == ["b.md"]


def test_a_name_that_is_no_text_can_be_stored_and_found_again(tmp_path):
    name = os.fsdecode(b"caf\xe9.md")
    (tmp_path / name).write_text("words")
    root = Root(str(tmp_path), f"{tmp_path}/")
    (file,) = find_files(root, Ignored())
    file.path.encode()  # raises for lone surrogates
    assert Path(file.full_path).read_text() == "words"
    assert root.has(file.location)
    assert name_on_disk(storable_name(name)) == name


def test_a_root_tells_which_of_its_files_are_gone(tmp_path):
    root = tree(tmp_path, "a.md")
    assert root.holds(f"{tmp_path}/gone.md")
    assert not root.has(f"{tmp_path}/gone.md")
    assert root.has(f"{tmp_path}/a.md")
    assert not root.holds("/elsewhere/a.md")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("logseq/bak/pages/a.md", "copies"),
        ("graph/logseq/version-files/local/a.md", "copies"),
        ("robots.txt", "for programs"),
        ("code/requirements-dev.txt", "for programs"),
        ("node_modules/lib/README.md", "for programs"),
        ("export.json", "of another program"),
        ("saved/page.html", "of another program"),
        ("notes.enex", "of another program"),
        ("My Clippings.txt", "of another program"),
    ],
)
def test_what_is_no_article_is_left_out(tmp_path, name, reason):
    for each in (name, "pages/bak/b.md"):
        path = tmp_path / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    ignored = Ignored()
    assert [file.path for file in find_files(Root(str(tmp_path), f"{tmp_path}/"), ignored)] == ["pages/bak/b.md"]
    assert ignored.counts == {reason: 1}
    assert [problem.path for problem in ignored.problems] == ([name] if reason == "of another program" else [])


def test_many_files_of_other_programs_are_counted_and_the_first_named(tmp_path):
    for number in range(150):
        (tmp_path / f"{number}.pdf").write_bytes(b"%PDF")
    ignored = Ignored()
    assert list(find_files(Root(str(tmp_path), f"{tmp_path}/"), ignored)) == []
    assert ignored.counts == {"of another program": 150}
    assert len(ignored.problems) == 100
