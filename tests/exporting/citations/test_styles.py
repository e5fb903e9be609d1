"""References in each style, compared with the style guides' own examples and, for unusual articles, with Pandoc."""

import json

import pytest

from archive.exporting.citations.csl import item
from archive.exporting.citations.styles import STYLES
from tests.exporting.citations import pandoc
from tests.exporting.citations.works import WORKS

CSL_STYLES = {
    "apa": "apa",
    "chicago-note": "chicago-notes-bibliography",
    "chicago-bibliography": "chicago-notes-bibliography",
    "chicago-author-date": "chicago-author-date",
    "mla": "modern-language-association",
}
_WITHIN = "Chicago, MLA: full stops and commas go before closing quotation marks, single ones too"
DIFFERENCES = {
    ("apa", "nothing saved"): "“Retrieved” without the day says nothing",
    ("apa", "own site"): "APA: the site is left out where it is the author",
    ("apa", "twenty-one"): "APA: an ellipsis is three stops with spaces",
    ("chicago-note", "full stop"): "Chicago: the comma takes the place of a sentence's stop",
    ("chicago-note", "abbreviation"): "Chicago: a comma follows the stop of an abbreviation",
    ("chicago-note", "quote at the end"): _WITHIN,
    ("chicago-bibliography", "quote at the end"): _WITHIN,
    ("chicago-author-date", "quote at the end"): _WITHIN,
    ("mla", "quote at the end"): _WITHIN,
}
"""Where Pandoc does otherwise, by style and article, and why we do not."""


@pandoc.needs_pandoc
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.slug)
def test_odd_articles_are_cited_as_pandoc_cites_them(style, tmp_path):
    (tmp_path / "works.json").write_text(json.dumps([item(work) for work in WORKS.values()]))
    csl = pandoc.style(CSL_STYLES[style.slug], tmp_path)
    is_note = style.slug == "chicago-note"
    cited = "\n\n".join(f"{work.key} [@{work.key}]" for work in WORKS.values())
    written = pandoc.pandoc(
        "--from=markdown", "--to=json", "--citeproc", f"--bibliography={tmp_path / 'works.json'}", f"--csl={csl}",
        f"--metadata=suppress-bibliography:{str(is_note).lower()}", text=cited,
    )  # fmt: skip
    theirs = (pandoc.notes if is_note else pandoc.references)(written)
    different = {
        name: (ours, theirs[work.key])
        for name, work in WORKS.items()
        if (ours := style.write(work).markdown) != theirs[work.key]
    }
    unexplained = {name: both for name, both in different.items() if (style.slug, name) not in DIFFERENCES}
    assert not unexplained
    assert len(different) == sum(slug == style.slug for slug, _ in DIFFERENCES)
