"""Languages as BCP 47 tags, from tags in other spellings and from names."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[a-z\d]{5,8})*", re.IGNORECASE)
_NAMES = {
    name: tag
    for tag, names in {
        "ar": "arabic العربية",
        "cs": "czech čeština",
        "de": "german deutsch",
        "el": "greek ελληνικά",
        "en": "english englisch",
        "es": "spanish español castellano",
        "fa": "persian farsi فارسی",
        "fr": "french français französisch",
        "he": "hebrew עברית",
        "hi": "hindi हिन्दी",
        "it": "italian italiano",
        "ja": "japanese 日本語",
        "ko": "korean 한국어",
        "nl": "dutch nederlands",
        "pl": "polish polski",
        "pt": "portuguese português",
        "ru": "russian русский",
        "sv": "swedish svenska",
        "tr": "turkish türkçe",
        "uk": "ukrainian українська",
        "zh": "chinese 中文 汉语 漢語",
    }.items()
    for name in names.split()
}


def read_language(written: str) -> str | None:
    """The BCP 47 tag of a language given as a tag (zh_cn, EN-us) or by name (German, 日本語); None if it is neither.

    Cased as RFC 5646, section 2.1.1, recommends.
    """
    text = written.strip().casefold()
    if text in _NAMES:
        return _NAMES[text]
    tag = re.split(r"[.@]", text)[0].replace("_", "-")  # en_US.UTF-8
    if not _TAG.fullmatch(tag):
        return None
    first, *rest = tag.split("-")
    return "-".join(
        [first, *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)]
    )
