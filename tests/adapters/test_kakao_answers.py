"""What our bubbles become on Kakao: within every limit, and the same as others would build."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kakao_chatbot.response import KakaoResponse, QuickReply
from kakao_chatbot.response.components import (
    Button as TheirButton,
)
from kakao_chatbot.response.components import (
    SimpleTextComponent,
    TextCardComponent,
)

from adapters.kakao.channel import Kakao
from adapters.kakao.standin.lint import problems
from flows.messages import Button, Outbound

SITE = "https://gyeot.example"
KAKAO = Kakao("65ab", SITE)
WAYS_OUT = (Button("긴급 112", "c:112"), Button("상담사", "c:call"), Button("뒤로", "c:back"))


def _outputs(*messages: Outbound) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = KAKAO.render(messages)["template"]["outputs"]
    return outputs


def _texts(*messages: Outbound) -> list[str]:
    return [output["simpleText"]["text"] for output in _outputs(*messages)]


def _labels(*messages: Outbound) -> list[str]:
    replies = KAKAO.render(messages)["template"].get("quickReplies", [])
    return [reply["label"] for reply in replies]


def test_up_to_three_bubbles_stay_as_they_are() -> None:
    assert _texts(Outbound("하나"), Outbound("둘"), Outbound("셋")) == ["하나", "둘", "셋"]


def test_of_more_the_shortest_neighbours_join_with_a_blank_line() -> None:
    long = "긴 말 " * 30

    shown = _texts(Outbound(long), Outbound("하나"), Outbound("둘"), Outbound(long))

    assert shown == [long.strip(), "하나\n\n둘", long.strip()]


def test_the_bot_and_a_counselor_share_a_bubble_only_when_they_must() -> None:
    told = [
        Outbound("가", sender="별"),
        Outbound("나" * 30),
        Outbound("다" * 30),
        Outbound("라", sender="별"),
    ]

    assert _texts(*told) == ["별:\n가", "나" * 30 + "\n\n" + "다" * 30, "별:\n라"]


def test_what_does_not_fit_waits_and_nothing_is_lost() -> None:
    told = [Outbound(f"{number} " + "가" * 900) for number in range(5)]

    assert KAKAO.fits(told) == 3
    assert len(_texts(*told)) == 3
    assert KAKAO.fits(told[3:]) == 2


def test_sixty_short_messages_fit_into_one_answer() -> None:
    told = [Outbound(f"말 {number}") for number in range(60)]

    assert KAKAO.fits(told) == 60
    assert "\n\n".join(_texts(*told)).split("\n\n") == [message.text for message in told]


def test_no_message_at_all_is_still_an_answer_that_is_shown() -> None:
    assert problems(orjson.dumps(KAKAO.render([]))) == []


def test_a_text_beyond_any_answer_is_marked_and_can_be_cut_into_pieces_before() -> None:
    letter = Outbound("아주 긴 편지입니다. " * 500, (Button("네", "1"),), sender="별")

    assert KAKAO.fits([letter]) == 1
    assert _texts(letter)[-1].endswith("…")

    pieces = KAKAO.pieces(letter)
    words = [word for piece in pieces for word in piece.text.split()]
    assert words == letter.text.split()
    assert all(KAKAO.fits([piece]) == 1 and len(_texts(piece)) == 1 for piece in pieces)
    assert [bool(piece.choices) for piece in pieces] == [False] * (len(pieces) - 1) + [True]


def test_the_card_comes_first_then_the_choices_then_the_other_ways_out() -> None:
    choices = (Button("네", "1"), Button("아니요", "2"))

    assert _labels(Outbound("?", choices, WAYS_OUT)) == [
        "긴급 112",
        "네",
        "아니요",
        "상담사",
        "뒤로",
    ]


def test_only_the_newest_questions_buttons_are_live() -> None:
    old = Outbound("옛 질문", (Button("옛 답", "1"),), WAYS_OUT)
    new = Outbound("새 질문", (Button("새 답", "2"),), WAYS_OUT)

    assert _labels(old, new) == ["긴급 112", "새 답", "상담사", "뒤로"]


def test_the_ways_out_stand_below_even_when_their_own_message_must_wait() -> None:
    held = [Outbound("가" * 1000) for _ in range(3)]

    assert _labels(*held, Outbound("?", (Button("네", "1"),), WAYS_OUT)) == [
        "긴급 112",
        "상담사",
        "뒤로",
    ]


def test_choices_beyond_ten_buttons_are_written_out() -> None:
    choices = tuple(Button(f"{number}번", str(number)) for number in range(9))

    assert _labels(Outbound("?", choices, WAYS_OUT)) == [
        "긴급 112",
        *(f"{number}번" for number in range(7)),
        "상담사",
        "뒤로",
    ]
    assert _texts(Outbound("?", choices, WAYS_OUT)) == ["?\n- 7번\n- 8번"]


def test_a_long_label_is_shortened_and_said_in_full() -> None:
    label = "경찰에 신고한 적이 있지만 취소했어요"

    (reply,) = KAKAO.render([Outbound("?", (Button(label, "1"),))])["template"]["quickReplies"]

    assert reply["label"].endswith("…")
    assert len(reply["label"]) <= 14
    assert reply["messageText"] == label


def test_links_are_cards_of_at_most_three_buttons() -> None:
    links = tuple(Button(f"곳 {number}", path=f"/p{number}") for number in range(4))

    first, second = _outputs(Outbound("열어 주세요", links))

    assert first["textCard"]["description"] == "열어 주세요"
    assert [button["webLinkUrl"] for button in first["textCard"]["buttons"]] == [
        f"{SITE}/p0",
        f"{SITE}/p1",
        f"{SITE}/p2",
    ]
    assert second["textCard"]["buttons"][0]["webLinkUrl"] == f"{SITE}/p3"


def test_a_long_text_with_a_link_keeps_its_end_on_the_card() -> None:
    text = "설명이 길어요. " * 100

    *before, card = _outputs(Outbound(text, (Button("웹", path="/chat"),)))

    shown = [output["simpleText"]["text"] for output in before] + [card["textCard"]["description"]]
    assert " ".join(shown).split() == text.split()


def test_a_promise_of_a_callback_is_accepted() -> None:
    assert problems(orjson.dumps(KAKAO.waiting("찾아보고 있어요"))) == []


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "M", "So", "Zs", "Cc")), max_size=60)
BUTTONS = st.builds(Button, WORDS.filter(str.strip), st.just("3:yes"), on=st.booleans())
LINKS = st.builds(Button, WORDS.filter(str.strip), path=st.just("/chat#link=abc"))
MESSAGES = st.lists(
    st.builds(
        Outbound,
        WORDS.flatmap(lambda words: st.sampled_from([words, words * 20, words * 60])),
        st.lists(BUTTONS | LINKS, max_size=8).map(tuple),
        st.lists(BUTTONS, max_size=4).map(tuple),
        st.sampled_from([None, "상담사 별"]),
    ),
    max_size=7,
)


@settings(max_examples=150, deadline=None)
@given(messages=MESSAGES)
def test_every_answer_holds_every_limit_and_others_build_the_same(
    messages: list[Outbound],
) -> None:
    answer = KAKAO.render(messages)

    assert problems(orjson.dumps(answer)) == []
    assert _rebuilt(answer) == answer
    assert 0 < KAKAO.fits(messages) <= len(messages) or not messages


def _rebuilt(answer: dict[str, Any]) -> dict[str, Any]:
    """Build the answer again with a library that others wrote."""
    response = KakaoResponse()
    for output in answer["template"]["outputs"]:
        ((kind, content),) = output.items()
        if kind == "simpleText":
            response.add_component(SimpleTextComponent(content["text"]))
            continue
        buttons = [
            TheirButton(one["label"], one["action"], web_link_url=one["webLinkUrl"])
            for one in content["buttons"]
        ]
        response.add_component(
            TextCardComponent(description=content["description"], buttons=buttons)
        )
    for reply in answer["template"].get("quickReplies", []):
        response.add_quick_reply(
            QuickReply(
                label=reply["label"],
                action=reply["action"],
                message_text=reply["messageText"],
                extra=reply["extra"],
            )
        )
    built: dict[str, Any] = response.get_dict()
    return built


@pytest.mark.parametrize("count", [1, 3, 8])
def test_a_full_answer_stays_far_below_thirty_kilobytes(count: int) -> None:
    choices = tuple(Button("가" * 40, "x" * 60) for _ in range(7))

    body = orjson.dumps(KAKAO.render([Outbound("\x01" * 999, choices, WAYS_OUT)] * count))

    assert len(body) < 30 * 1024
