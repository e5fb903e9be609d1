"""Which of a file's dates is which, and text next to dates."""

from datetime import date

import pytest

from archive.formats.frontmatter import parse


@pytest.mark.parametrize(
    ("yaml", "published", "code"),
    [
        ("date: 2025-02-30", None, "impossible-date"),
        ("date: 03/04/2025", None, "ambiguous-date"),
        ("ms.date: 03/04/2025", "2025-03-04", None),
        ("date: Q1", None, "unknown-date"),
        ("date: none", None, None),
        ("date: 2024-01-01\npublished: true", "2024-01-01", None),
        ("published: false", None, None),
        ("published: 1\ndate: 2024-01-01", "2024-01-01", None),
        ("Updated: 2025-01-01\npublished: Updated Feb 5, 2024", None, "unknown-date"),
        ("published: Published Feb 5, 2024 · Updated Feb 6, 2024", "2024-02-05", None),
        ("published: Publié le 5 février 2024 à 10h30, mis à jour le 6 février 2024", "2024-02-05", None),
        ("published: Mon 5 Feb 2024 06.00 GMT Last modified on Tue 6 Feb 2024 07.00 GMT", "2024-02-05", None),
        ("published: 입력 2024-02-05 10:30 수정 2024-02-06 11:00", "2024-02-05", None),
        ("published: 2 min read · Feb 5, 2024", "2024-02-05", None),
        ("published: Feb 5, 2024 · 5 min read", "2024-02-05", None),
        ("published: 5 February 2024 (updated 6 February)", "2024-02-05", None),
        ("date: 2024-01-01\npublished: 2025-02-30", "2024-01-01", "impossible-date"),
        ("date: 2024-01-01\npublished:", "2024-01-01", None),
        ("date: 2024-01-01\ndate_published: 2023-01-01", "2023-01-01", None),
        ("date: [2024-01-01]", "2024-01-01", None),
        ("year: 2024", "2024-01-01", None),
        ("pubDatetime: 2024-02-05T10:00:00Z\nmodDatetime: 2024-02-06T10:00:00Z", "2024-02-05", None),
    ],
)
def test_the_key_decides(yaml, published, code):
    parsed = parse(f"---\n{yaml}\n---\n")
    found = parsed.fields.get("published")
    assert (found and found.date.isoformat()) == published
    assert [problem.code for problem in parsed.problems] == ([code] if code else [])


def test_dates_by_their_keys():
    fields = parse(
        "---\ncreated: 2024-01-02\ndate created: Sunday, July 6th 2025, 3:43:47 pm\n"
        "date modified: Monday, July 7th 2025, 3:43:57 pm\npubdate: 2023\n---\n"
    ).fields
    assert fields["clipped"].date == date(2024, 1, 2)
    assert fields["modified"].date == date(2025, 7, 7)
    assert (fields["published"].date, fields["published"].precision) == (date(2023, 1, 1), "year")


def test_a_date_of_change_may_say_so():
    for written in ("Last modified on Wed 2 Jul 2025 05.02 CEST", "Aktualisiert am 2. Juli 2025", "更新：2025-07-02"):
        assert parse(f"---\nmodified: {written}\n---\n").fields["modified"].date == date(2025, 7, 2)
