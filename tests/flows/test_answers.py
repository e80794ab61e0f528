"""What a typed answer means: dates and numbers in Korean and English, phones, codes, masks."""

from datetime import date

import pytest

from flows.answers import NotUnderstood, read_answer, read_date
from flows.script import TextAnswer
from flows.texts import mask

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("오늘", "2026-11-24"),
        ("어제 밤", "2026-11-23"),
        ("그제", "2026-11-22"),
        ("그저께요", "2026-11-22"),
        ("그끄저께", "2026-11-21"),
        ("내일", "2026-11-25"),
        ("모레", "2026-11-26"),
        ("today", "2026-11-24"),
        ("Yesterday evening", "2026-11-23"),
        ("3일 전", "2026-11-21"),
        ("2주 전에", "2026-11-10"),
        ("한 달 전", "2026-10-25"),
        ("두달전", "2026-09-25"),
        ("3 days ago", "2026-11-21"),
        ("a week ago", "2026-11-17"),
        ("two weeks ago", "2026-11-10"),
        ("지난주 금요일", "2026-11-20"),
        ("지난 주 월", "2026-11-16"),
        ("2026-11-03", "2026-11-03"),
        ("2026. 11. 3.", "2026-11-03"),
        ("2026/11/3", "2026-11-03"),
        ("2026년 11월 3일", "2026-11-03"),
        ("11월 3일", "2026-11-03"),
        ("11/3", "2026-11-03"),
        ("12월 30일", "2025-12-30"),
        ("2026년 10월", "2026-10"),
        ("2026-10", "2026-10"),
        ("10월쯤", "2026-10"),
        ("12월", "2025-12"),
        ("November 3, 2026", "2026-11-03"),
        ("3 Nov 2026", "2026-11-03"),
        ("Nov 3rd", "2026-11-03"),
        ("October", "2026-10"),
        ("Dec 30", "2025-12-30"),
    ],
)
def test_dates_are_understood(text: str, day: str) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "모르겠어요", "2026-13-01", "2월 30일", "99999년 전", "soon", "32일", "Foo 3"]
)
def test_what_is_no_date_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood, match="invalid_date"):
        read_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3.0), ("약 12명", 12.0), ("2.5", 2.5), ("2,5", 2.5), ("-1", -1.0)]
)
def test_numbers_are_understood(text: str, number: float) -> None:
    assert read_answer(TextAnswer(kind="number"), text, TODAY) == number


@pytest.mark.parametrize("text", ["", "많이", "-", "101", "-1"])
def test_numbers_outside_the_bounds_are_not(text: str) -> None:
    with pytest.raises(NotUnderstood, match="invalid_number"):
        read_answer(TextAnswer(kind="number", min=0, max=100), text, TODAY)


@pytest.mark.parametrize(
    "text", ["010-7391-4482", "01073914482", "+82 10 7391 4482", "010.7391.4482"]
)
def test_a_phone_number_has_one_form(text: str) -> None:
    assert read_answer(TextAnswer(kind="phone"), text, TODAY) == "+821073914482"


@pytest.mark.parametrize("text", ["", "112", "010-12", "전화 없음", "0" * 41])
def test_what_is_no_phone_number_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood, match="invalid_phone"):
        read_answer(TextAnswer(kind="phone"), text, TODAY)


def test_a_code_has_one_form() -> None:
    assert read_answer(TextAnswer(kind="code"), " abcd-23 45 ", TODAY) == "ABCD2345"
    for text in ("", "abc", "가나다라마바", "A" * 17):
        with pytest.raises(NotUnderstood, match="invalid_code"):
            read_answer(TextAnswer(kind="code"), text, TODAY)


def test_a_word_and_a_text_have_bounds() -> None:
    assert read_answer(TextAnswer(kind="word", chars=10), " 고양이 ", TODAY) == "고양이"
    for wanted, text in ((TextAnswer(kind="word"), "ㄱ"), (TextAnswer(chars=3), "가나다라")):
        with pytest.raises(NotUnderstood):
            read_answer(wanted, text, TODAY)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("+821073914482", "+**********82"),
        ("010-7391-4482", "***-****-**82"),
        ("김가나", "김○○"),
        ("서울시 중구 1", "서○○○"),
        ("A", "A○"),
        ("", ""),
    ],
)
def test_a_mask_tells_her_and_nobody_else(value: str, shown: str) -> None:
    assert mask(value) == shown
