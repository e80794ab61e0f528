"""Read what Kakao's bot engine calls us with: skill payload 2.0, in all its variations.

Members come in any order, some are null or missing, unknown ones will come. There is no message
id in it: the caller hands over the header `X-Request-Id`.
"""

import uuid
from typing import Any

from adapters.base import ReadError
from adapters.kakao.photos import photo_addresses
from flows.messages import Attachment, Inbound, Kind, clean

CHANNEL = "kakao"
_ID_CHARS = 200
_DATA_CHARS = 256
_REQUEST_ID_CHARS = 128
_WELCOME = frozenset({"웰컴블록", "welcomeblock", "welcome"})
_TYPED = "TEXT_INPUT"


def read(body: object, request_id: str | None, image_hosts: frozenset[str]) -> Inbound:
    """Read one call.

    Raises:
        ReadError: it does not say which person it is about, or is no skill payload.
    """
    call = _object(body, "the body")
    request = _object(call.get("userRequest"), "userRequest")
    person = _object(request.get("user"), "userRequest.user")
    said = _said(request)
    press = _press(call)
    photos = photo_addresses(call, image_hosts)
    text = "" if photos is not None and said.startswith(("http://", "https://")) else said
    return Inbound(
        CHANNEL,
        f"{bot_id(call)}:{_identifier(person.get('id'), 'userRequest.user.id')}",
        _message_id(request_id),
        _kind(call, said, press, photos),
        text,
        press=press,
        attachments=tuple(Attachment("photo", address) for address in photos or ()),
        language=_language(request.get("lang")),
    )


def bot_id(body: object) -> str:
    """Return the bot's id; the development channel's mark is taken off.

    Raises:
        ReadError: there is none.
    """
    bot = _object(_object(body, "the body").get("bot"), "bot")
    return _identifier(bot.get("id"), "bot.id").rstrip("!")


def _kind(call: dict[str, Any], said: str, press: str | None, photos: list[str] | None) -> Kind:
    if press is not None:
        return Kind.PRESS
    if photos is not None:
        return Kind.FILES if photos else Kind.OTHER
    trigger = _trigger(call)
    if not said.strip() or trigger.startswith("EVENT"):
        return Kind.OPEN
    if trigger != _TYPED and _block_name(call) in _WELCOME:
        return Kind.OPEN
    return Kind.TEXT


def _said(request: dict[str, Any]) -> str:
    said = request.get("utterance")
    if said is None:
        return ""
    if not isinstance(said, str):
        raise ReadError("userRequest.utterance is a string")
    return clean(said).rstrip("\n")


def _press(call: dict[str, Any]) -> str | None:
    extra = _optional(_optional(call.get("action")).get("clientExtra"))
    data = extra.get("data")
    if data is None:
        return None
    if not isinstance(data, str) or len(data) > _DATA_CHARS:
        raise ReadError("action.clientExtra.data is a short string")
    return clean(data)


def _trigger(call: dict[str, Any]) -> str:
    kind = _optional(_optional(call.get("flow")).get("trigger")).get("type")
    return kind if isinstance(kind, str) else ""


def _block_name(call: dict[str, Any]) -> str:
    block = _optional(_optional(call.get("userRequest")).get("block"))
    name = block.get("name") or _optional(call.get("intent")).get("name")
    return name.replace(" ", "").casefold() if isinstance(name, str) else ""


def _message_id(request_id: str | None) -> str:
    """Return Kakao's id of the call, or a new one: without it a repeated call is a new message."""
    if request_id and len(request_id) <= _REQUEST_ID_CHARS and request_id.isprintable():
        return request_id
    return f"own-{uuid.uuid4().hex}"


def _language(language: object) -> str | None:
    if not isinstance(language, str) or not language:
        return None
    return "ko" if language == "kr" else clean(language[:35])


def _identifier(value: object, name: str) -> str:
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or not 0 < len(text) <= _ID_CHARS:
        raise ReadError(f"{name} is a short string")
    return clean(text)


def _object(part: object, name: str) -> dict[str, Any]:
    if not isinstance(part, dict):
        raise ReadError(f"{name} is a JSON object")
    return part


def _optional(part: object) -> dict[str, Any]:
    return part if isinstance(part, dict) else {}
