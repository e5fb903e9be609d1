"""Front matter: what a clipping says about itself, in whatever dialect and however broken.

Pure Python, knows nothing of Django.
"""

from .dates import PartialDate
from .model import FrontMatter, Problem
from .parsing import parse
from .titles import title_and_publication, title_from_body, title_from_filename
from .urls import canonical_url

__all__ = [
    "FrontMatter",
    "PartialDate",
    "Problem",
    "canonical_url",
    "parse",
    "title_and_publication",
    "title_from_body",
    "title_from_filename",
]
