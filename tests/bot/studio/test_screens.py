"""The studio's phones show what each channel makes of a message, within its limits."""

from bot.studio.screens import screen
from flows.messages import Button, Outbound

LONG = "직장에 있는 사람이 볼 수도 있어요"
ASKS = Outbound(
    "볼 수 있는 사람이 있나요?",
    (Button("네", "1:yes"), Button(LONG, "1:work")),
    (Button("긴급 112", "card"), Button("웹", path="/chat")),
)


def test_telegram_puts_the_buttons_below_the_bubble() -> None:
    (entry,) = screen("telegram", [ASKS])["entries"]

    shown = [[tap["shown"] for tap in row] for row in entry["rows"]]
    assert shown == [["네"], [LONG], ["긴급 112", "웹"]]
    assert entry["fixed"] == []


def test_kakao_shortens_what_is_too_long_and_a_press_still_says_all_of_it() -> None:
    told = screen("kakao", [ASKS])

    replies = {tap["data"]: tap for tap in told["entries"][-1]["fixed"]}
    assert len(replies["1:work"]["shown"]) <= 14
    assert replies["1:work"]["label"] == LONG
    assert [row[0]["shown"] for row in told["entries"][0]["rows"]] == ["웹"]


def test_what_kakao_has_no_room_for_is_counted() -> None:
    told = screen("kakao", [Outbound("가" * 900)] * 5)

    assert (len(told["entries"]), told["left"]) == (3, 2)


def test_the_web_shows_every_word_of_every_button() -> None:
    (entry,) = screen("web", [ASKS])["entries"]

    assert [row[0]["shown"] for row in entry["rows"]] == ["네", LONG]
    assert [tap["shown"] for tap in entry["fixed"]] == ["긴급 112", "웹"]
