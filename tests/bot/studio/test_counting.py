"""Counting people at steps tells nothing of fewer than five."""

from bot.studio.counting import DAY_MS, SILENT_MS, by_step, hidden, inside, over_days
from storage.whereabouts import Whereabouts

NOW = 10 * SILENT_MS


def _at(step: str, count: int, status: str = "bot", changed: int = NOW) -> list[Whereabouts]:
    return [Whereabouts(1, status, step, None, ("opening/start",), changed)] * count


def test_small_counts_are_hidden_and_none_is_told() -> None:
    assert [hidden(count) for count in (0, 1, 4, 5, 70)] == [0, None, None, 5, 70]


def test_people_are_counted_where_they_passed_stand_and_went_silent() -> None:
    places = [
        *_at("opening/phone", 6),
        *_at("opening/phone", 7, changed=0),
        *_at("opening/menu", 3, status="waiting"),
        *_at("@closed", 9, status="closed"),
    ]

    counted = by_step(places, NOW)

    assert counted["opening/start"] == {"passed": 25}
    assert counted["opening/phone"] == {"here": 6, "silent": 7}
    assert counted["opening/menu"] == {"called": None}


def test_who_is_inside_changed_steps_is_counted_without_giving_few_away() -> None:
    many = [*_at("a/b", 6), *_at("a/c", 5), *_at("a/b", 8, status="closed")]

    assert inside(many, {"a/b"}) == {"open": 11, "inside": 6}
    assert inside([*many, *_at("a/d", 3)], {"a/d"}) == {"open": 14, "inside": None}
    assert inside([*_at("a/b", 6), *_at("a/c", 2)], {"a/b"}) == {"open": 8, "inside": None}


def test_people_are_counted_over_the_days_that_are_chosen() -> None:
    now = 100 * DAY_MS
    places = [
        *_at("a/b", 6, changed=now),
        *_at("a/b", 7, changed=now - 20 * DAY_MS),
        *_at("a/b", 5, changed=now - 60 * DAY_MS),
    ]

    counts = [over_days(places, now, days)["opening/start"]["passed"] for days in (7, 30, 0)]

    assert counts == [6, 13, 18]


def test_a_shorter_span_is_kept_back_where_a_longer_one_less_it_would_be_few() -> None:
    now = 100 * DAY_MS
    places = [*_at("a/b", 8, changed=now), *_at("a/b", 3, changed=now - 20 * DAY_MS)]

    counts = [over_days(places, now, days)["opening/start"]["passed"] for days in (7, 30, 0)]

    assert counts == [None, 11, 11]
