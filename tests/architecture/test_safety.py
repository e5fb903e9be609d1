"""Rules about the source code that no linter checks."""

import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def sources(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [PROJECT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


def test_html_is_declared_safe_in_one_place_only():
    places = [
        path.relative_to(PROJECT).as_posix()
        for path in sources(".py", ".html")
        if path.is_relative_to(PROJECT / "archive") or path.is_relative_to(PROJECT / "templates")
        if re.search(r"\bmark_safe\(|\|\s*safe\b|\bautoescape off\b|\bSafeString\(", path.read_text())
    ]
    assert len(places) == 1, places


def test_pages_hold_no_inline_script_style_or_handler():
    for path in sources(".html"):
        if not path.is_relative_to(PROJECT / "templates"):
            continue
        html = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", html), path.relative_to(PROJECT)


def test_no_package_registry_is_named():
    for path in sources(".txt", ".toml", ".cfg", ".ini", ".yaml", ".yml", ".lock", ""):
        if path.is_relative_to(PROJECT / "samples"):
            continue
        assert not re.search(r"index-url|/simple/?\b|pypi\.org", path.read_text()), path.relative_to(PROJECT)
