"""The models, a module per noun."""

from archive.articles.models.article import Article, Authorship, DatePrecision
from archive.articles.models.attachment import Attachment
from archive.articles.models.author import Author
from archive.articles.models.cite_key import CiteKey
from archive.articles.models.edit import ArticleEdit
from archive.articles.models.publication import Publication
from archive.articles.models.revision import Revision

__all__ = [
    "Article",
    "ArticleEdit",
    "Attachment",
    "Author",
    "Authorship",
    "CiteKey",
    "DatePrecision",
    "Publication",
    "Revision",
]
