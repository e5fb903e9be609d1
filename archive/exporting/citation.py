"""How an article is cited in running text."""

from archive.articles import dates
from archive.articles.listed import Listed
from archive.articles.models import Article
from archive.formats.frontmatter import citable_url


def citation(article: Article) -> str:
    """Authors, title, publication, date and address, as far as they are known, in one line.

    For many articles, have `bylines` prefetched.
    """
    return f"{reference(article)} {citable_url(article.source_url)}".rstrip()


def reference(article: Article) -> str:
    """The same without the address."""
    byline = ", ".join(authorship.author.name for authorship in article.authorships.all())
    title = " ".join(article.title.split())
    parts = [byline, f"“{title}”", appeared(article)]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def appeared(article: Article | Listed) -> str:
    """Where and when, as far as it is known: `Reuters, 5 February 2026`."""
    published = dates.written(article.published, article.published_precision) if article.published else ""
    return ", ".join(filter(None, (article.publication_name, published)))
