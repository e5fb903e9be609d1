"""A folder of notes that a person also edits: our part is kept up to date, and none of theirs is lost."""

import json
import os
import random

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.articles.models import Article
from archive.exporting import files as written_files
from archive.exporting.mirror import CannotMirror
from archive.exporting.mirror.note_file import Section, new_file, read_note_file
from archive.formats import frontmatter
from archive.importing.running import Options, import_paths
from tests.exporting.breaking import broken_off
from tests.exporting.mirroring import mirror, names
from tests.factories import annotation, rendered
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db


def test_a_file_says_what_the_notebook_says(ada, tmp_path):
    made = rendered(
        "Before.\n\n- The lamp\n- burned\n\n```\ncode here\n```\n\nThe end.",
        title='Lamps: "one/two"',
        authors=("Ada Brook",),
        publication="Post",
        source_url="https://e.org/a",
        tags=("sea", "a b/c"),
    )
    writing.name_colours(ada, {"yellow": "key point"})
    first = annotation(made, ada, quote="The lamp\nburned", note="Why *so*?", tags=("deep_sea/x y",))
    whole = annotation(made, ada, note="On all of it")
    writing.reply(ada, first, "Because.")
    mirror(tmp_path, ada)
    (path,) = tmp_path.glob("*.md")
    assert path.name == "Lamps one two.md"
    text = path.read_text()
    read = frontmatter.parse(text)
    assert read.fields["title"] == 'Lamps: "one/two"' and read.fields["tags"] == ["a-b/c", "sea"]
    assert read.metadata["commonplace"] == f"https://a.example{made.get_absolute_url()}" and read.metadata["citekey"]
    assert "> - The lamp\n> - burned\n\n" + f"^n{first.uuid.hex[:12]}\n\nWhy *so*?" in text
    assert f"Note on the whole article: ^n{whole.uuid.hex[:12]}\n\nOn all of it" in text
    assert "Yellow: key point · #deep_sea/x-y · [" in text and f"https://a.example/annotations/{first.uuid}/" in text
    assert "- **ada** · [" in text and "Because." in text


def test_only_one_s_own_notes_are_in_it_and_another_s_files_are_left(ada, tmp_path):
    ben = get_user_model().objects.create_user("ben")
    made = make_article(text="The lamp burned all night.", title="Lamps")
    annotation(made, ada, quote="lamp", note="mine")
    writing.reply(ben, annotation(made, ben, quote="night", note="shared by ben", shared=True), "answer of ben")
    mirror(tmp_path, ada)
    mirror(tmp_path, ben)
    assert names(tmp_path) == [f"Lamps {made.identity[:6]}.md", "Lamps.md"]
    assert "ben" not in (tmp_path / "Lamps.md").read_text() and "mine" in (tmp_path / "Lamps.md").read_text()
    Annotation.objects.owned_by(ada).update(trashed_at=made.created_at)
    assert mirror(tmp_path, ben).unchanged == 1 and mirror(tmp_path, ada).removed == 1
    assert "answer of ben" in (tmp_path / f"Lamps {made.identity[:6]}.md").read_text()


OWN_WORDS = (
    "My own thoughts",
    "日本語のメモ",
    "a\ttab  and trailing  ",
    "- [ ] task ^own",
    "<!-- mine -->",
    "---",
    "| a | b |",
    "",
)


def own_lines(chance: random.Random, newline: str) -> str:
    return "".join(chance.choice(OWN_WORDS) + f" {chance.random()}" + newline for _ in range(chance.randrange(1, 5)))


def with_own_text(data: bytes, chance: random.Random) -> tuple[bytes, list[bytes]]:
    """A file as a person's editor may leave it, and the person's parts in order."""
    text = data.decode()
    newline = chance.choice(["\n", "\r\n"])
    bom = chance.choice(["", "\ufeff"])
    text = text.replace("\n", newline)
    above, below, status = own_lines(chance, newline), own_lines(chance, newline), f"status: {chance.random()}{newline}"
    text = text.replace(f"---{newline}title", f"---{newline}{status}title", 1)
    text = text.replace("<!-- commonplace:begin", f"{above}<!-- commonplace:begin", 1)
    text += below + chance.choice(["", "no newline at the end"])
    end = text.index("<!-- commonplace:end -->")
    return (bom + text).encode(), [part.encode() for part in (bom, status, above, text[end:])]


def test_of_200_edited_files_not_a_letter_is_lost(ada, tmp_path, monkeypatch):
    monkeypatch.setattr(written_files.os, "fsync", lambda descriptor: None)  # the disk is not under test
    chance = random.Random(18)
    articles = [
        make_article(text=f"The lamp number {n} burned. Nobody slept.", title=f"Lamps of {n // 2}", tags=("sea",))
        for n in range(200)
    ]
    for made in articles:
        annotation(made, ada, quote="lamp number", note="First *thought*")
    assert mirror(tmp_path, ada).written == 200
    theirs = {}
    for path in sorted(tmp_path.glob("*.md")):
        data, parts = with_own_text(path.read_bytes(), chance)
        if chance.random() < 0.3:
            path.unlink()
            path = tmp_path / "moved" / path.name
            path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        theirs[path] = parts
    assert len(theirs) == 200
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in theirs}
    assert mirror(tmp_path, ada).written == 0  # a person's own text is no reason to write
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in theirs} == before
    for number, made in enumerate(articles):
        match number % 5:
            case 0:
                writing.edit(ada, made.annotations.get(), version=1, note="Second thought", colour="red")
            case 1:
                annotation(made, ada, quote="Nobody slept", note="Another")
            case 2:
                made.edit(title=f"Renamed {number}", tags=["other"])
            case 3:
                writing.trash(ada, made.annotations.get())
            case 4:
                Annotation.objects.filter(article=made).delete()
                Article.objects.filter(pk=made.pk).update(revision=None)
                made.delete()
    outcome = mirror(tmp_path, ada)
    assert (outcome.written, outcome.removed, outcome.said) == (200, 0, [])
    assert sorted(theirs) == sorted(path for path in tmp_path.rglob("*.md"))
    for path, (bom, status, above, below) in theirs.items():
        data = path.read_bytes()
        assert data.startswith(bom + b"---") and status in data and data.endswith(below), path
        assert above + b"<!-- commonplace:begin" in data, path
        newline = b"\r\n" if b"\r\n" in before[path][0] else b"\n"
        section = data[data.index(b"<!-- commonplace:begin") : data.index(b"<!-- commonplace:end")]
        assert section.count(b"\n") == section.count(newline), path
    text = "".join(path.read_text() for path in theirs)
    assert text.count("Second thought") == text.count("Another") == text.count('title: "Renamed') == 40
    assert text.count("This article no longer has notes.") == 80
    assert mirror(tmp_path, ada).unchanged == 200


def test_what_a_person_changed_of_our_lines_stays(ada, tmp_path):
    made = make_article(text="The lamp burned.", title="Lamps", tags=("sea",), source_url="https://e.org/a")
    annotation(made, ada, quote="lamp")
    mirror(tmp_path, ada)
    path = tmp_path / "Lamps.md"
    path.write_text(
        path.read_text().replace('tags: ["sea"]', "tags:\n  - mine").replace('source: "https://e.org/a"\n', "")
    )
    made.edit(title="Lights", description="New", tags=["other"])
    mirror(tmp_path, ada)
    head = path.read_text().split("---")[1]
    assert "tags:\n  - mine\n" in head and "other" not in head and "source" not in head
    assert 'title: "Lights"' in head and 'description: "New"' in head
    path.write_text(path.read_text().split("---\n\n", 1)[1])  # without front matter
    writing.edit(ada, made.annotations.get(), version=1, note="Later")
    mirror(tmp_path, ada)
    assert path.read_text().startswith("<!-- commonplace:begin") and "Later" in path.read_text()


def test_words_between_the_marks_are_kept_aside(ada, tmp_path):
    made = make_article(text="The lamp burned.", title="Lamps")
    noted = annotation(made, ada, quote="lamp", note="First")
    mirror(tmp_path, ada)
    path = tmp_path / "Lamps.md"
    path.write_text(path.read_text().replace("First", "First, and what I added"))
    writing.edit(ada, noted, version=1, note="Second")
    ((name, reason),) = mirror(tmp_path, ada).said
    assert name == "Lamps.md" and "Second" in path.read_text()
    assert "what I added" in (tmp_path / reason.rsplit("that text is in ", 1)[1]).read_text()
    assert mirror(tmp_path, ada).said == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.decode().encode("utf-16"),
        lambda data: data + b"caf\xe9",
        lambda data: data.replace(b"<!-- commonplace:end -->", b""),
        lambda data: data + data,
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.replace(b" section=", b" "),
        lambda data: (
            data.replace(b"<!-- commonplace:begin", b"<!--  commonplace:end -->\n<!-- commonplace:begin", 1)
            + b"<!-- commonplace:end -->"
        ),
    ],
)
def test_a_file_that_cannot_be_written_safely_is_left_and_named(ada, tmp_path, spoil):
    made = make_article(text="The lamp burned.", title="Lamps")
    noted = annotation(made, ada, quote="lamp", note="First")
    mirror(tmp_path, ada)
    path = tmp_path / "Lamps.md"
    spoilt = spoil(path.read_bytes())
    path.write_bytes(spoilt)
    writing.edit(ada, noted, version=1, note="Second")
    outcome = mirror(tmp_path, ada)
    assert path.read_bytes() == spoilt and [name for name, _ in outcome.said] == ["Lamps.md"]


def test_a_note_that_quotes_the_marks_does_no_harm(ada, tmp_path):
    made = make_article(text="The lamp burned.", title="Lamps")
    noted = annotation(made, ada, quote="lamp", note="<!-- commonplace:end -->\n<!-- commonplace:begin x -->")
    mirror(tmp_path, ada)
    writing.edit(ada, noted, version=1, note="<!-- commonplace:end -->")
    outcome = mirror(tmp_path, ada)
    assert (outcome.written, outcome.said) == (1, [])


def test_broken_off_anywhere_the_next_run_ends_right(ada, tmp_path, monkeypatch):
    monkeypatch.setattr(written_files.os, "fsync", lambda descriptor: None)
    articles = [make_article(text="The lamp burned.", title=f"Lamps {n}") for n in range(4)]
    notes = [annotation(made, ada, quote="lamp", note="0") for made in articles]
    for moment in range(30):
        for each in notes:
            Annotation.objects.filter(pk=each.pk).update(note=f"note {moment}")
        for path in tmp_path.glob("*.md"):
            path.write_text(path.read_text() + f"own {moment}\n")
        with broken_off(monkeypatch, moment % 5):
            mirror(tmp_path, ada)
            assert moment % 5 == 4  # after the last of the four
        (tmp_path / ".commonplace").mkdir(exist_ok=True)
        (tmp_path / ".commonplace" / ".x.abc.part").write_text("what a killed run leaves")
        outcome = mirror(tmp_path, ada)
        assert outcome.said == [] and len(names(tmp_path)) == 4
        assert all(f"note {moment}" in path.read_text() for path in tmp_path.glob("*.md"))
        assert list((tmp_path / ".commonplace").iterdir()) == []
    own = "".join(f"own {moment}\n" for moment in range(30) if moment)  # in the first there was no file yet
    assert all(path.read_text().endswith(own) for path in tmp_path.glob("*.md"))


def test_a_file_that_changes_under_the_run_is_left(ada, tmp_path, monkeypatch):
    made = make_article(text="The lamp burned.", title="Lamps")
    noted = annotation(made, ada, quote="lamp", note="First")
    mirror(tmp_path, ada)
    writing.edit(ada, noted, version=1, note="Second")
    path, fsync = tmp_path / "Lamps.md", os.fsync

    def typing(descriptor):
        path.write_text(path.read_text() + "typed at this moment")
        fsync(descriptor)

    monkeypatch.setattr(written_files.os, "fsync", typing)
    ((_, reason),) = mirror(tmp_path, ada).said
    monkeypatch.undo()
    assert "while it was being updated" in reason and path.read_text().endswith("typed at this moment")
    assert mirror(tmp_path, ada).written == 1 and path.read_text().endswith("typed at this moment")


def test_links_and_permissions_of_a_file_stay(ada, tmp_path):
    noted = annotation(make_article(text="The lamp burned.", title="Lamps"), ada, quote="lamp", note="First")
    mirror(tmp_path / "vault", ada)
    path, elsewhere = tmp_path / "vault" / "Lamps.md", tmp_path / "real.md"
    path.rename(elsewhere)
    elsewhere.chmod(0o640)
    path.symlink_to(elsewhere)
    writing.edit(ada, noted, version=1, note="Second")
    mirror(tmp_path / "vault", ada)
    assert path.is_symlink() and "Second" in elsewhere.read_text() and elsewhere.stat().st_mode & 0o777 == 0o640


def test_whose_and_where(ada, data_dir, tmp_path, capsys):
    annotation(make_article(text="The lamp burned.", title="Lamps"), ada, quote="lamp")
    with pytest.raises(CommandError, match="no account “nobody”"):
        call_command("mirror_notes", str(tmp_path / "a"), person="nobody")
    (tmp_path / "export" / ".commonplace").mkdir(parents=True)
    (tmp_path / "export" / ".commonplace" / "format.json").write_text(json.dumps({"format": 1}))
    with pytest.raises(CannotMirror, match="an export"):
        mirror(tmp_path / "export", ada)
    call_command("mirror_notes", str(tmp_path / "a"), person="ada", base_url="https://read.example/")
    assert "files written: 1" in capsys.readouterr().out
    assert "](https://read.example/articles/" in (tmp_path / "a" / "Lamps.md").read_text()
    run = import_paths([tmp_path / "a"], options=Options(jobs=1))
    assert (run.created, run.skipped, run.failed) == (0, 1, 0)
    assert [problem.code for problem in run.problems.all()] == ["notes-file"]


def test_parts_of_a_file_are_its_bytes():
    data = new_file(Section("a" * 64, "o ˝ne=|>", {"title": 'title: "x"'}, "text\n\n"))
    file = read_note_file(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"own")
    assert file is not None and file.person == "o ˝ne=|>" and not file.is_section_edited and file.has_own_text
    assert (
        file.before + file.mark + file.section + file.after == b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") + b"own"
    )
    only = read_note_file(data)
    assert only is not None and not only.has_own_text
