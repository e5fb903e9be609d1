"""The characters with a meaning in the search language, including their variants on other keyboards.

Nothing here changes a text, so offsets into a query are offsets into what the reader typed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# White space, and invisible characters that pasting adds: control characters, direction marks, lone surrogates. The
# joiners U+200C and U+200D are excluded: Persian and Indic words contain them.
BLANK = r"\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
OPEN = "(（"
CLOSE = ")）"
MINUS = "-－−"
STAR = "*＊"
TILDE = "~～"
COLON = ":："
OPERATORS = ("OR", "AND", "NOT")

BLANKS = re.compile(f"[{BLANK}]+")

_DOUBLE = '"“”„‟＂〝〞〟'
# Hebrew abbreviations have a quotation mark before the last letter, which is part of the word.
_IN_HEBREW = f"(?<=[\u05d0-\u05ea])[{_DOUBLE}](?=[\u05d0-\u05ea])"


@dataclass(frozen=True)
class Quotation:
    """A family of quotation marks: any of `marks` opens a phrase, and the next match of `closing` ends it."""

    marks: str
    pair: tuple[str, str]
    closing: re.Pattern[str]

    def enclose(self, text: str) -> str | None:
        """The text in these quotation marks, or None if it contains one that would close them early."""
        enclosed = f"{self.pair[0]}{text}{self.pair[1]}"
        closing = self.closing.search(enclosed, 1)
        return enclosed if closing and closing.end() == len(enclosed) else None


QUOTATIONS = (
    Quotation(_DOUBLE, ('"', '"'), re.compile(f"(?!{_IN_HEBREW})[{_DOUBLE}]")),
    Quotation("«»", ("«", "»"), re.compile("[«»]")),
    Quotation("「", ("「", "」"), re.compile("」")),
    Quotation("『", ("『", "』"), re.compile("』")),
    Quotation("｢", ("｢", "｣"), re.compile("｣")),
)
QUOTATION_BY_MARK: Mapping[str, Quotation] = {mark: family for family in QUOTATIONS for mark in family.marks}

# A run: everything up to the next space, parenthesis or quotation. Possessive, so that it cannot backtrack.
RUN = re.compile(f"(?:[^{BLANK}{OPEN}{CLOSE}{''.join(QUOTATION_BY_MARK)}]++|{_IN_HEBREW})++")

# `name:value`, where it could be meant as a field.
FIELD = re.compile(f"([A-Za-zＡ-Ｚａ-ｚ]{{1,20}})[{COLON}](.*)")
# After an unknown field name, these mean something else: an address, a C++ name, a Windows path.
_NO_FIELD_VALUE = tuple("/\\" + COLON)


def looks_like_field(run: str) -> bool:
    """Whether a run looks like a field with a value, so that a reader is told if there is no such field."""
    match = FIELD.fullmatch(run)
    return bool(match and match[2] and not match[2].startswith(_NO_FIELD_VALUE))


def is_bare_word(text: str) -> bool:
    """Whether the text, without quotation marks, is read as one word."""
    negated = text[:1] in MINUS and text[1:2] not in MINUS
    only_dashes = not text.strip(MINUS)
    special = negated or only_dashes or text in OPERATORS or looks_like_field(text)
    return not special and is_bare_value(text)


def is_bare_value(text: str) -> bool:
    """Whether the text can follow a field's colon without quotation marks."""
    is_open = text[:1] in STAR or text[-1:] in STAR or (text[-1:] in TILDE and text.strip(TILDE) != "")
    return RUN.fullmatch(text) is not None and not is_open


def as_word(text: str) -> str:
    """The text, in lower case if it would otherwise be read as an operator; case makes no difference to a search."""
    return text.lower() if text in OPERATORS else text


def one_line(text: str) -> str:
    """The text with every run of white space replaced by one space, and none at the ends."""
    return BLANKS.sub(" ", text).strip(" ")


def quoted(text: str) -> str:
    """The text as a phrase, in the first family of quotation marks that it does not contain itself."""
    for family in QUOTATIONS:
        if enclosed := family.enclose(text):
            return enclosed
    return '"' + one_line(re.sub(f"[{_DOUBLE}]", " ", text)) + '"'


def value(text: str) -> str:
    """The text as the value of a field is written: in quotation marks where it needs them."""
    return text if is_bare_value(text) else quoted(text)
