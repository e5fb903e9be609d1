"""How an article is cited in running text."""

from archive.articles import dates
from archive.articles.models import Article


def citation(article: Article) -> str:
    """Authors, title, publication, date and address, as far as they are known, in one line.

    For many articles, have `authorships__author` prefetched.
    """
    byline = ", ".join(authorship.author.name for authorship in article.authorships.all())
    published = dates.written(article.published, article.published_precision) if article.published else ""
    appeared = ", ".join(part for part in (article.publication.name if article.publication else "", published) if part)
    parts = [byline, f"“{article.title}”", appeared]
    return (
        ". ".join(part.rstrip(".") for part in parts if part)
        + "."
        + (f" {article.source_url}" if article.source_url else "")
    )
