"""However it is typed, it is read the same."""

from itertools import pairwise

import pytest

from flows.triage.keyboard import compose, hangul_of, latin_of, opened
from flows.triage.normalise import MAX_CHARS, clauses, other_keyboard


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("문 앞 에 있어요", "문앞에있어요"),
        ("문앞에 잇어여", "문앞에있어요"),
        ("죽.고.싶.다", "죽고싶다"),
        ("죽 고 싶 다", "죽고싶다"),
        ("살\u200b려\u200d주세요", "살려주세요"),
        ("ㅅㅏㄹㄹㅕㅈㅜㅅㅔㅇㅛ", "살려주세요"),
        ("살려줘어어어어어", "살려줘어"),
        ("\u1109\u1161\u11af\u1105\u1167\u110c\u116f", "살려줘"),
        ("He's  HERE", "hes here"),
        ("ＨＥＬＰ", "help"),
        ("su1c1de", "suicide"),
        ("hắn đang ở ngoài cửa", "han dang o ngoai cua"),
        ("ещё", "еще"),
        ("gs25 문 앞", "gs25문앞"),
        ("112 불러줘", "112불러줘"),
        ("\ud800살려줘", "살려줘"),
    ],
)
def test_a_way_of_typing_is_read_as_what_it_means(typed: str, read: str) -> None:
    assert clauses(typed) == [read]


def test_a_story_is_cut_into_clauses() -> None:
    story = "작년에 헤어졌어요. 지금은 다 괜찮은데요 그 사람이 저희 집 문 앞에 와 있어요!"

    assert clauses(story) == [
        "작년에헤어졌어요",
        "지금은다괜찮은데요",
        "그사람이저희집문앞에와있어요",
    ]


def test_a_text_without_seams_is_cut_into_overlapping_chunks() -> None:
    parts = clauses("가나다라마바사아자차" * 20)

    assert max(map(len, parts)) <= 60
    assert all(before[-10:] in before + after for before, after in pairwise(parts))


@pytest.mark.parametrize("empty", ["", " ", "...", "\u200b", "\n\n"])
def test_nothing_is_read_as_nothing(empty: str) -> None:
    assert clauses(empty) == []


def test_what_is_longer_than_the_limit_is_not_read() -> None:
    assert "끝" not in "".join(clauses("가 " * MAX_CHARS + "끝"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tkffuwntpdy", "살려주세요"),
        ("skrkffo", "나갈래"),
        ("ansdkvdp dhkTdj", "문앞에 왔어"),
        ("ㅗ디ㅔ", "help"),
        ("hello", None),
        ("he is here", None),
        ("안녕하세요", None),
        ("ㅋㅋㅋ", None),
    ],
)
def test_the_other_keyboard_mode_is_understood(typed: str, meant: str | None) -> None:
    assert other_keyboard(typed) == meant


def test_letters_are_put_together_and_taken_apart() -> None:
    assert compose("ㄷㅏㄺ") == "닭"
    assert compose("ㄱㅗㅏ") == "과"
    assert compose("ㅏㄱ") == "ㅏㄱ"
    assert hangul_of("ekfr") == "닭"
    assert hangul_of("dml") == "의"
    assert latin_of("닭의") == "ekfrdml"
    assert opened("있었어요") == "이어어요"
