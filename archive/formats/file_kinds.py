"""What a file's name says about its content."""

import re

ARTICLE_SUFFIXES = (".md", ".markdown", ".mdown", ".txt")
ARCHIVE_SUFFIXES = (".zip", ".tar.gz", ".tgz")
# Other programs' documents: reported by an import, because they are not read as articles.
OTHER_SUFFIXES = (
    *(".json", ".csv", ".tsv", ".html", ".htm", ".xhtml", ".mhtml", ".webarchive", ".enex", ".pdf", ".epub", ".mobi"),
    *(".azw", ".azw3", ".docx", ".doc", ".odt", ".rtf", ".opml", ".bib", ".ris", ".xml", ".org", ".rst", ".ipynb"),
)
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".svg")
# Neither text nor exports, and large: not extracted from archives.
MEDIA_SUFFIXES = (
    *(".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".ttf", ".woff"),
    *(".woff2", ".heic", ".tiff", ".tif", ".psd", ".exe", ".dll", ".dmg", ".iso", ".class", ".pyc"),
)

# Kindle's file, as it is called in each of its languages.
_CLIPPINGS = re.compile(
    r"(?:My Clippings|Meine Clippings|Mes coupures|Mis recortes|I miei ritagli|Meus recortes|Mijn knipsels|Мои вырезки"
    r"|マイクリッピング|我的剪贴|我的剪貼)(?: ?\(?\d+\)?)?\.txt",
    re.IGNORECASE,
)
_FOR_PROGRAMS = re.compile(
    r"(?:robots|humans|ads|app-ads|security|llms|llms-full|sitemap|(?:.*[-_.])?requirements(?:[-_.].*)?|constraints"
    r"|CMakeLists|top_level|dependency_links|entry_points|SOURCES|RECORD)\.txt",
    re.IGNORECASE,
)


def is_article(name: str) -> bool:
    """Whether a file has the name of an article."""
    return name.lower().endswith(ARTICLE_SUFFIXES)


def is_container(name: str) -> bool:
    """Whether a file has the name of an archive that can be unpacked."""
    return name.lower().endswith(ARCHIVE_SUFFIXES)


def is_picture(name: str) -> bool:
    """Whether a file has the name of an image."""
    return name.lower().endswith(PICTURE_SUFFIXES)


def is_media(name: str) -> bool:
    """Whether a file has the name of a recording, a font or a program."""
    return name.lower().endswith(MEDIA_SUFFIXES)


def is_of_other_program(name: str) -> bool:
    """Whether a file has the name of a document that is not an article."""
    return name.lower().endswith(OTHER_SUFFIXES) or bool(_CLIPPINGS.fullmatch(name))


def is_for_programs(name: str) -> bool:
    """Whether a file is meant for programs, despite its text-file extension."""
    return bool(_FOR_PROGRAMS.fullmatch(name))
