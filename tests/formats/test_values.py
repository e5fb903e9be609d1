from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from archive.formats.values import day, moment, names, share, truth

EIGHT = datetime(2023, 4, 8, 9, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (1680945330, EIGHT),
        ("1680945330", EIGHT),
        (1680945330000, EIGHT),
        ("1680945330000000", EIGHT),
        ("2023-04-08T09:15:30.000Z", EIGHT),
        ("2023-04-08 09:15:30+00:00", EIGHT),
        ("2023-04-08T11:15:30+0200", datetime(2023, 4, 8, 11, 15, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2023-04-08T09:15:30.123456789Z", EIGHT.replace(microsecond=123456)),
        ("2023-04-08 09:15", datetime(2023, 4, 8, 9, 15)),  # noqa: DTZ001
        ("2023-04-08", date(2023, 4, 8)),
        ("April 8, 2023", date(2023, 4, 8)),
        ("0001-01-01T00:00:00Z", None),
        (0, None),
        ("", None),
        ("soon", None),
        (None, None),
        (True, None),
        (10**30, None),
        (f"2023-04-08 09:{'1' * 40}", None),
    ],
)
def test_times_are_read_as_programs_write_them(written: Any, expected: datetime | date | None) -> None:
    assert moment(written) == expected


def test_a_date_of_publication_keeps_how_much_of_it_was_stated() -> None:
    found = day("2021-11")
    assert found is not None
    assert (found.date, found.precision) == (date(2021, 11, 1), "month")
    assert day("0001-01-01T00:00:00Z") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [(1, True), ("0", False), (True, True), ("True", True), ("no", False), (1.0, True), ("perhaps", None), ([], None)],
)
def test_yes_and_no(written: Any, expected: bool | None) -> None:
    assert truth(written) is expected


def test_tags_are_texts_or_objects_each_once() -> None:
    assert names(["a", " a ", {"label": "b &amp; c"}, 3, None, {"id": 1}], "label") == ["a", "b & c", "3"]


def test_a_share_is_never_more_than_the_whole() -> None:
    assert [share(value, of=100) for value in (12, "250", -1, "x")] == [0.12, 1.0, 0.0, None]
