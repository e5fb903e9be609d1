"""Converts languages to BCP 47 tags, from other spellings, three-letter library codes, and names."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[a-z\d]{5,8})*", re.IGNORECASE)
_NAMES = {
    name: tag
    for tag, names in {
        "ar": "ara arabic العربية",
        "cs": "ces cze czech čeština",
        "de": "deu ger german deutsch",
        "el": "ell gre greek ελληνικά",
        "en": "eng english englisch",
        "es": "spa spanish español castellano",
        "fa": "fas per persian farsi فارسی",
        "fr": "fra fre french français französisch",
        "he": "heb iw hebrew עברית",
        "hi": "hin hindi हिन्दी",
        "it": "ita italian italiano",
        "ja": "jpn japanese 日本語",
        "ko": "kor korean 한국어",
        "nl": "nld dut dutch nederlands",
        "pl": "pol polish polski",
        "pt": "por portuguese português",
        "ru": "rus russian русский",
        "sv": "swe swedish svenska",
        "th": "tha thai ไทย ภาษาไทย",
        "tr": "tur turkish türkçe",
        "uk": "ukr ukrainian українська",
        "vi": "vie vietnamese",
        "zh": "zho chi chinese 中文 汉语 漢語",
        "zh-Hans": "简体中文 简中",
        "zh-Hant": "繁體中文 繁体中文 正體中文 繁中",
    }.items()
    for name in names.split()
}
# Countries used to mean their language; none of these is a language code itself.
_COUNTRIES = {"cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk"}
_FORMERLY = {"in": "id", "ji": "yi"}
UNDETERMINED = "und"


def read_language(written: str) -> str | None:
    """The BCP 47 tag of a language given as a tag (zh_cn, EN-us) or by name (German, 日本語); None if it is neither, or
    says that the language is unknown. Of several, the first is used.

    Cased as recommended by RFC 5646, section 2.1.1.
    """
    text = written.strip().casefold()
    text = re.split(r"\s*[,;/]\s*", text)[0]
    if named := _NAMES.get(re.split(r"[\s(]", text)[0]):  # English (United States)
        return named
    tag = re.split(r"[.@]", text)[0].replace("_", "-")  # en_US.UTF-8
    if not _TAG.fullmatch(tag) or tag == UNDETERMINED:
        return None
    first, *rest = tag.split("-")
    first = _FORMERLY.get(first, first) if rest else _COUNTRIES.get(first) or _FORMERLY.get(first, first)
    return "-".join(
        [first, *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)]
    )
