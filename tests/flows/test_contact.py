"""When she may be written to, from what she answered."""

import pytest

from flows.contact import Rules, rules_of
from flows.unsafe import DAY, unsafe_spans

MONDAY, WEDNESDAY, SUNDAY = 0, 2, 6


def at(day: int, hour: float) -> int:
    return day * DAY + round(hour * 60)


def allowed(rules: Rules | None, day: int, hour: float) -> bool:
    assert rules is not None
    return any(start <= at(day, hour) < end for start, end in rules.spans)


@pytest.mark.parametrize(
    ("words", "unsafe", "safe"),
    [
        ("밤 9시 이후", (MONDAY, 21.5), (MONDAY, 20.5)),
        ("밤 9시 이후", (WEDNESDAY, 3), (WEDNESDAY, 10)),
        ("수요일", (WEDNESDAY, 12), (MONDAY, 12)),
        ("밤 9시 이후, 수요일", (WEDNESDAY, 9), (MONDAY, 9)),
        ("오후 6시부터 8시까지", (MONDAY, 19), (MONDAY, 20.5)),
        ("저녁 7시~9시", (MONDAY, 20), (MONDAY, 18)),
        ("주말 아침", (SUNDAY, 7), (SUNDAY, 14)),
        ("새벽", (MONDAY, 4), (MONDAY, 7)),
        ("after 9 pm", (MONDAY, 22), (MONDAY, 20)),
        ("before 8 am and Wednesdays", (WEDNESDAY, 15), (MONDAY, 15)),
        ("평일 9시 반 이전", (MONDAY, 9.2), (SUNDAY, 9.2)),
        ("22:30 이후", (MONDAY, 23), (MONDAY, 22)),
    ],
)
def test_her_own_words_close_the_times_they_name(
    words: str, unsafe: tuple[int, float], safe: tuple[int, float]
) -> None:
    rules = rules_of({"contact_way": "here", "contact_times": ("any",), "unsafe_times": words})

    assert not allowed(rules, *unsafe)
    assert allowed(rules, *safe)


def test_the_times_she_pressed_are_the_only_ones() -> None:
    rules = rules_of({"contact_way": "here", "contact_times": ("day", "weekend")})

    assert allowed(rules, MONDAY, 10)
    assert allowed(rules, SUNDAY, 10)
    assert not allowed(rules, MONDAY, 19)
    assert not allowed(rules, MONDAY, 3)


@pytest.mark.parametrize("words", ["없어요", "no", "  ", "없음."])
def test_no_unsafe_time_closes_nothing(words: str) -> None:
    rules = rules_of({"contact_way": "sms", "contact_times": ("day",), "unsafe_times": words})

    assert allowed(rules, MONDAY, 10)


def test_words_that_we_cannot_read_allow_nothing_and_say_so() -> None:
    rules = rules_of(
        {"contact_way": "sms", "contact_times": ("any",), "unsafe_times": "그 사람 쉬는 날"}
    )

    assert rules == Rules((), unread=True)
    assert unsafe_spans("수요일, 그 사람이 집에 있을 때") is None


@pytest.mark.parametrize(
    "answers",
    [
        {"contact_way": "here", "contact_times": ("only_then",)},
        {"contact_way": "skip"},
    ],
)
def test_some_are_only_ever_answered(answers: dict[str, str | tuple[str, ...]]) -> None:
    rules = rules_of(answers)

    assert rules is not None
    assert rules.never


def test_whoever_was_never_asked_has_no_rules() -> None:
    assert rules_of({"services": ("legal",)}) is None
