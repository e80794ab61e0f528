"""Which scripts a text is written in: they decide which languages' rules are read."""

import re

SCRIPTS = {"hangul": 2, "latin": 4, "han": 2, "thai": 3, "cyrillic": 4}
"""The scripts, and how many letters tell the beginnings of its words apart.

Chinese and Japanese share one: they share letters, and their rules do not contradict."""

_LETTERS = {
    "hangul": re.compile("[ㄱ-ㆎ가-힣0-9\U0001f000-\U0001faff]"),
    "latin": re.compile("[a-z]{2}"),
    "han": re.compile("[぀-ヿ㐀-鿿]"),
    "thai": re.compile("[฀-๿]"),
    "cyrillic": re.compile("[а-я]"),
}


def scripts_of(clause: str) -> list[str]:
    """The scripts of one clause; figures and pictures alone count as Korean."""
    return [script for script, letters in _LETTERS.items() if letters.search(clause)]
