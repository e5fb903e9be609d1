"""Dates: every known form, kept as written, and never a wrong one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.frontmatter.dates import DateProblem, date_of_post, read_date


@pytest.mark.parametrize(
    "written",
    """2026-02-05
2026-2-5
2026/02/05
2026.02.05
2026-02-05T10:00
2026-02-05T10:00:00Z
2026-02-05T23:59:59.999Z
2026-02-05T23:59:59.123456789-0330
2026-02-05t10:00:00+01:00[Europe/Berlin]
2026-02-05 9:00:00 -4
2026-02-05 14:00:00 -0500
2026-02-05T18:01:37 (UTC +01:00)
2026-02-05 03:05:00 PM EST
2026-02-05 10:00 America/New_York
2026-02-05 10h30
2026-02-05Z
2026-02-05, Thursday
2026-02-05 (Thu)
2026.02.05 00:00:00.000-08:00
[[2026-02-05]]
"2026-02-05"
20260205
202602051546
20260205154630
20260205T154630Z
20260205 15:46
Thursday, February 5th 2026, 3:43:47 pm
5 Feb 2026
05-Feb-2026
Feb 5, 2026
Feb. 5th, 2026 at 3:04 PM ET
February 5 2026
THU, 05 FEB 2026 14:00:00 +0000
Thu Feb 05 2026 14:00:00 GMT+0100 (Central European Standard Time)
Thu Feb  5 14:00:00 UTC 2026
5. Februar 2026
Donnerstag, 5. Februar 2026 um 10:15 Uhr
05.02.2026
5.2.2026, 10:15 Uhr
5 février 2026
jeudi 5 février 2026 à 10h30
5 de febrero de 2026
5 febbraio 2026
5 de fevereiro de 2026
5 februari 2026
5 lutego 2026
5 лютого 2026 р.
5 февраля 2026 г.
5 Şubat 2026
5 فبراير 2026
٥ فبراير ٢٠٢٦
2026年2月5日
星期四, 二月 5日 2026, 3:43:47 下午
木曜日, 2月 5日 2026, 3:43:47 午後
목요일, 2월 5일 2026, 3:43:47 오후
jueves, febrero 5º 2026, 3:43:47 tarde
5 února 2026
Thursday 5th February 2026 20:56
Thursday, February 5th 2026 - 06.28
Published on February 5, 2026
Published: Feb 5, 2026
Publié le 5 février 2026 à 10h00
Stand: 05.02.2026
[[2026-02-05|Thursday]]
[[04 - Daily/2026-02-05]]
[[2026/02/05]]
<2026-02-05 Thu>
2026-02-05 10:00:00 +0800 CST
2026-02-05 18:01 Asia/Shanghai
2026-02-05_10-00-00
2026-02-05-1030
2026-02-05T10
2026年02月05日 14:30
2026-02-05 星期四 14:30
2026年2月5日 木曜日
2026年2月5日(木) 午後3:20
2026년 2월 5일
5 בפברואר 2026
5 फ़रवरी 2026
٥ شباط ٢٠٢٦
5 فبراير/شباط 2026
令和8年2月5日
2026年2月5日（木）
2026-02-05 17:30 发表于北京
2026年2月5日 17:30 北京
2026-02-05 17:30 来源：新华网
2026/02/05 17:30 [国际]
2026年2月5日(木) 17:30配信
发布时间：2026-02-05 17:30:00
입력 2026.02.05 17:30
民國115年2月5日
5 กุมภาพันธ์ 2569
วันพฤหัสบดีที่ 5 กุมภาพันธ์ พ.ศ. 2569
5 ก.พ. 2569 10:30 น.
5 tháng 2, 2026
Kamis, 05 Feb 2026 10:30 WIB
Πέμπτη, 5 Φεβρουαρίου 2026
יום חמישי, 5 בפברואר 2026
गुरुवार 5 फ़रवरी 2026
2026. február 5., csütörtök 10:30
5 fév. 2026
2026_02_05
D:20260205103000+01'00'
Thu 5 Feb 2026 19.13 CEST
First published on Thu 5 Feb 2026 13.30 BST
2026-02-05 at 10.30
5 februari 2026 kl. 12.30
5 février 2026 à 10 h 30
jueves, 5 de febrero de 2026 a las 10:30
5 febbraio 2026 alle 10:30
5 de fevereiro de 2026 às 10h30
2026‑02‑05
2026–02–05
5 février 2026
1770300000
1770300000000""".splitlines(),
)
def test_a_day(written):
    found = read_date(written)
    assert (found.date, found.precision, found.written) == (date(2026, 2, 5), "day", written)


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2026", date(2026, 1, 1), "year"),
        ("2026年", date(2026, 1, 1), "year"),
        ("2026-03", date(2026, 3, 1), "month"),
        ("03/2026", date(2026, 3, 1), "month"),
        ("2026/03", date(2026, 3, 1), "month"),
        ("March 2026", date(2026, 3, 1), "month"),
        ("Mär. 2026", date(2026, 3, 1), "month"),
        ("2026年3月", date(2026, 3, 1), "month"),
        ("تشرين الثاني 2026", date(2026, 11, 1), "month"),
        ("昭和元年", date(1926, 1, 1), "year"),
    ],
)
def test_as_much_as_was_stated(written, day, precision):
    found = read_date(written)
    assert (found.date, found.precision) == (day, precision)


@pytest.mark.parametrize("clock", ["00:30:00 +14:00", "23:30:00 -12:00", "23:59 PST"])
def test_no_time_zone_moves_the_date(clock):
    assert read_date(f"2026-02-05 {clock}").date == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/04/2025", date(2025, 4, 13)),
        ("04/13/2025", date(2025, 4, 13)),
        ("03/03/2025", date(2025, 3, 3)),
        ("Monday, 31-10-2022", date(2022, 10, 31)),
    ],
)
def test_a_numeric_date_that_reads_one_way(written, day):
    assert read_date(written).date == day


@pytest.mark.parametrize("written", ["۱۴۰۲/۱۱/۱۶", "۱۴۰۲-۱۱-۱۶", "1402/11/16"])
def test_a_date_of_another_calendar_is_not_taken_for_ours(written):
    with pytest.raises(DateProblem) as problem:
        read_date(written)
    assert problem.value.code == "ambiguous-date"


@pytest.mark.parametrize("written", ["03/04/2025", "3-4-2025", "03/04/2025 10:00"])
def test_a_numeric_date_that_reads_two_ways(written):
    with pytest.raises(DateProblem) as problem:
        read_date(written)
    assert problem.value.code == "ambiguous-date"
    assert read_date(written, month_first=True).date == date(2025, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-30",
        "2025-13-01",
        "2025-00-10",
        "2025-01-00",
        "0000-00-00",
        "0001-01-01T00:00:00Z",
        "20251332",
        "202513321111",
        "Feb 30, 2024",
        "31.4.2025",
        "2023-02-29",
        "2025年2月30日",
        "9999",
        "2025-14",
    ],
)
def test_a_date_that_does_not_exist(written):
    with pytest.raises(DateProblem) as problem:
        read_date(written)
    assert problem.value.code == "impossible-date"


@pytest.mark.parametrize(
    "written",
    [
        "yesterday",
        "Q1 2024",
        "July 6th",
        "Monday",
        "05/02/26",
        "12345",
        "1e10",
        "2024-01-05 to 2024-02-01",
        "10:30",
        "May",
        "2024-01-05 (revised 2024-02-01)",
        "2024 2025",
        "4 May 2024 2025",
        "12 13 2024",
        "spring 2024",
        "2024-01-05-2",
        "x",
        "5 Feb",
        "2024-W05",
        "1" * 50,
        "1" * 5000,
        "in 2024 and later",
        "version 2024.1.2.3",
        "Berlin, 2024",
        "veljača, 2024",
        "2024年二月三日",
    ],
)
def test_what_is_no_date(written):
    with pytest.raises(DateProblem) as problem:
        read_date(written)
    assert problem.value.code == "unknown-date"


@given(st.text())
def test_any_text_is_a_date_or_a_problem(text):
    try:
        assert 1000 <= read_date(text).date.year <= 2200
    except DateProblem as problem:
        assert str(problem)


@given(st.dates(date(1000, 1, 1), date(2200, 12, 31)), st.times())
def test_iso_dates_are_read_as_written(day, time):
    assert read_date(f"{day.isoformat()}T{time.isoformat()}Z").date == day
    assert read_date(f"{day:%Y%m%d}" if day.year > 999 else day.isoformat()).date == day
    assert read_date(f"{day.day} {day:%B} {day.year}").date == day


def test_a_jekyll_post_has_its_date_in_its_name():
    found = date_of_post("2026-02-05-a-title.md")
    assert found and (found.date, found.precision) == (date(2026, 2, 5), "day")


@pytest.mark.parametrize(
    "name",
    [
        "2026-02-05.md",
        "2026-02-05 Meeting.md",
        "2026-02-30-a.md",
        "2026-02-05-a b.md",
        "a-2026-02-05.md",
        "2026-02-05-10-x.md",
    ],
)
def test_other_names_give_no_date(name):
    assert date_of_post(name) is None
