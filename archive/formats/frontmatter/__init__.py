"""Front matter: what a clipping says about itself, in any dialect and however broken.

Pure Python, without Django.
"""

from archive.formats.frontmatter.authors import names_nobody
from archive.formats.frontmatter.dates import DateProblem, PartialDate, date_of_post, read_date
from archive.formats.frontmatter.fields import build_fields
from archive.formats.frontmatter.highlights import holds_highlights
from archive.formats.frontmatter.languages import read_language
from archive.formats.frontmatter.model import Entry, FrontMatter, Json, Problem
from archive.formats.frontmatter.parsing import body_of, parse
from archive.formats.frontmatter.titles import page_name, title_and_publication, title_from_body, title_from_filename
from archive.formats.frontmatter.urls import canonical_url, citable_url

__all__ = [
    "DateProblem",
    "Entry",
    "FrontMatter",
    "Json",
    "PartialDate",
    "Problem",
    "body_of",
    "build_fields",
    "canonical_url",
    "citable_url",
    "date_of_post",
    "holds_highlights",
    "names_nobody",
    "page_name",
    "parse",
    "read_date",
    "read_language",
    "title_and_publication",
    "title_from_body",
    "title_from_filename",
]
