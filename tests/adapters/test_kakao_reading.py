"""What Kakao's calls become in our words."""

from typing import Any

import pytest
from kakao_chatbot import Payload

from adapters.base import ReadError
from adapters.kakao.channel import Kakao
from adapters.kakao.standin.acts import WELCOME, Act, Caller, console_test, payload
from adapters.kakao.standin.pictures import secure_image
from flows.messages import Kind

BOT = "65ab00000000000000000bff"
KAKAO = Kakao(BOT, "https://gyeot.example")
SHE = Caller(BOT, "f" * 66, is_friend=True)
CDN = "http://secure.kakaocdn.net/dna/secureimage"
ACTS = [
    Act("안녕하세요"),
    Act("네", "QUICKREPLY_BUTTON_MESSAGE", {"data": "3:yes"}),
    Act("", "EVENT", block=WELCOME),
    Act("사진", params={"p": secure_image([f"{CDN}/1.jpg?credential=a&signature=b%3D"])}),
]


def _call(act: Act, caller: Caller = SHE, *, odd: bool = False) -> dict[str, Any]:
    return payload(act, caller, "https://bot-api.kakao.com/v1/bots/b/callback/t", odd=odd)


@pytest.mark.parametrize("act", ACTS)
def test_the_order_of_members_and_what_is_null_change_nothing(act: Act) -> None:
    plain, odd = KAKAO.read(_call(act), "chp-1"), KAKAO.read(_call(act, odd=True), "chp-1")

    assert plain == odd


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("act", ACTS)
def test_an_independent_reader_understands_our_simulated_calls(act: Act, *, odd: bool) -> None:
    call = _call(act, odd=odd)
    if odd:  # the library knows no null and no missing list
        call = {**call, "intent": {**call["intent"], "extra": {}}, "contexts": []}

    read = Payload.from_dict(call)

    assert read.user_id == SHE.key
    assert read.utterance == act.utterance
    assert read.user_request.callback_url == call["userRequest"]["callbackUrl"]
    assert (read.action.client_extra or {}) == (act.extra or {})


def test_the_development_channel_is_the_same_bot() -> None:
    deployed = KAKAO.read(_call(Act("가")), "1")
    developed = KAKAO.read(_call(Act("가"), Caller(f"{BOT}!", SHE.key)), "1")

    assert deployed.address == developed.address == f"{BOT}:{SHE.key}"


def test_the_calls_of_another_bot_are_not_ours() -> None:
    assert KAKAO.owns(_call(Act("가"), Caller(f"{BOT}!", SHE.key)))
    assert not KAKAO.owns(_call(Act("가"), Caller("65ab-other", SHE.key)))
    assert not KAKAO.owns([])


@pytest.mark.parametrize(
    ("language", "ours"), [("ko", "ko"), ("kr", "ko"), (None, None), ("en", "en")]
)
def test_languages_are_written_in_one_way(language: str | None, ours: str | None) -> None:
    call = _call(Act("가"), Caller(BOT, SHE.key, language=language))

    assert KAKAO.read(call).language == ours


def test_the_console_test_is_a_text_of_nobody_we_know() -> None:
    inbound = KAKAO.read(console_test(BOT), "chp-1")

    assert (inbound.kind, inbound.text) == (Kind.TEXT, "발화 내용")
    assert inbound.address == f"{BOT}:662293"
    assert inbound.language is None


def test_what_is_typed_is_no_press() -> None:
    inbound = KAKAO.read(_call(Act("3:yes\n")), "chp-1")

    assert (inbound.kind, inbound.text, inbound.press) == (Kind.TEXT, "3:yes", None)


def test_a_press_brings_the_data_of_its_button() -> None:
    inbound = KAKAO.read(_call(ACTS[1]), "chp-1")

    assert (inbound.kind, inbound.text, inbound.press) == (Kind.PRESS, "네", "3:yes")


def test_the_extra_of_somebody_elses_button_is_no_press() -> None:
    inbound = KAKAO.read(_call(Act("네", "CARD_BUTTON_MESSAGE", {"other": 1})), "chp-1")

    assert inbound.kind is Kind.TEXT


@pytest.mark.parametrize(
    "act",
    [
        Act("", "EVENT", block=WELCOME),
        Act("웰컴", "LISTMENU_BLOCK", block="웰컴블록"),
        Act("", "TEXT_INPUT"),
        Act("reminder", "EVENT", block="reminder"),
    ],
)
def test_the_welcome_block_and_events_open_the_conversation(act: Act) -> None:
    assert KAKAO.read(_call(act), "chp-1").kind is Kind.OPEN


def test_what_she_types_first_is_never_lost_to_the_welcome_block() -> None:
    inbound = KAKAO.read(_call(Act("살려주세요", block=WELCOME)), "chp-1")

    assert (inbound.kind, inbound.text) == (Kind.TEXT, "살려주세요")


def test_the_headers_id_makes_a_repeated_call_known() -> None:
    call = _call(Act("가"))

    assert KAKAO.read(call, "chp-1").message_id == "chp-1"
    assert KAKAO.read(call, "chp-1") == KAKAO.read(call, "chp-1")


@pytest.mark.parametrize("header", [None, "", "x" * 200, "a\nb"])
def test_without_a_usable_id_every_call_counts_as_new(header: str | None) -> None:
    call = _call(Act("가"))

    assert KAKAO.read(call, header).message_id != KAKAO.read(call, header).message_id


def test_ten_secure_photos_come_in_order() -> None:
    addresses = [f"{CDN}/{n}.jpg?credential=a,b&signature=b%3D" for n in range(10)]
    addresses = [address.replace(",", "%2C") for address in addresses]

    inbound = KAKAO.read(_call(Act("사진", params={"any": secure_image(addresses)})), "1")

    assert inbound.kind is Kind.FILES
    assert [one.source for one in inbound.attachments] == addresses
    assert {one.kind for one in inbound.attachments} == {"photo"}


def test_a_secure_photo_is_found_when_it_stands_only_in_the_details() -> None:
    call = _call(Act("사진", params={"p": secure_image([f"{CDN}/1.jpg"])}))
    call["action"]["params"] = None

    assert [one.source for one in KAKAO.read(call).attachments] == [f"{CDN}/1.jpg"]


def test_a_photo_that_was_sent_freely_is_a_file_and_its_address_is_not_her_words() -> None:
    address = "http://dn-m.talk.kakao.com/talkm/photo.jpg"
    media = {"media": {"type": "image", "url": address}}

    inbound = KAKAO.read(_call(Act(address, request_params=media)), "1")

    assert (inbound.kind, inbound.text) == (Kind.FILES, "")
    assert [one.source for one in inbound.attachments] == [address]


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest",
        "http://localhost/a.jpg",
        "http://kakaocdn.net.evil.example/a.jpg",
        "http://evil.example/kakaocdn.net/a.jpg",
        "http://evilkakaocdn.net/a.jpg",
        "http://a.kakaocdn.net@evil.example/a.jpg",
        "http://evil.example\\@a.kakaocdn.net/a.jpg",
        "http://a.kakaocdn.net:8080/a.jpg",
        "ftp://a.kakaocdn.net/a.jpg",
        "http://a.kakaocdn.net",
        "http://a.kakaocdn.net/\u3042",
    ],
)
def test_photos_from_anywhere_else_are_never_fetched(address: str) -> None:
    media = {"media": {"type": "image", "url": address}}

    inbound = KAKAO.read(_call(Act(address, request_params=media)), "1")

    assert (inbound.kind, inbound.attachments) == (Kind.OTHER, ())


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://bot-api.kakao.com/v1/bots/b/callback/t", True),
        ("http://bot-api.kakao.com/v1/bots/b/callback/t", False),
        ("https://bot-api.kakao.com.evil.example/", False),
        ("https://bot-api.kakao.com@evil.example/", False),
        ("https://bot-api.kakao.com\\@evil.example/", False),
        ("https://evil.example/https://bot-api.kakao.com/", False),
        ("https://bot-api.kakao.com/a/../b", False),
        (None, False),
        (7, False),
    ],
)
def test_callbacks_go_to_kakao_and_nowhere_else(address: object, *, is_taken: bool) -> None:
    call = _call(Act("가"))
    call["userRequest"]["callbackUrl"] = address

    assert KAKAO.callback_address(call) == (address if is_taken else None)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"bot": {"id": BOT}},
        {"userRequest": {"user": {"id": "k"}, "utterance": "no bot"}},
        {"bot": {"id": BOT}, "userRequest": {"user": {}, "utterance": "no id"}},
        {"bot": {"id": BOT}, "userRequest": {"user": {"id": "k" * 300}}},
        {"bot": {"id": BOT}, "userRequest": {"user": {"id": "k"}, "utterance": 7}},
        {"bot": {"id": True}, "userRequest": {"user": {"id": "k"}}},
    ],
)
def test_what_names_no_person_is_refused(body: object) -> None:
    with pytest.raises(ReadError):
        KAKAO.read(body)
