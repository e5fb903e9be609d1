"""The second line of a Kindle clipping, in whatever language the device speaks: what it is, where it is, and when.

    - Your Highlight on page 12 | Location 180-182 | Added on Monday, March 4, 2024 9:15:03 PM
    - 4ページ|位置No. 685-687のハイライト |作成日: 2024年10月28日月曜日 14:01:21

It is read by its shape, so that a language nobody knew of loses the kind or the date of a clipping, never its text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.formats.frontmatter.months import MONTHS
from archive.text.names import names

Kind = Literal["highlight", "note", "bookmark", ""]

# Whole words in scripts that have them; others are searched anywhere. Tried in this order.
_BOOKMARK = names(
    "bookmark lesezeichen marcador signet segnalibro bladwijzer закладка zakładka bokmärke bogmærke bokmerke "
    "záložka kirjanmerkki könyvjelző marcaj σελιδοδείκτης imi iminiz ブックマーク しおり 书签 書籤 북마크 책갈피 "
    "بوكمارك إشارة बुकमार्क"
)
_HIGHLIGHT = names(
    "highlight markierung subrayado resaltado surlignement surligné surlignage passage evidenziazione destaque "
    "destacado markering выделенный выделение отрывок zaznaczenie podkreślenie överstrykning fremhævning utheving "
    "zvýraznění korostus kiemelés evidențiere vurgu vurgulama vurgunuz clipping clip ハイライト マーカー 标注 "
    "標註 标记 標記 剪切 하이라이트 강조 تمييز हाइलाइट"
)
_NOTE = names(
    "note notiz nota notitie aantekening заметка примечание notatka anteckning notat poznámka muistiinpano "
    "jegyzet notă not notunuz notlar メモ 笔记 筆記 메모 노트 ملاحظة नोट"
)
_KINDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("bookmark", _BOOKMARK),
    ("highlight", _HIGHLIGHT),
    ("note", _NOTE),
)

_NUMBER = r"#?(\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d{1,7})"
_NUMBERS = re.compile(rf"{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?")
_BETWEEN_DIGITS = re.compile(r"\D+")
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(
    r"(?<![\d/.-])(?P<hour>\d{1,2})\s*[:.h時时시]\s*(?P<minute>\d{2})"
    r"(?:\s*[:.分분]\s*(?P<second>\d{2}))?"
    r"\s*[秒초]?\s*(?P<after>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_MORNING = ("上午", "午前", "오전", "凌晨", "清晨", "早上")
_AFTERNOON = ("下午", "午後", "오후", "晚上", "傍晚", "中午")


@dataclass(frozen=True, slots=True)
class KindleLine:
    """The content of the second line. `start` and `end` are Kindle's locations, or pages if there is no location."""

    kind: Kind
    start: int | None = None
    end: int | None = None
    created: datetime | None = None  # the device's local time, without a zone


def read_kindle_line(line: str) -> KindleLine:
    """Parse a line that begins with a dash. Never raises: what is not understood stays empty."""
    segments = unicodedata.normalize("NFKC", line).lstrip("-–— \t").split("|")
    created = read_local_time(segments[-1])
    place = " | ".join(segments[:-1] if len(segments) > 1 and _CLOCK.search(segments[-1]) else segments)
    start, end = _place(place)
    return KindleLine(_kind(place), start, end, created)


def _kind(text: str) -> Kind:
    folded = text.casefold()
    words = set(_WORD.findall(folded))
    for kind, its_words in _KINDS:
        if any(word in words or (not _is_spaced(word) and word in folded) for word in its_words):
            return kind
    return ""


def _is_spaced(word: str) -> bool:
    """Whether the word's script puts spaces between words."""
    return word[0] < "\u2e80"


def _place(text: str) -> tuple[int | None, int | None]:
    """The last range of numbers: the location follows the page."""
    found = _NUMBERS.findall(text)
    if not found:
        return None, None
    first, last = (_BETWEEN_DIGITS.sub("", number) for number in found[-1])
    if len(last) < len(first) and last and int(last) < int(first):  # old devices write 1406-7 for 1406-1407
        last = first[: len(first) - len(last)] + last
    start, end = int(first), int(last or first)
    return min(start, end), max(start, end)


def read_local_time(text: str) -> datetime | None:
    """The time in a text in any language, without a zone; None if it is not certain."""
    text = unicodedata.normalize("NFKC", text)
    clocks = list(_CLOCK.finditer(text))
    clock = clocks[-1] if clocks else None
    if clock is None:
        return None
    date = _date(text[: clock.start("hour")]) or _date(text[clock.end() :])
    hour = _hour(
        int(clock["hour"]), f"{text[max(0, clock.start('hour') - 6) : clock.start('hour')]}", clock["after"] or ""
    )
    if date is None:
        return None
    try:
        return datetime(*date, hour, int(clock["minute"]), int(clock["second"] or 0))  # noqa: DTZ001
    except ValueError:
        return None


def _hour(hour: int, before: str, after: str) -> int:
    """The hour on a 24-hour clock, if AM or PM is given."""
    half = after[:1].lower()
    if half == "p" or any(word in before for word in _AFTERNOON):
        return hour + 12 if hour < 12 else hour
    if half == "a" or any(word in before for word in _MORNING):
        return 0 if hour == 12 else hour
    return hour


def _date(text: str) -> tuple[int, int, int] | None:
    if match := _EAST_ASIAN.search(text) or _YEAR_FIRST.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEAR_LAST.search(text):
        first, second, last = int(match[1]), int(match[3]), int(match[4])
        if first > 12 or second > 12 or first == second or match[2] == ".":
            return (last, first, second) if second > 12 else (last, second, first)
        return None  # day or month first: it cannot be determined
    year: int | None = None
    month: int | None = None
    day: int | None = None
    for part in _PARTS.findall(text.casefold()):
        if part.isdecimal():
            if len(part) == 4:
                year = int(part)
            elif len(part) <= 2:
                day = int(part)
        elif part in MONTHS:
            month = MONTHS[part]
    return (year, month, day) if year and month and day else None
