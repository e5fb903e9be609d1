"""Converts the TeX in BibTeX files, with commands for letters and accents, to plain Unicode text."""

from __future__ import annotations

import re
import unicodedata

from archive.text.names import names

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textunderscore": "_", "textdollar": "$", "textbraceleft": "{", "textbraceright": "}",
    "textquotesingle": "'", "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "quotedblbase": "„", "quotesinglbase": "‚", "textendash": "–", "textemdash": "—", "textellipsis": "…", "ldots": "…",
    "dots": "…", "textbullet": "•", "textperiodcentered": "·", "textdegree": "°", "textregistered": "®",
    "copyright": "©",
    "textcopyright": "©", "texttrademark": "™", "texteuro": "€", "euro": "€", "pounds": "£", "textsterling": "£",
    "textyen": "¥", "textcent": "¢", "S": "§", "textsection": "§", "P": "¶", "dag": "†", "ddag": "‡", "textmu": "µ",
    "textexclamdown": "¡", "textquestiondown": "¿", "times": "×", "texttimes": "×", "div": "÷", "pm": "±", "cdot": "·",
    "sim": "~", "approx": "≈", "leq": "≤", "geq": "≥", "neq": "≠", "rightarrow": "→", "leftarrow": "←", "infty": "∞",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π",
    "sigma": "σ", "phi": "φ", "omega": "ω", "Delta": "Δ", "Omega": "Ω", "LaTeX": "LaTeX", "TeX": "TeX",
    "BibTeX": "BibTeX",
    "textonehalf": "½", "textonequarter": "¼", "newline": " ", "par": "\n\n", "slash": "/", "space": " ", "quad": " ",
}  # fmt: skip
# Commands that are replaced by their argument.
_STYLES = names(
    "emph textit textbf textsc texttt textrm textsf textsl textup textmd textnormal text underline uline "
    "mkbibquote mkbibemph enquote url path nolinkurl href mbox hbox bibinfo textsuperscript textsubscript "
    "ensuremath mathrm mathit it bf sc tt rm em sl itshape bfseries scshape upshape small large noopsort relax "
    "protect nocase"
)
_SIGNS = {"``": "“", "''": "”", "---": "—", "--": "–", "~": " ", "{": "", "}": "", "$": ""}
_TOKEN = re.compile(
    r"""\\(?P<accent>[`'^~=."]|[uvHcdbkr](?![A-Za-z]))\s*(?:\{\s*\\?(?P<braced>[^\W\d_])\s*\}|\\?(?P<bare>[ij](?![A-Za-z])|[^\W\d_]))
    |\\(?P<command>[A-Za-z]+)(?:\{\}|[ \t]+|(?=\W|$))?
    |\\(?P<sign>.)
    |(?P<mark>``|''|---|--|[~{}$])""",
    re.VERBOSE | re.DOTALL,
)
_DOTLESS = {"ı": "i", "ȷ": "j"}


def plain_text(tex: str) -> str:
    """The text without TeX's commands and braces. Unknown commands stay as written."""
    if not any(sign in tex for sign in "\\{}~$`'-"):
        return tex
    return unicodedata.normalize("NFC", _TOKEN.sub(_replaced, tex))


def _replaced(match: re.Match[str]) -> str:
    if accent := match["accent"]:
        letter = match["braced"] or match["bare"]
        return unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
    if command := match["command"]:
        if command in _LETTERS:
            return _LETTERS[command]
        return "" if command in _STYLES else match[0]
    if sign := match["sign"]:
        return {"\\": " ", "-": "", "/": "", ",": " ", ";": " ", ":": " ", " ": " ", "(": "", ")": ""}.get(sign, sign)
    return _SIGNS[match["mark"]]
