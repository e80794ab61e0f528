"""What a person can do on the phone of the stand-in."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from adapters.kakao.standin.acts import WELCOME, Act
from adapters.kakao.standin.engine import PLACE, Engine
from adapters.kakao.standin.people import Person, Shown
from adapters.kakao.standin.pictures import MOST, secure_image

Json = dict[str, Any]


@dataclass(eq=False)
class PhoneError(Exception):
    """That cannot be done on a phone; `reason` says why, `status` is for HTTP."""

    status: int
    reason: str


async def write(engine: Engine, person: Person, body: Json, origin: str) -> Json:
    """`text {text}`: she writes."""
    text = body.get("text")
    if not isinstance(text, str) or not text:
        raise PhoneError(400, "text is needed")
    _reachable(person)
    shown = engine.people.show(person, "person", text)
    return _done(person, shown, await engine.perform(person, Act(text), origin))


async def enter(engine: Engine, person: Person, _body: Json, origin: str) -> Json:
    """`open`: she opens the chat for the first time, which runs the welcome block."""
    _reachable(person)
    answer = await engine.perform(person, Act("", trigger="EVENT", block=WELCOME), origin)
    return _done(person, None, answer)


async def press(engine: Engine, person: Person, body: Json, origin: str) -> Json:
    """`press {message_id, index | data}`: she taps a quick reply, a button or a list item."""
    _reachable(person)
    button, kind = _pressed(person, body)
    action = button["action"]
    if action == "webLink":
        return {"ok": True, "url": button["webLinkUrl"]}
    if action in {"phone", "share"}:
        return {"ok": True, "action": action}
    words = button.get("messageText") or button.get("label") or button.get("title", "")
    shown = engine.people.show(person, "person", words)
    if action == "operator":
        person.with_operator = True
        return _done(person, shown, engine.people.show(person, "operator", "상담직원 연결"))
    ending = "MESSAGE" if action == "message" else "BLOCK"
    act = Act(words, f"{kind}_{ending}", button.get("extra"))
    return _done(person, shown, await engine.perform(person, act, origin))


async def send_photo(engine: Engine, person: Person, body: Json, origin: str) -> Json:
    """`photo {data_b64 | [data_b64, …], free?}`: by the secure image plugin, or sent freely."""
    _reachable(person)
    photos = [_decoded(photo) for photo in _listed(body.get("data_b64"))]
    addresses = [f"{origin}{PLACE}/images/{engine.pictures.keep(photo)}" for photo in photos]
    shown = engine.people.show(person, "person", "사진")
    shown.photos = addresses
    if body.get("free") is True:
        media = {"type": "image", "url": addresses[0]}
        act = Act(addresses[0], request_params={"media": media})
    else:
        act = Act("사진", params={"secureimage": secure_image(addresses)})
    return _done(person, shown, await engine.perform(person, act, origin))


async def block(_engine: Engine, person: Person, _body: Json, _origin: str) -> Json:
    """`block`: she blocks the channel; the skill is not told."""
    person.has_blocked = True
    person.touch()
    return _done(person, None, None)


async def unblock(_engine: Engine, person: Person, _body: Json, _origin: str) -> Json:
    """`unblock`: she can write again."""
    person.has_blocked = False
    person.touch()
    return _done(person, None, None)


async def befriend(_engine: Engine, person: Person, body: Json, _origin: str) -> Json:
    """`friend {on}`: she adds the channel to her friends or takes it off."""
    person.is_friend = body.get("on", True) is True
    person.touch()
    return _done(person, None, None)


async def back_to_bot(engine: Engine, person: Person, _body: Json, _origin: str) -> Json:
    """`back`: she presses "back to the bot" in the operator's chat."""
    person.with_operator = False
    return _done(person, engine.people.show(person, "person", "챗봇으로 전환"), None)


def _reachable(person: Person) -> None:
    if person.has_blocked:
        raise PhoneError(409, "she has blocked the channel: unblock it first")


def _pressed(person: Person, body: Json) -> tuple[Json, str]:
    """Return the button, and Kakao's word for what kind of button it is."""
    number = body.get("message_id")
    shown = next((one for one in person.chat if one.message_id == number), None)
    if shown is None:
        raise PhoneError(404, "there is no such message")
    buttons = shown.buttons()
    index = _index([*shown.replies, *buttons], body)
    if index < len(shown.replies):
        if shown is not person.chat[-1]:
            raise PhoneError(409, "quick replies vanish when anything follows")
        return shown.replies[index], "QUICKREPLY_BUTTON"
    button = buttons[index - len(shown.replies)]
    return button, "LIST_ITEM" if "title" in button else "CARD_BUTTON"


def _index(buttons: list[Json], body: Json) -> int:
    index, wanted = body.get("index"), body.get("data")
    if isinstance(wanted, str):
        found = [
            at for at, one in enumerate(buttons) if one.get("extra", {}).get("data") == wanted
        ]
        index = found[0] if found else None
    if type(index) is not int or not 0 <= index < len(buttons):
        raise PhoneError(404, "there is no such button")
    return index


def _listed(photos: object) -> list[object]:
    listed = photos if isinstance(photos, list) else [photos]
    if not 0 < len(listed) <= MOST:
        raise PhoneError(400, f"1 to {MOST} photos can be sent at once")
    return listed


def _decoded(photo: object) -> bytes:
    if not isinstance(photo, str):
        raise PhoneError(400, "data_b64 is needed")
    try:
        return base64.b64decode(photo, validate=True)
    except binascii.Error:
        raise PhoneError(400, "data_b64 is no base64") from None


def _done(person: Person, shown: Shown | None, answer: Shown | None) -> Json:
    return {
        "ok": True,
        "revision": person.revision,
        "message_id": shown.message_id if shown else None,
        "answer_id": answer.message_id if answer else None,
        "error": answer.error if answer else None,
    }
