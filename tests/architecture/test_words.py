"""Banished phrases stay out of pages and messages."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Each with its replacement.
PHRASES = {
    r"parted by commas": "separated by commas",
    r"stands? below": "nested under",
    r">Keep( these)?<|>Use these<": "Save",
    r"\b[Tt]ake (it )?(back )?out\b|[Oo]ut of the trash": "Restore",
    r"fits all of this": "No articles match",
    r"condition less": "Remove one filter",
    r"What holds": "Active filters",
    r"\blies? on other sites": "images are on other sites",
    r"\"(Marked|Noted|Answered)\.\"": "Highlighted / Note saved / Reply added",
    r"In answer to": "Reply to",
    r"\"(Mine|Begun)\"": "My reading / In progress",
    r"How pages look|As the system|With serifs": "Appearance / Match system / Serif",
    r"Read on without": "Don’t announce them",
    r"another address<|Feed, name, delete|>Change these<": "Reset feed address / Settings / Manage",
    r"Take (tags|the stars) away|tak(e|en) away": "Remove",
    r"that are found": "in these results",
    r"were so already|nothing to change: all": "Nothing needed changing",
    r"as before, but for": "later edits kept",
    r"What was found|Nothing was wrong": "Warnings and errors / No problems",
    r"Left out<|Begun by|>Runs<": "Skipped / Started by / Import history",
    r"stands on line": "appears twice",
    r"Its name is not that of": "Unsupported file type",
    r"Out of every list|deleted by itself": "Hidden from lists. Never deleted automatically.",
    r"Nothing stands here|Not with this account": "Page not found / You don’t have access",
    r"form was too old": "This form has expired",
    r"words were edited since": "The text changed after you highlighted it.",
    r"Do not mark them": "Hide search highlights",
    r"\bone is at\b|again for the reverse|leave, without a change": "current paragraph / press again to undo / cancel",
    r"the one you read": "current",
    r"\bsought\b": "searched",
    r"(?<![Tt]here )\b(is|are|was|were) no (?!longer|answer)[a-z]+": "is not a ...",
    r"\b[Ss]omebody\b": "someone",
    r"\banew\b": "again / rebuilt",
    r"\bmends? (that|it)\b": "fixes",
    r"\bsays more\b": "gives details",
    r"\bthrown away\b": "moved to the trash",
    r"\bis tried again\b|\bis waited for\b|\bto go on\b": "Trying again / Waiting / to continue",
    r"\bknows? of (it|an?|the)\b": "its details",
    r"\bneeds? some words\b": "cannot be empty",
    r"\bnot that of\b": "does not match",
    r"\bwho looks after\b|\blooks? after\b": "administrator / manages",
    r"\b(begin|spelled nearly) so\b": "begin this way / a similar spelling",
    r"[Ww]hat other programs export|what is kept\b": "exports from other programs",
}  # fmt: skip


def messages(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module except docstrings, with their lines."""
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, f'"{node.value}"'


def shown(path: Path) -> Iterator[tuple[int, str]]:
    """What a reader may see of a file, with line numbers."""
    if path.suffix == ".py":
        yield from messages(path)
        return
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.lstrip().startswith(("//", "/*", "*")):
            yield number, line


@pytest.fixture(scope="module")
def everything() -> list[tuple[str, str]]:
    patterns = ["templates/*.html", "templates/mail/*.txt", "archive/*.py", "static/js/*.js"]
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\0") if name and "/migrations/" not in name]
    return [(f"{name}:{line}", text) for name in names for line, text in shown(ROOT / name)]


@pytest.mark.parametrize("phrase", PHRASES)
def test_pages_and_messages_have_no_phrase_that_readers_stumbled_over(everything, phrase):
    pattern = re.compile(phrase)
    found = [f"{place}: {text[:120]}" for place, text in everything if pattern.search(text)]
    assert not found, f"say “{PHRASES[phrase]}”"
