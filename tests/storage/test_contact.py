"""Safe times are found again in the week of Seoul."""

from datetime import datetime, timedelta, timezone

import pytest

from storage.contact import NEVER, opens

SEOUL = timezone(timedelta(hours=9))
DAY = 24 * 60
WEEKDAYS_BY_DAY = [(day * DAY + 9 * 60, day * DAY + 18 * 60) for day in range(5)]


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=SEOUL).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T10:00", "2026-11-23T10:00"),  # a Monday
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T18:00", "2026-11-24T09:00"),
        ("2026-11-27T23:59", "2026-11-30T09:00"),  # Friday night
        ("2026-11-29T00:00", "2026-11-30T09:00"),
    ],
)
def test_the_next_safe_time_is_found(now: str, then: str) -> None:
    assert opens(WEEKDAYS_BY_DAY, ms(now)) == ms(then)


def test_without_a_safe_time_it_waits_for_her() -> None:
    assert opens([], ms("2026-11-23T10:00")) == NEVER
