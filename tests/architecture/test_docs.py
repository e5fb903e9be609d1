"""README and the guides agree with the code."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
README = (PROJECT / "README.md").read_text()


def test_every_setting_is_documented_and_no_other():
    read = re.findall(r'"((?:ARCHIVE|DATABASE)_[A-Z_]+)"', (PROJECT / "archive" / "environment.py").read_text())
    documented = re.findall(r"^\| `((?:ARCHIVE|DATABASE)_[A-Z_]+)` \|", README, re.MULTILINE)
    assert sorted(documented) == sorted(set(read))


@pytest.mark.parametrize("path", re.findall(r"\((docs/[^)]+)\)|^    (archive/\w+/)", README, re.MULTILINE))
def test_what_readme_points_to_is_there(path):
    assert (PROJECT / (path[0] or path[1])).exists()


def test_the_import_command_has_the_documented_options():
    from django.core.management import load_command_class

    parser = load_command_class("archive.importing", "import_articles").create_parser("manage.py", "import_articles")
    known = {option for action in parser._actions for option in action.option_strings}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", README, re.MULTILINE))
    assert documented == {"--dry-run", "--strict", "--prune", "--jobs", "--format", "--person", "--watch"}
    assert documented <= known


DOCUMENTS = {
    path.relative_to(PROJECT).as_posix(): path.read_text() for path in (PROJECT / "README.md", *DOCS.glob("*.md"))
}


def documented(pattern: str) -> list[tuple[str, str]]:
    """The matches of a pattern in the documents, each with the document that contains it first."""
    found = {name: path for path, text in DOCUMENTS.items() for name in re.findall(pattern, text)}
    assert found
    return sorted(found.items())


@pytest.mark.parametrize(("name", "path"), documented(r"manage\.py ([a-z_]+)"))
def test_commands_exist(name, path):
    from django.core.management import get_commands

    assert name in get_commands()


@pytest.mark.parametrize(("name", "path"), documented(r"(?m)(?:`|^    )make ([a-z]+)"))
def test_targets_of_make_exist(name, path):
    assert re.search(rf"^{name}:", (PROJECT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(("name", "path"), documented(r"\b(ARCHIVE_[A-Z_]+|DATABASE_URL)\b"))
def test_settings_exist(name, path):
    assert f'"{name}"' in (PROJECT / "archive/environment.py").read_text()


@pytest.mark.parametrize(("name", "path"), documented(r"`(/[a-z][a-z-]*/?)`"))
def test_addresses_lead_somewhere(name, path):
    from django.urls import resolve

    assert resolve(name)


@pytest.mark.parametrize(("name", "path"), documented(r"\]\(([^)#:]+)(?:#[^)]*)?\)"))
def test_links_between_documents_lead_somewhere(name, path):
    assert (PROJECT / path).parent.joinpath(name).exists()


@pytest.mark.parametrize(
    ("name", "path"), documented(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|js)|(?:archive|static)/[\w/]+/)`")
)
def test_files_that_the_architecture_walks_through_exist(name, path):
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    assert re.search(rf"(^|/){re.escape(name)}", listed, re.MULTILINE)


def test_documents_that_the_code_names_exist():
    listed = subprocess.run(
        ["git", "grep", "-Ioh", "docs/[a-z/-]*[.]md", "--", "archive", "bench", "static", "tests"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    named = set(listed.split())
    assert "docs/decisions/text-commonmark.md" in named
    assert not [name for name in named if not (PROJECT / name).exists()]


def test_the_guide_names_the_keys_of_the_page():
    table = "\n".join(re.findall(r"^\|.*", (DOCS / "reading-guide.md").read_text(), re.MULTILINE))
    guide = {key for key in re.findall(r"`([^`]*)`", table) if len(key) <= 3}
    shown = set(re.findall(r"<kbd>(.{1,3})</kbd>", (PROJECT / "templates/reading.html").read_text()))
    assert guide == shown - {"Esc"} | {"?"}
