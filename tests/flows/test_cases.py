"""The rule books of casework, the dates of orders, and when she may be asked."""

from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cases import APPLICATION, CASE, ESCORT, MEETING, REFERRAL, STAY, NotAllowed, Progress
from flows.network import network
from flows.orders import Order, OrderError, OrderKind, last_day
from flows.progress_words import told
from flows.record_kinds import RecordError
from flows.safe_times import next_safe

BOOKS = (APPLICATION, CASE, ESCORT, MEETING, REFERRAL, STAY)
NETWORK = network()
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize("book", BOOKS)
def test_every_status_can_be_reached_and_nothing_else_happens(book: Progress) -> None:
    reached, waiting = {book.start}, [book.start]
    while waiting:
        status = waiting.pop()
        for event in book.events_from(status):
            after = book.after(status, event)
            if after not in reached:
                reached.add(after)
                waiting.append(after)

    assert reached == {*book.statuses}
    for status in (*book.statuses, "nowhere"):
        with pytest.raises(NotAllowed):
            book.after(status, "no such event")


def test_nothing_is_sent_without_consent() -> None:
    ways = [[REFERRAL.start]]
    found = []
    while ways:
        way = ways.pop()
        for event in REFERRAL.events_from(way[-1]):
            after = REFERRAL.after(way[-1], event)
            if after == "sent":
                found.append(way)
            elif after not in way:
                ways.append([*way, after])

    assert found
    assert all("consented" in way or "sent" in way for way in found)


def test_she_can_withdraw_wherever_it_is_under_way() -> None:
    for status in ("proposed", "consented", "sent", "accepted", "appointed"):
        assert REFERRAL.after(status, "withdraw") == "withdrawn"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-24", 1, "2026-12-23"),
        ("2026-12-01", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-12-01", 3, "2028-02-29"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-01-31", 1, "2027-02-28"),
    ],
)
def test_a_term_of_months_ends_where_the_calendar_says(start: str, months: int, end: str) -> None:
    assert last_day(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(1, 12))
def test_a_later_beginning_never_ends_earlier(start: date, months: int) -> None:
    following = date.fromordinal(start.toordinal() + 1)

    assert start <= last_day(start, months) <= last_day(following, months)


def _order(kind: str, began: str, *ends: str | None) -> Order:
    parsed = [date.fromisoformat(end) if end else None for end in ends or (None,)]
    return Order(NETWORK.orders[kind], date.fromisoformat(began), parsed)


def test_a_provisional_measure_is_extended_twice_to_nine_months() -> None:
    assert _order("provisional_2", "2026-11-24").end() == date(2027, 2, 23)
    assert _order("provisional_2", "2026-11-24", None, None).end() == date(2027, 5, 23)
    assert _order("provisional_2", "2026-11-24", None, None, None).end() == date(2027, 8, 23)
    with pytest.raises(OrderError, match="2번까지"):
        _order("provisional_2", "2026-11-24", None, None, None, None).end()


def test_an_emergency_measure_lasts_a_month_and_is_never_extended() -> None:
    order = _order("emergency_measure", "2026-11-24")

    assert order.end() == date(2026, 12, 23)
    assert not order.may_be_extended
    with pytest.raises(OrderError):
        _order("emergency_measure", "2026-11-24", None, None).end()


def test_a_printed_end_goes_before_the_computed_one_within_the_law() -> None:
    assert _order("provisional_2", "2026-11-24", "2027-01-31").end() == date(2027, 1, 31)
    for wrong in ("2026-11-23", "2027-03-31"):
        with pytest.raises(OrderError):
            _order("provisional_2", "2026-11-24", wrong).end()


def test_the_victim_protection_order_does_not_exist_before_its_day() -> None:
    with pytest.raises(OrderError, match="2027-04-22"):
        _order("victim_order", "2026-11-24").end()
    assert _order("victim_order", "2027-04-22").end() == date(2027, 7, 21)


def test_an_extension_is_remembered_four_and_three_weeks_before() -> None:
    order = _order("provisional_2", "2026-11-24")

    assert order.reminders(date(2026, 11, 24)) == [date(2027, 1, 26), date(2027, 2, 2)]
    assert order.reminders(date(2027, 2, 10)) == [date(2027, 2, 10)]
    assert order.reminders(date(2027, 3, 1)) == []
    assert _order("provisional_1", "2026-11-24").reminders(date(2026, 11, 24)) == []


def test_what_a_record_may_hold_is_held_to_its_kind() -> None:
    task = NETWORK.records["task"]
    people = NETWORK.records["people"]

    assert task.read({"what": " 전화하기 "}) == {"what": "전화하기"}
    for kind, wrong in (
        (task, {}),
        (task, {"what": "x" * 201}),
        (task, {"what": "x", "when": "y"}),
        (people, {"side": "everybody"}),
        (NETWORK.records["order"], {"order": "provisional_2", "began": "2027-02-29"}),
    ):
        with pytest.raises(RecordError):
            kind.read(wrong)
    assert task.after("open", "done") == "done"
    assert task.after("done", "reopen") == "open"
    with pytest.raises(NotAllowed):
        task.after("done", "drop")


def test_the_network_is_whole_and_names_no_address() -> None:
    services = {*NETWORK.services}
    offered = {service for agency in NETWORK.agencies.values() for service in agency.services}

    assert offered == services
    places = {"women": 0, "men": 0}
    for each in NETWORK.facilities.values():
        places[each.takes] += len(each.places())
    assert places == {"women": 10, "men": 4}
    for facility in NETWORK.facilities.values():
        assert not any(mark in facility.name["ko"] for mark in ("구 ", "동 ", "로 ", "길 "))


def test_every_status_of_a_referral_has_words_for_her() -> None:
    for status, language in product(REFERRAL.statuses, ("ko", "en", "vi")):
        said = told([({"ko": "법률 지원", "en": "Legal help"}, status)], language)
        assert ": " in said, status


def test_she_is_asked_only_at_times_that_she_called_safe() -> None:
    night = datetime(2026, 11, 24, 23, 10, tzinfo=SEOUL)
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=SEOUL)

    assert next_safe(night, ("day",)) == datetime(2026, 11, 25, 10, 30, tzinfo=SEOUL)
    assert next_safe(friday, ("evening",)) == datetime(2026, 11, 30, 19, 0, tzinfo=SEOUL)
    assert next_safe(friday, ("day", "weekend")) == datetime(2026, 11, 28, 11, 0, tzinfo=SEOUL)
    assert next_safe(night, ("any",)) == datetime(2026, 11, 25, 10, 30, tzinfo=SEOUL)
    assert next_safe(friday, ()) == friday
    assert next_safe(friday, ("only_then",)) is None


def test_an_unknown_order_kind_is_closed_to_nonsense() -> None:
    with pytest.raises(ValueError, match="months"):
        OrderKind.model_validate({"id": "x", "name": {"ko": "x"}})
