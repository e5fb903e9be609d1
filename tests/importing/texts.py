"""Clippings with the same or a different text."""

LONG = " ".join(f"word{number}" for number in range(200))
OTHER = " ".join(f"other{number}" for number in range(200))


def clip(url: str, title: str = "A title", body: str = LONG) -> str:
    """A file with an article's address."""
    return f"---\nsource: {url}\ntitle: {title}\n---\n\n{body}\n"
