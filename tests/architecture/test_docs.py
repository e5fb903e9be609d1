"""What README says is what the code does."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
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
    assert documented == {"--dry-run", "--strict", "--prune", "--jobs", "--format"}
    assert documented <= known
