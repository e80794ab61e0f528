"""What Telegram's updates become in our words."""

from typing import Any

import pytest

from adapters.base import ReadError
from adapters.telegram.reading import Leave, Press, Reading, read
from flows.messages import Attachment, Inbound, Kind

SHE = {"id": 7, "is_bot": False, "first_name": "하늘", "last_name": "김", "language_code": "ko"}
CHAT = {"id": 7, "type": "private", "first_name": "하늘"}
GROUP = {"id": -100, "type": "supergroup", "title": "g"}


def _read(kind: str, **part: Any) -> list[Reading]:  # noqa: ANN401 - JSON
    return read({"update_id": 41, kind: {"message_id": 5, "chat": CHAT, "from": SHE, **part}})


def _one(kind: str, **part: Any) -> Inbound:  # noqa: ANN401 - JSON
    (reading,) = _read(kind, **part)
    assert isinstance(reading, Inbound)
    return reading


def test_a_text_keeps_who_said_it_and_where() -> None:
    assert _read("message", text="도와주세요") == [
        Inbound(
            "telegram",
            "7",
            "41",
            Kind.TEXT,
            "도와주세요",
            platform_id="5",
            language="ko",
            profile="하늘 김",
        )
    ]


@pytest.mark.parametrize(
    ("typed", "payload"),
    [("/start", ""), ("/start ref_7", "ref_7"), ("/start@gyeot_bot", ""), ("/start  x ", "x")],
)
def test_start_opens_the_conversation_and_carries_its_payload(typed: str, payload: str) -> None:
    opened = _one("message", text=typed)

    assert (opened.kind, opened.text) == (Kind.OPEN, payload)


def test_a_word_that_only_begins_like_start_is_a_text() -> None:
    assert _one("message", text="/starting over").kind is Kind.TEXT


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "large", "width": 1280, "height": 960, "file_size": 99_000},
        {"file_id": "middle", "width": 320, "height": 240},
    ]

    inbound = _one("message", photo=sizes, caption="문 앞이에요")

    assert (inbound.kind, inbound.text) == (Kind.FILES, "문 앞이에요")
    assert inbound.attachments == (Attachment("photo", "large", size=99_000),)


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("document", "document"),
        ("voice", "voice"),
        ("video", "document"),
        ("audio", "document"),
        ("video_note", "document"),
    ],
)
def test_every_other_file_is_a_document_or_a_voice(member: str, kind: str) -> None:
    file = {"file_id": "f1", "file_name": "녹음.ogg", "mime_type": "audio/ogg", "file_size": 10}

    inbound = _one("message", **{member: file})

    assert inbound.kind is Kind.FILES
    assert inbound.attachments == (Attachment(kind, "f1", "녹음.ogg", "audio/ogg", 10),)


def test_a_press_brings_data_label_and_what_acknowledges_it() -> None:
    markup = {"inline_keyboard": [[{"text": "아니요", "callback_data": "3:no"}]]}
    message = {"message_id": 9, "date": 1, "chat": CHAT, "reply_markup": markup}
    query = {"id": "88", "from": SHE, "message": message, "data": "3:no", "chat_instance": "c"}

    (press,) = read({"update_id": 42, "callback_query": query})

    assert isinstance(press, Press)
    assert (press.kind, press.press, press.text) == (Kind.PRESS, "3:no", "아니요")
    assert (press.address, press.message_id, press.platform_id) == ("7", "42", "9")
    assert press.query == "88"


def test_a_press_below_a_message_that_telegram_no_longer_has_still_counts() -> None:
    gone = {"message_id": 9, "date": 0, "chat": CHAT}
    query = {"id": "88", "from": SHE, "message": gone, "data": "3:no"}

    (press,) = read({"update_id": 42, "callback_query": query})

    assert isinstance(press, Inbound)
    assert (press.press, press.text) == ("3:no", "")


def test_an_edit_names_the_message_that_it_replaces() -> None:
    edit = _one("edited_message", text="고친 말", edit_date=2)

    assert (edit.kind, edit.text, edit.edits, edit.message_id) == (Kind.EDIT, "고친 말", "5", "41")


def test_a_live_location_that_moves_is_no_edit() -> None:
    assert _read("edited_message", location={"latitude": 37.5, "longitude": 127.0}) == []


def test_where_she_is_can_be_seen_by_a_counselor() -> None:
    place = _one("message", location={"latitude": 37.566535, "longitude": 126.9779692})

    assert (place.kind, place.text) == (Kind.OTHER, "geo:37.566535,126.977969")


@pytest.mark.parametrize("member", ["sticker", "poll", "dice", "story", "something_new"])
def test_what_we_cannot_read_is_still_something_she_did(member: str) -> None:
    inbound = _one("message", **{member: {"emoji": "🙂"}})

    assert (inbound.kind, inbound.message_id) == (Kind.OTHER, "41")


@pytest.mark.parametrize(
    ("status", "kind"), [("kicked", Kind.BLOCKED), ("member", Kind.UNBLOCKED)]
)
def test_blocking_and_unblocking_are_told(status: str, kind: Kind) -> None:
    assert _one("my_chat_member", new_chat_member={"status": status}).kind is kind


@pytest.mark.parametrize("kind", ["message", "edited_message", "channel_post", "chat_boost"])
def test_whatever_comes_from_a_group_makes_us_leave_it(kind: str) -> None:
    assert _read(kind, chat=GROUP, text="안녕") == [Leave(-100)]


def test_being_added_to_a_group_makes_us_leave_and_being_removed_does_not() -> None:
    assert _read("my_chat_member", chat=GROUP, new_chat_member={"status": "member"}) == [
        Leave(-100)
    ]
    assert _read("my_chat_member", chat=GROUP, new_chat_member={"status": "kicked"}) == []


def test_a_press_in_a_group_makes_us_leave_it() -> None:
    message = {"message_id": 9, "date": 1, "chat": GROUP}
    query = {"id": "88", "from": SHE, "message": message, "data": "3:no"}

    assert read({"update_id": 42, "callback_query": query}) == [Leave(-100)]


def test_other_bots_are_not_answered() -> None:
    assert _read("message", text="spam", **{"from": {**SHE, "is_bot": True}}) == []


def test_an_unknown_kind_of_update_is_noted_where_it_has_a_person() -> None:
    reaction = {"chat": CHAT, "message_id": 5, "user": SHE, "new_reaction": []}

    assert read({"update_id": 43, "message_reaction": reaction}) == [
        Inbound("telegram", "7", "43", Kind.OTHER)
    ]
    assert read({"update_id": 44, "poll": {"id": "p"}}) == []


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        {},
        {"update_id": True},
        {"update_id": "41"},
        {"update_id": 1 << 63},
        {"update_id": 41, "message": "text"},
        {"update_id": 41, "message": {"chat": CHAT, "text": "no id"}},
        {"update_id": 41, "message": {"message_id": 5, "text": "no chat"}},
        {"update_id": 41, "message": {"message_id": 5, "chat": CHAT, "text": 5}},
        {"update_id": 41, "message": {"message_id": 5, "chat": CHAT, "photo": []}},
        {"update_id": 41, "message": {"message_id": 5, "chat": CHAT, "voice": {}}},
        {"update_id": 41, "edited_message": {"message_id": 5, "chat": CHAT, "caption": []}},
        {"update_id": 41, "callback_query": {"from": SHE, "data": "x"}},
        {"update_id": 41, "callback_query": {"id": "1", "from": SHE, "data": "x" * 300}},
    ],
)
def test_what_telegram_never_writes_is_refused(update: object) -> None:
    with pytest.raises(ReadError):
        read(update)
