"""What the name of a file says about its content."""

ARTICLE_SUFFIXES = (".md", ".markdown", ".mdown", ".txt")
ARCHIVE_SUFFIXES = (".zip", ".tar.gz", ".tgz")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg")


def is_article(name: str) -> bool:
    """Whether a file's name is that of an article."""
    return name.lower().endswith(ARTICLE_SUFFIXES)


def is_container(name: str) -> bool:
    """Whether a file's name is that of an archive that can be unpacked."""
    return name.lower().endswith(ARCHIVE_SUFFIXES)


def is_picture(name: str) -> bool:
    """Whether a file's name is that of a picture."""
    return name.lower().endswith(PICTURE_SUFFIXES)
