"""Languages and text directions, for `lang` and `dir` attributes."""

import unicodedata

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"))


def direction_of(text: str, language: str = "") -> str:
    """`rtl` or `ltr` for a text in a language; if the language is unknown, by the first letter, as browsers do.

    With the direction set by the server, styles can keep adjacent English text in its own direction.
    """
    if language:
        return direction(language)
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return "ltr" if strong == "L" else "rtl"


def direction(language: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag; `auto` if there is none, which makes the browser look at the letters."""
    if not language:
        return "auto"
    tag = language.lower().replace("_", "-")
    if "-latn" in tag or "-cyrl" in tag:
        return "ltr"
    return "rtl" if tag.split("-")[0] in RIGHT_TO_LEFT or "-arab" in tag or "-hebr" in tag else "ltr"
