"""docs/front-matter.md agrees with the code."""

import re
from pathlib import Path

from archive.formats.frontmatter.keys import KEYS

DOCS = Path(__file__).resolve().parents[3] / "docs" / "front-matter.md"


def test_the_documented_keys_are_those_that_are_read_in_their_order():
    rows = re.findall(r"^\| (?!detail|-)[^|]+ \| (.+) \|$", DOCS.read_text(), re.MULTILINE)
    assert [tuple(re.findall(r"`([^`]+)`", row)) for row in rows] == list(KEYS.values())
