"""Long texts are cut where a reader would cut them, and no letter is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.splitting import shorten, split, units

E_ACUTE = "e\u0301"
HANGUL_BY_PARTS = "\u1100\u1161\u11a8"
LETTERS = [
    "가",
    "각",
    "a",
    "🙂",
    "👩‍👩‍👧‍👦",
    "🇰🇷",
    E_ACUTE,
    "👍🏽",
    "ก็",
    HANGUL_BY_PARTS,
    " ",
    "\n",
    "1️⃣",
]


def test_a_short_text_stays_whole() -> None:
    assert split("안녕하세요", 10) == ["안녕하세요"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("첫 문단\n\n둘째 문단", ["첫 문단", "둘째 문단"]),
        ("첫째 줄\n둘째 줄", ["첫째 줄", "둘째 줄"]),
        ("갔어요. 그리고", ["갔어요.", "그리고"]),
        ("하나 둘 셋 넷", ["하나 둘 셋", "넷"]),
        ("가나다라마바사아자", ["가나다라마바사", "아자"]),
    ],
)
def test_the_widest_gap_is_taken(text: str, parts: list[str]) -> None:
    assert split(text, 7) == parts


@pytest.mark.parametrize("letter", ["👩‍👩‍👧‍👦", "🇰🇷", E_ACUTE, "👍🏽", HANGUL_BY_PARTS, "ก็"])
def test_a_letter_of_several_code_points_is_never_cut(letter: str) -> None:
    limit = units(letter) + 1

    assert split(letter * 4, limit) == [letter] * 4


def test_a_letter_longer_than_a_part_is_cut_after_all() -> None:
    assert "".join(split("a" + "\u0301" * 50, 10)) == "a" + "\u0301" * 50


def test_a_shortened_label_shows_that_it_is() -> None:
    assert shorten("아주 긴 버튼 이름입니다 정말로", 14) == "아주 긴 버튼 이름입니다…"
    assert shorten("짧은 이름", 14) == "짧은 이름"


@settings(max_examples=200)
@given(st.lists(st.sampled_from(LETTERS), max_size=60), st.integers(12, 40))
def test_every_part_is_short_enough_and_nothing_but_blanks_is_lost(
    letters: list[str], limit: int
) -> None:
    text = "".join(letters)

    parts = split(text, limit)

    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@settings(max_examples=100)
@given(st.lists(st.sampled_from(LETTERS), max_size=30), st.integers(2, 20))
def test_a_label_is_never_longer_than_its_limit(letters: list[str], limit: int) -> None:
    assert units(shorten("".join(letters), limit)) <= limit
