"""Dates as written in clippings. The written date is kept: nothing is converted between time zones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from archive.formats.frontmatter.months import MONTHS, WEEKDAYS

Precision = Literal["year", "month", "day"]

EARLIEST_YEAR, LATEST_YEAR = 1000, 2200
LONGEST = 100


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, as precise as it was stated: for a year or month alone, `date` is its first day. `written` is the
    text."""

    date: date
    precision: Precision
    written: str


class DateProblem(ValueError):
    """The text is not a valid date. `code` is the reason; the message completes "'…' " to a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


_ZONE = r"(?:z\b|\(?(?:utc|gmt)?\s*[+\-−]\s*\d{1,2}(?::?\d{2})?\)?|[a-z]+/[a-z_]+|\(?[a-z]{2,5}\b\)?(?:[+-]\d\d?)?)"
# A time of day with its zone: 14:00:00.000Z, 9:00 -4, 3:43:47 pm, T18:01:37 (UTC +01:00), 10h30, 下午3:20, 10 Uhr
_CLOCK = re.compile(
    r"(?:\b(?:t|at|um|à|às|a las?|alle(?: ore)?|kl)|上午|下午|午前|午後|오전|오후)?\s*(?<!\d)"
    r"(?:\d{1,2}(?:[:h時时]| h )\d{2}(?:[:分]\d{2}(?:[.,]\d+)?秒?)?分?(?:\s*[ap]\.?m\b\.?|\s*uhr\b)?"
    r"|\d{1,2}\s*(?:[ap]m|uhr)\b)"
    rf"(?:\s*{_ZONE})?(?:\s+[a-z]{{2,5}}$)?(?:\[[\w/+-]+\])?",
    re.IGNORECASE,
)
# What may follow a date in a file name: _10-00-00, -1000, T10
_BARE_CLOCK = re.compile(r"(?:[_-]\d{2}[-.]?\d{2}(?:[-.]?\d{2})?|T\d{2})", re.IGNORECASE)
# After the whole date, a time may be written with a dot: - 06.28, at 10.30, kl. 12.30, 19.13 CEST
_CLOCK_AT_END = re.compile(
    r"(?:^|(?<=\d))(?:,|\s+(?:-|at|kl\.?|klo|um))?\s+\d{1,2}\.\d{2}(?:\s+[a-z]{2,5})?$", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:(?:first )?(?:published|posted|created|saved|clipped)|date|datum|stand|publiée?|veröffentlicht|erschienen"
    r"|publicado|pubblicato|опубликовано|発行日?|発表|公開日|发布于|发表于|发布时间|發布時間|發佈時間|时间|時間|日期|(?:기사)?입력|등록"
    r"|submitted|issue date|ngày|d)(?: (?:on|at|am|le|el|em|il))?(?:\s*[:：]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_READING_TIME = re.compile(r"(?:^|\s*[·•|,]\s*)\d+ min(?:ute)?s? read(?:\s*[·•|,]\s*|$)", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"(?P<words>[^\W\d_][^\d,،]{1,20})[,،]\s*(?=\d{1,2}\D|\d{4}[-/.年])")  # a weekday or a place
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013", "----")
_POST = re.compile(r"(\d{4}-\d\d-\d\d)-(?=[^\W\d_])[^ ]*\.(?:md|markdown)$")
_LINK = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_ASIDE = re.compile(r"[(（][^()（）\d]*[)）]")
_YEAR_FIRST = re.compile(r"(\d{4})\s?([-/._])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_PERSIAN_DIGIT = re.compile("[\u06f0-\u06f9]")
_ERA = re.compile(r"(?:中華)?(令和|平成|昭和|民國)(\d{1,3}|元)(?=年)")
_YEARS_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911}
_THAI = re.compile("[\u0e00-\u0e7f]")
_AROUND_THAI = re.compile(r"^\D+|(?<=[\u0e00-\u0e7f])\.")  # the weekday, and the dots of abbreviations
_BUDDHIST_YEAR = re.compile(r"(?<!\d)2[4-6]\d\d(?!\d)")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日號号일])?)?")
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:[t ]?\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?\s*(?:z|[+-]\d{2}[:']?\d{2}'?)?)?", re.I
)
_SHORT_FIRST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_EPOCH = re.compile(r"(\d{10})(?:\.\d+)?|(\d{13})")
_WORD = re.compile(
    r"\d{1,2}\s?[月월]|tháng \d{1,2}|\d+|(?:تشرين|كانون) (?:الأول|الثاني)"
    r"|[^\W\d_](?:[^\W\d_]|[\u0900-\u0963\u0e31-\u0e4e])*"  # including vowel signs, which are not letters
)
# Words around a date that do not affect it: articles, ordinal endings, parts of the day.
_FILLERS = frozenset(
    word
    for line in (
        "st nd rd th er de del do da du di den of the le el on at à um kl h р року г года",
        "utc gmt z º ª го й в 日 号 號 일",
        "น พศ เวลา năm",
        "上午 下午 中午 晚上 凌晨 早上 清晨 傍晚 午前 午後 오전 오후 утра дня вечера ночи",
    )
    for word in line.split()
)


def read_date(written: str, *, month_first: bool = False) -> PartialDate:
    """The date stated in a text, in any of the forms found in clippings. Raises DateProblem if there is none.

    `month_first` says how to read 03/04/2025, which is otherwise ambiguous and refused. Dates with dots are always day
    first. Epoch seconds and milliseconds are in UTC.
    """
    if len(written) > 2 * LONGEST:
        raise DateProblem("unknown-date", "is too long for a date")
    text = _bare(written)
    if len(text) > LONGEST:
        raise DateProblem("unknown-date", "is too long for a date")
    for form in (_year_first, _numbers_alone, _east_asian, _short_first, _in_words):
        found = form(text, month_first)
        if found is not None:
            return _partial(found, written.strip())
    raise DateProblem("unknown-date", "is not a date in a form that is known")


def date_of_post(name: str) -> PartialDate | None:
    """The date in a Jekyll post's file name, 2026-02-05-title.md; None for other names."""
    match = _POST.match(name)
    try:
        return read_date(match[1]) if match else None
    except DateProblem:
        return None


def _bare(written: str) -> str:
    """The text without what surrounds the date: a link's brackets and folder, "Published on", a weekday."""
    text = unicodedata.normalize("NFC", written).translate(_DASHES)
    text = _LINK.sub(lambda match: _file_name(match[1]), text.strip().strip("\"'"), count=1).strip()
    text = _ERA.sub(lambda match: str(_YEARS_BEFORE[match[1]] + int(match[2].replace("元", "1"))), text)
    text = text.strip("<>[]") if text.startswith(("<", "[")) else text
    text = text[match.end() :] if (match := _LABEL.match(text)) else text
    text = _READING_TIME.sub("", text)
    if _THAI.search(text):
        text = _BUDDHIST_YEAR.sub(lambda match: str(int(match[0]) - 543), _AROUND_THAI.sub("", text))
    if (match := _WORDS_BEFORE.match(text)) and not any(word in MONTHS for word in _words(match["words"])):
        return text[match.end() :]
    first, _, rest = text.partition(" ")
    return rest.strip() if rest and first.rstrip(",.").casefold() in WEEKDAYS else text


def _file_name(target: str) -> str:
    """The last part of a link's path, unless the slashes belong to the date."""
    name = target.rpartition("/")[2]
    return name if len(name) > 4 else target


_Parts = tuple[int, int | None, int | None]


def _partial(parts: _Parts, written: str) -> PartialDate:
    year, month, day = parts
    precision: Precision = "year" if month is None else "month" if day is None else "day"
    try:
        value = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateProblem("impossible-date", "is a date that does not exist") from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateProblem("impossible-date", f"is not between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
    return PartialDate(value, precision, written)


def _without_time(text: str) -> str:
    """The text without its time and anything in brackets, which do not affect the date."""
    return _ASIDE.sub(" ", _CLOCK.sub(" ", _CLOCK_AT_END.sub("", text), count=1))


def _words(text: str) -> list[str]:
    """The words and numbers, case-folded; a two-word month name counts as one."""
    return [word.replace(" ", "") for word in _WORD.findall(text.casefold())]


def _is_time(tail: str) -> bool:
    """Whether only a time and some words follow the date: a weekday, the source, a location."""
    return not re.search(r"\d", _without_time(tail))


def _year_first(text: str, month_first: bool) -> _Parts | None:
    if (match := _YEAR_FIRST.match(text)) and (
        _BARE_CLOCK.fullmatch(text, match.end()) or _is_time(text[match.end() :])
    ):
        if int(match[1]) < 1600 and (match[2] == "/" or _PERSIAN_DIGIT.search(text)):
            raise DateProblem("ambiguous-date", "may be a date of the Persian calendar")
        return int(match[1]), int(match[3]), int(match[4])
    if match := _YEAR_MONTH.fullmatch(text):
        return int(match[1]), int(match[2]), None
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), None
    return None


def _numbers_alone(text: str, month_first: bool) -> _Parts | None:
    """2024, 20250625, 202506251546, and seconds or milliseconds since 1970."""
    if not text[:4].isdecimal():
        return None
    if len(text) == 4:
        return int(text), None, None
    if match := _COMPACT.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(match[1]) if match[1] else int(match[2]) / 1000, UTC)
        return moment.year, moment.month, moment.day
    return None


def _east_asian(text: str, month_first: bool) -> _Parts | None:
    match = _EAST_ASIAN.match(text)
    tail = text[match.end() :].lstrip() if match else ""
    if match and (_is_time(tail) if match[3] else not _WORD.search(tail)):
        return int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None
    return None


def _short_first(text: str, month_first: bool) -> _Parts | None:
    match = _SHORT_FIRST.match(text)
    if match is None or not _is_time(text[match.end() :]):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first > 12 or second > 12 or first == second:
        return (year, first, second) if second > 12 else (year, second, first)
    if match[2] == ".":
        return year, second, first
    if month_first:
        return year, first, second
    raise DateProblem("ambiguous-date", "may be read with the day or the month first")


def _in_words(text: str, month_first: bool) -> _Parts | None:
    """A month name, a year, and optionally a day, in any unambiguous order."""
    year = month = day = None
    for word in _words(_without_time(text)):
        if word.isdecimal():
            if len(word) == 4 and year is None:
                year = int(word)
            elif len(word) <= 2 and day is None:
                day = int(word)
            else:
                return None
        elif word in MONTHS and month in (None, MONTHS[word]):  # Arabic newspapers give two names for a month
            month = MONTHS[word]
        elif word not in _FILLERS and word not in WEEKDAYS:
            return None
    return (year, month, day) if year is not None and month is not None else None
