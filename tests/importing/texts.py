"""Clippings that tell the same or something else."""

LONG = " ".join(f"word{number}" for number in range(200))
OTHER = " ".join(f"other{number}" for number in range(200))


def clip(url: str, title: str = "A title", body: str = LONG) -> str:
    """A file with the address of an article."""
    return f"---\nsource: {url}\ntitle: {title}\n---\n\n{body}\n"
