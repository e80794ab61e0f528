"""A secret word may be any word; a cry for help is one even there."""

import pytest

from flows.triage import Label, cry

WORDS = (
    "파란 대문 열둘", "초록 우산 일곱", "노란 바람개비", "빨간 우산", "할머니 된장찌개",
    "seven green umbrellas", "qwer1234", "봄봄봄", "12월의 칼국수", "cơm tấm", "红苹果",
)  # fmt: skip
CRIES = ("살려주세요", "tkffuwntpdy", "그 사람이 문 앞에 있어요", "help me", "죽고 싶어요")


@pytest.mark.parametrize("word", WORDS)
def test_no_word_is_too_strange_to_be_a_secret(word: str) -> None:
    assert cry(word).label is Label.OTHER
    assert not cry(word).ask


@pytest.mark.parametrize("words", CRIES)
def test_who_cries_for_help_instead_is_heard(words: str) -> None:
    assert cry(words).label in {Label.IMMINENT, Label.SELFHARM}
