"""Bylines: the authors named by a string or list, in any of the ways clippers and people write them."""

from __future__ import annotations

import re
from itertools import chain
from unicodedata import normalize

from archive.formats.frontmatter.dates import DateProblem, read_date
from archive.formats.frontmatter.keys import same_key
from archive.formats.frontmatter.markup import plain
from archive.formats.frontmatter.model import Json
from archive.formats.frontmatter.wikilinks import MARKDOWN_LINK, PLACEHOLDER, WIKILINK, label

LONGEST_NAME = 200
LONGEST_BYLINE = 10_000

_NOBODY = frozenset(
    {
        "",
        "unknown",
        "unknown author",
        "none",
        "null",
        "n/a",
        "na",
        "-",
        "–",
        "—",
        "?",
        "undefined",
        "nan",
        "[]",
        "[[]]",
        "&",
    }
)
_URL_OR_ADDRESS = re.compile(r"[(<]?\b(?:https?://|www\.|mailto:)[^\s()<>]*[)>]?|[(<][^\s()<>@]+@[^\s()<>]+[)>]", re.I)
_BY = re.compile(
    r"(?:(?:(?:written|words|posted|story|text|guest post|article|(?:view )?(?:all )?posts|more) )?by\b[:\s]\s*"
    r"|(?:authors?|autor|auteur|автор|penulis|texte?|texto|tekst|testo)\s*[:：]\s*"
    r"|автор(?=\s+[А-ЯЁ]\w*\s+[А-ЯЁ])\s+|文\s*[:：/／＝=]\s*|(?:作者|著者|撰文|记者|記者|原创|글|취재|מאת|بقلم|โดย)(?:\s*[:：/／]\s*|\s+))(?=\S)",
    re.I,
)
# Two names must follow: a single one may be a family name, as in Von Neumann.
_BY_ELSEWHERE = re.compile(r"(?:Von|Par|Por)\s+(?=[A-ZÀ-Þ][\w.’'-]*\s+[A-ZÀ-Þ])")
_OTHERS = r"et\.? al\b\.?|u\. ?a\.|m\. ?fl\.|y otros|e outros|e altri|и др\.?|та ін\.?|i in\.|ほか|他"
_MORE = re.compile(rf"(?:\d+ more|(?:\d+ )?others|{_OTHERS})(?: authors?)?\.?|等人?", re.I)
_AND_MORE = re.compile(
    rf"(?:,?\s+(?:{_OTHERS})|\s\+ ?\d+(?: (?:more|others))?|(?<=[\u3400-\u9fff]{{2}})\s?等人?|(?<=\w)\s等人?)"
    r"(?=\s*(?:$|[;；,，]))",
    re.I,
)
_REPORTER = re.compile(r"(?<=[\uac00-\ud7af])\s+(?:선임|수석)?기자$")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
_CERTAIN = re.compile(r"\s*[;；؛、\n]\s*|\s+[|·•/]\s+|(?<=[\uac00-\ud7af])·(?=[\uac00-\ud7af])")
_FAMILY = re.compile(r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|bin|al) )*[^\W\d_][\w’'-]*", re.I)
_OF_FEEDS = re.compile(r"[^\s@]+@[^\s@]+\s+\((?P<name>[^()]+)\)")  # ada@example.org (Ada Quill)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+")
_AND_ELSEWHERE = re.compile(r"\s+(?:y|e|i|en|og|och|oraz|ve|dan|và|и|і|та|و)\s+")
_AND = re.compile(r",?\s+(?:and|&)\s+|\s+und\s+|\s+et\s+(?!al\b)", re.I)
_COMMA = re.compile(r"\s*[,，،]\s*")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq|m\.?a|b\.?a|dphil|rn|frs|obe)\.?", re.I)
_REFERENCES = re.compile(r"(?<=\w)\s*\[\d{1,2}\](?:,?\s*\[\d{1,2}\])*")
_TOLD_BESIDE = re.compile(r"(?<=\w)\s+(?:follow|\d+ min(?:utes?)? read)$", re.I)  # as Medium's bylines go on
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"(?=.*\b(?:19|20)\d\d\b)[\w.,/\s-]{6,30}")
_BEFORE_DAY = re.compile(r"^(?=\d)|\s*[,·•|–—]\s*")
_MARKS = "¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§, "  # by which newspapers state their authors' location
_SLUG = re.compile(r"[A-ZÀ-Þ][\w.]*(?:-[A-ZÀ-Þ][\w.]*)+")
_LOWER_SLUG = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){1,3}")
_BODY_WITH_AND = re.compile(
    # "Bureau of …", "Food and Agriculture Organization", "Space Administration"; "Smith & Sons"
    r"\b(?:of|for)\b|(?:and|&)\s+\w+\s+(?:administration|agency|authority|board|bureau|commission|committee|council"
    r"|department|office|organi[sz]ation|services?)$|(?:and|&)\s+(?:associates|brothers|co|company|partners|sons)\.?$",
    re.I,
)
_BADGES = re.compile(r"[\d,.k\s]{0,30}(?:gold|silver|bronze) badges?.*", re.I | re.DOTALL)  # on Stack Exchange
_NOTE = re.compile(r"\^\[[^\[\]]*\]|\[\^[^\[\]]*\]")
_LINKS = re.compile(r"(\]\([^()\s]*\))\s+(?=\[)")
_SPACED_SIGN = re.compile(r"\s[|/]\s")
_ADDRESS_BESIDE = re.compile(r"(?<=\S)\s*https?://\S+")
_HAN_PAIR = re.compile("[\u3400-\u9fff]{1,8}[，,][\u3400-\u9fff]{1,8}")
# The most common Chinese family names, covering nine of ten people, and the double ones.
_HAN_NAME = re.compile(
    "(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|公孙|慕容|司徒|端木|令狐|夏侯|独孤"
    "|[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧"
    "蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯"
    "尹黎易常武乔喬贺賀赖賴龚龔文])[\u3400-\u9fff]{1,2}"
)
_GIVEN = ("given", "givenname", "first", "firstname")
_FAMILY_NAME = ("family", "familyname", "last", "lastname")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def read_authors(value: Json) -> list[str]:
    """The names in a byline, in order and without duplicates; empty if it names nobody.

    "Last, First" stays one person, as written; "Last; First; Last; First" becomes several of that form. A slug such as
    David-Harel or david-harel becomes a name; a one-word handle stays.
    """
    names = (_tidy(name) for text in _texts(value) for name in _split(text[:LONGEST_BYLINE]))
    known: dict[str, str] = {}
    for name in names:
        if (
            name.casefold() not in _NOBODY
            and not _MORE.fullmatch(name)
            and len(name) <= LONGEST_NAME
            and not _is_day(name)
        ):
            name = name if name.isascii() else normalize("NFC", name)
            known.setdefault(name.casefold(), name)
    return list(known.values())


def _without_day(byline: str) -> str:
    """The byline without a publication date after the names."""
    for sign in _BEFORE_DAY.finditer(byline, max(len(byline) - 40, 0)):
        if _DAY.fullmatch(byline, sign.end()) and _is_day(byline[sign.end() :]):
            return byline[: sign.start()]
    return byline


def _is_day(text: str) -> bool:
    if _DIGIT.search(text) is None:
        return False
    try:
        day = read_date(text)
    except DateProblem:
        return False
    return day is not None and day.precision == "day"


def names_nobody(name: str) -> bool:
    """Whether this is a placeholder for an unknown author: Unknown, N/A."""
    return name.strip().casefold() in _NOBODY


def _texts(value: Json) -> list[str]:
    """The strings in a value at any depth; of a mapping, its name."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return list(chain.from_iterable(map(_texts, value)))
    if isinstance(value, dict):
        named = next((value[key] for key in ("name", "title", "display_name", "text") if key in value), None)
        return _texts(named) if named is not None else _name_in_parts(value)
    return []


def _name_in_parts(person: dict[str, Json]) -> list[str]:
    """The name of a person whose given and family names are separate, as in citation programs."""
    parts = {same_key(key): part for key, part in person.items() if isinstance(part, str)}
    given, family = (next((parts[key] for key in keys if key in parts), "") for keys in (_GIVEN, _FAMILY_NAME))
    return [f"{given} {family}".strip()] if family else []


def _split(byline: str) -> list[str]:
    text = _NOTE.sub("", plain(PLACEHOLDER.sub("", byline)))
    text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    if "[[" in text:
        linked = [_linked_name(target) for target in WIKILINK.findall(text)]
        if not _AND.sub("", f" {WIKILINK.sub(' ', text)} ").strip(" ,;、&\"'-"):
            return [_AND_MORE.sub("", name[match.end() :] if (match := _BY.match(name)) else name) for name in linked]
        text = WIKILINK.sub(lambda match: _linked_name(match[1]), text)
    if "](" in text:
        text = MARKDOWN_LINK.sub(lambda match: match[1], _LINKS.sub(r"\1; ", text))
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if match := _OF_FEEDS.fullmatch(text):
        return [match["name"]]
    text = _BADGES.sub("", text) if " badge" in text else text
    text = _URL_OR_ADDRESS.sub(" ", text).strip()
    if match := _BY.match(text) or _BY_ELSEWHERE.match(text):
        text = _FULL_STOP.sub("", text[match.end() :])
    text = _without_day(_AND_MORE.sub("", _REFERENCES.sub("", text)))
    parts = _CERTAIN.split(text)
    return _family_names_first(parts) or [name for part in parts for name in _people(part)]


def _linked_name(target: str) -> str:
    """The name in a link. A bar or slash with spaces around it belongs to the name; an address next to it does not."""
    target = _ADDRESS_BESIDE.sub("", target).strip() or target
    return " ".join(target.split()) if _SPACED_SIGN.search(target) else label(target)


def _family_names_first(parts: list[str]) -> list[str]:
    """The people of "Doe; Jane; Roe; Bob", with two parts each; empty if every part may be a person."""
    families, given = parts[::2], parts[1::2]
    if len(given) < 2 or len(families) != len(given) or any("," in part or not part[:1].isupper() for part in given):
        return []
    if not all(_FAMILY.fullmatch(family) and not family.islower() for family in families):
        return []
    return [f"{family}, {name}" for family, name in zip(families, given, strict=True)]


def _people(text: str) -> list[str]:
    """Names joined by "and" and commas, unless these belong to a name."""
    parts = [text] if _BODY_WITH_AND.search(text) else _parts(text)
    if len(parts) == 1:
        return _at_commas(parts[0])
    listed = [_joined_suffixes(part) for part in parts]
    pieces = [piece for each in listed for piece in each]
    if pairs := _with_initials(pieces):
        return pairs
    if all(len(each) == 2 for each in listed):  # Last, First and Last, First
        return parts
    return pieces


def _parts(text: str) -> list[str]:
    """The parts joined by "and" in English, and between two full names in other languages: Ortega y Gasset is one
    man."""
    parts = [part for part in _AND.split(text) if not _MORE.fullmatch(part)]
    return [name for part in parts for name in _full_names(part) or [part]]


def _full_names(text: str) -> list[str]:
    names = _AND_ELSEWHERE.split(text)
    words = [name.split() for name in names]
    are_full = all(len(name) > 1 and not any(word[0].islower() for word in name) for name in words)
    return names if len(names) > 1 and are_full else []


def _with_initials(pieces: list[str]) -> list[str]:
    """The people of "Doe, J., Roe, B. C."; empty unless initials follow every name."""
    families, initials = pieces[::2], pieces[1::2]
    if len(families) != len(initials) or not all(map(_INITIALS.fullmatch, initials)):
        return []
    return [f"{family}, {given}" for family, given in zip(families, initials, strict=True)]


def _at_commas(text: str) -> list[str]:
    if _HAN_PAIR.fullmatch(text):  # a comma may be part of a pen name: only two certain names are two people
        pair = _COMMA.split(text)
        return pair if all(map(_HAN_NAME.fullmatch, pair)) else [text]
    pieces = _joined_suffixes(text)
    if pairs := _with_initials(pieces):
        return pairs
    if len(pieces) == 2 and not _HAN.search(text):
        one_word = [len(piece.split()) == 1 for piece in pieces]
        if any(one_word) and not (all(one_word) and text.islower()):  # Last, First; but handles are split
            return [text]
    return pieces if len(pieces) <= 2 or not _BODY_WITH_AND.search(text) else [text]


def _joined_suffixes(text: str) -> list[str]:
    """The pieces between commas, with Jr. and degrees kept with the name before them."""
    pieces: list[str] = []
    for piece in filter(None, _COMMA.split(text)):
        if pieces and _SUFFIX.fullmatch(piece):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    return pieces


def _tidy(name: str) -> str:
    name = " ".join(name.split()).strip(' ,;:|"“”*_')
    if len(name) > 2 and name[0] == name[-1] == "'":
        name = name[1:-1]
    name = _REPORTER.sub("", _TOLD_BESIDE.sub("", name).rstrip(_MARKS))
    name = name.rpartition("/")[2] if name.startswith("#") else name  # a tag, as in #people/jane-doe
    if name.islower() and _LOWER_SLUG.fullmatch(name):
        return name.replace("-", " ").title()
    return name.replace("-", " ") if _SLUG.fullmatch(name) else name
