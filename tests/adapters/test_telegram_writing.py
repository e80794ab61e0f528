"""What our bubbles become on Telegram."""

from adapters.telegram.writing import write
from flows.messages import Button, Outbound

SITE = "https://gyeot.example"


def _rows(message: Outbound, site: str = SITE) -> list[list[str]]:
    keyboard = write(message, site).keyboard
    assert keyboard is not None
    return [[button["text"] for button in row] for row in keyboard["inline_keyboard"]]


def _choices(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, f"1:{number}") for number, label in enumerate(labels))


def test_without_buttons_there_is_no_keyboard() -> None:
    assert write(Outbound("안녕하세요"), SITE).keyboard is None


def test_long_choices_stand_one_below_the_other() -> None:
    message = Outbound("?", _choices("심리 상담을 받고 싶어요", "법률 상담", "의료 지원"))

    assert _rows(message) == [["심리 상담을 받고 싶어요"], ["법률 상담"], ["의료 지원"]]


def test_short_choices_stand_in_pairs() -> None:
    message = Outbound("?", _choices("네", "아니요", "모르겠어요"))

    assert _rows(message) == [["네", "아니요"], ["모르겠어요"]]


def test_two_choices_stay_easy_to_hit() -> None:
    assert _rows(Outbound("?", _choices("네", "아니요"))) == [["네"], ["아니요"]]


def test_the_ways_out_stand_in_a_row_of_their_own() -> None:
    message = Outbound("?", _choices("네", "아니요"), _choices("긴급 112", "상담사", "뒤로"))

    assert _rows(message)[-1] == ["긴급 112", "상담사", "뒤로"]


def test_the_keyboard_stands_below_the_last_part_only_and_every_part_is_short_enough() -> None:
    text = "무서운 일이 있었어요. 👩‍👩‍👧 " * 700

    letter = write(Outbound(text, _choices("네")), SITE)

    assert len(letter.parts) > 1
    assert all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in letter.parts)


def test_a_link_is_a_button_on_a_public_site() -> None:
    keyboard = write(Outbound("?", (Button("웹", path="/chat#link=t"),)), SITE).keyboard

    assert keyboard == {"inline_keyboard": [[{"text": "웹", "url": f"{SITE}/chat#link=t"}]]}


def test_on_localhost_a_link_is_a_line_of_the_text() -> None:
    message = Outbound("열어 주세요.", (Button("웹", path="/chat#link=t"), Button("여기서", "1")))

    letter = write(message, "http://localhost:8080")

    assert letter.parts == ["열어 주세요.\n\n웹\nhttp://localhost:8080/chat#link=t"]
    assert letter.keyboard == {"inline_keyboard": [[{"text": "여기서", "callback_data": "1"}]]}


def test_a_bubble_without_words_still_arrives() -> None:
    assert write(Outbound("  \n"), SITE).parts == ["…"]


def test_half_an_emoji_is_replaced() -> None:
    assert write(Outbound("a\ud83d"), SITE).parts == ["a\N{REPLACEMENT CHARACTER}"]
