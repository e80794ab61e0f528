"""Whatever comes in: a channel reads it or refuses it with `ReadError`, and nothing else."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.base import ReadError
from adapters.bodies import parse
from adapters.kakao.channel import Kakao
from adapters.telegram import reading
from adapters.webchat.channel import read_frame
from flows.messages import Inbound

BOT = "65ab00000000000000000bff"
KAKAO = Kakao(BOT, "https://gyeot.example")
READERS: Mapping[str, Callable[[object], list[object]]] = {
    "telegram": lambda body: [*reading.read(body)],
    "kakao": lambda body: [KAKAO.read(body), KAKAO.owns(body), KAKAO.callback_address(body)],
    "web": lambda body: [read_frame(body, "tab-1")],
}
MEMBERS = [
    *("update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat", "id"),
    *("type", "text", "caption", "photo", "document", "voice", "file_id", "from", "message_id"),
    *("data", "bot", "userRequest", "user", "utterance", "action", "clientExtra", "params"),
    *("detailParams", "flow", "trigger", "media", "url", "lang", "t", "label", "location"),
    *("new_chat_member", "status", "reply_markup", "inline_keyboard", "contact", "width"),
]
WORDS = ["private", "say", "press", "kicked", "\ud800", "\0", "0b0b-00000001", "/start x", BOT]
PLAIN: st.SearchStrategy[object] = st.sampled_from(
    [None, True, 0, 7, -1, 1 << 70, 0.5, float("inf"), [], {}, "", *WORDS]
)
HOSTILE = st.recursive(
    PLAIN | st.text(max_size=8),
    lambda inner: (
        st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4) | st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(body=HOSTILE)
def test_a_hostile_body_is_read_or_refused(body: object) -> None:
    for read in READERS.values():
        _read_or_refuse(read, body)


@settings(max_examples=200, deadline=None)
@given(scramble=st.data())
def test_a_true_body_with_one_part_replaced_is_read_or_refused(scramble: st.DataObject) -> None:
    new = scramble.draw(HOSTILE)
    for name, body in _true_bodies():
        place = scramble.draw(st.sampled_from(_places(body)))
        _read_or_refuse(READERS[name], _replaced(body, place, new))


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_any_bytes_are_parsed_or_refused(body: bytes) -> None:
    try:
        parse(body)
    except ReadError:
        return


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"nul", b"NaN", b"[" * 100_000, b'"\xed\xa0\x80"', b"1" * 5000, b'{"a":'],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ReadError):
        parse(body)


def test_half_an_emoji_from_a_real_phone_is_parsed() -> None:
    assert parse(b'{"text":"a\\ud83d"}') == {"text": "a\ud83d"}


def _read_or_refuse(read: Callable[[object], list[object]], body: object) -> None:
    try:
        readings = read(body)
    except ReadError as error:
        assert str(error)  # noqa: PT017 - what is missing is said
        return
    for inbound in readings:
        if isinstance(inbound, Inbound):
            assert orjson.dumps(inbound)  # valid Unicode all through: it can be stored


def _true_bodies() -> list[tuple[str, dict[str, Any]]]:
    chat = {"id": 7, "type": "private", "first_name": "A", "language_code": "ko"}
    photo = [{"file_id": "f", "width": 1, "height": 1, "file_size": 5}]
    markup = {"inline_keyboard": [[{"text": "네", "callback_data": "3:yes"}]]}
    message = {"message_id": 5, "chat": chat, "from": chat, "photo": photo, "caption": "c"}
    placed = {"message_id": 5, "chat": chat, "from": chat, "location": {"latitude": 37.5}}
    pressed = {"message_id": 6, "chat": chat, "from": chat, "reply_markup": markup}
    query = {"id": "1", "from": chat, "message": pressed, "data": "3:yes"}
    change = {"chat": chat, "from": chat, "new_chat_member": {"status": "kicked"}}
    secure = '{"secureUrls": "List(http://secure.kakaocdn.net/a?b=c)"}'
    media = {"type": "image", "url": "http://dn-m.talk.kakao.com/a.jpg"}
    person = {"user": {"id": "k"}, "utterance": "네", "lang": "kr", "params": {"media": media}}
    return [
        ("telegram", {"update_id": 9, "message": message}),
        ("telegram", {"update_id": 9, "message": placed}),
        ("telegram", {"update_id": 9, "edited_message": message}),
        ("telegram", {"update_id": 9, "callback_query": query}),
        ("telegram", {"update_id": 9, "my_chat_member": change}),
        ("telegram", {"update_id": 9, "message_reaction": {"chat": chat}}),
        (
            "kakao",
            {
                "bot": {"id": BOT},
                "action": {"params": {"p": secure}, "clientExtra": {"data": "3:yes"}},
                "flow": {"trigger": {"type": "TEXT_INPUT"}},
                "userRequest": {**person, "callbackUrl": "https://bot-api.kakao.com/v1/x"},
            },
        ),
        ("web", {"t": "press", "id": "0b0b-00000001", "data": "3:yes", "label": "네"}),
    ]


def _places(body: object) -> list[tuple[Any, ...]]:
    """Return the way to every part of a body, the whole of it too."""
    members: dict[Any, object] = {}
    if isinstance(body, dict):
        members = body
    elif isinstance(body, list):
        members = dict(enumerate(body))
    inner = [(name, *rest) for name, part in members.items() for rest in _places(part)]
    return [(), *inner]


def _replaced(body: Any, place: tuple[Any, ...], new: object) -> object:  # noqa: ANN401 - JSON
    if not place:
        return new
    copied = body.copy()
    copied[place[0]] = _replaced(body[place[0]], place[1:], new)
    return copied
