"""Front matter: what a clipping says about itself, in whatever dialect and however broken.

Pure Python, knows nothing of Django.
"""

from archive.importing.frontmatter.dates import PartialDate, date_of_post
from archive.importing.frontmatter.model import FrontMatter, Problem
from archive.importing.frontmatter.parsing import parse
from archive.importing.frontmatter.titles import title_and_publication, title_from_body, title_from_filename
from archive.importing.frontmatter.urls import canonical_url

__all__ = [
    "FrontMatter",
    "PartialDate",
    "Problem",
    "canonical_url",
    "date_of_post",
    "parse",
    "title_and_publication",
    "title_from_body",
    "title_from_filename",
]
