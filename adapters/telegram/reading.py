"""Read what Telegram says of a person, from the JSON itself: strict, quick, never surprised.

python-telegram-bot's own reader is not used here: it costs ten times as much per update and
raises whatever it stumbles over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adapters.base import ReadError
from adapters.telegram.attachments import attachments
from flows.messages import Inbound, Kind, clean

CHANNEL = "telegram"
UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram for: `allowed_updates`."""
_PROFILE_CHARS = 128
_DATA_CHARS = 256


@dataclass(frozen=True, slots=True)
class Leave:
    """A group or a channel that somebody added us to: we talk to one person at a time."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Press(Inbound):
    """A pressed button.

    Attributes:
        query: Telegram's id of the press; until it is acknowledged the button keeps turning.
    """

    query: str = ""


Reading = Inbound | Leave


def read(update: object) -> list[Reading]:
    """Read one update; what concerns nobody whom we could answer gives an empty list.

    Raises:
        ReadError: it is no update as Telegram writes them.
    """
    if not isinstance(update, dict):
        raise ReadError("an update is a JSON object")
    message_id = str(_whole(update, "update_id"))
    for kind, reader in _READERS.items():
        part = update.get(kind)
        if part is not None:
            return reader(_object(part, kind), message_id)
    return _read_unknown(update, message_id)


def _read_message(message: dict[str, Any], message_id: str) -> list[Reading]:
    place = _place(message)
    if isinstance(place, Leave) or place is None:
        return [place] if place else []
    platform_id = str(_whole(message, "message_id"))
    kind, text = _content(message)
    files = attachments(message)
    if files:
        kind = Kind.FILES
    return [
        Inbound(
            CHANNEL,
            place,
            message_id,
            kind,
            text,
            attachments=files,
            platform_id=platform_id,
            language=_language(message.get("from")),
            profile=_profile(message.get("from")),
        )
    ]


def _content(message: dict[str, Any]) -> tuple[Kind, str]:
    text = message.get("text", message.get("caption"))
    if text is None:
        return Kind.OTHER, _shown(message)
    if not isinstance(text, str):
        raise ReadError("text and caption are strings")
    command, _, rest = text.partition(" ")
    if command == "/start" or command.startswith("/start@"):
        return Kind.OPEN, clean(rest.strip())
    return Kind.TEXT, clean(text)


def _shown(message: dict[str, Any]) -> str:
    """Return what a counselor should see of a message without text: where she is, a number."""
    place = message.get("location")
    if isinstance(place, dict):
        latitude, longitude = place.get("latitude"), place.get("longitude")
        if isinstance(latitude, float) and isinstance(longitude, float):
            return f"geo:{latitude:.6f},{longitude:.6f}"
    for kind, member in (("contact", "phone_number"), ("sticker", "emoji")):
        part = message.get(kind)
        if isinstance(part, dict) and isinstance(part.get(member), str):
            return clean(part[member][:_PROFILE_CHARS])
    return ""


def _read_edit(message: dict[str, Any], message_id: str) -> list[Reading]:
    place = _place(message)
    if isinstance(place, Leave) or place is None:
        return [place] if place else []
    edited = str(_whole(message, "message_id"))
    text = message.get("text", message.get("caption", ""))
    if not isinstance(text, str):
        raise ReadError("text and caption are strings")
    files = attachments(message)
    if not text and not files:
        return []  # a live location moves: Telegram calls each step an edit
    return [
        Inbound(
            CHANNEL,
            place,
            message_id,
            Kind.EDIT,
            clean(text),
            attachments=files,
            platform_id=edited,
            edits=edited,
            language=_language(message.get("from")),
            profile=_profile(message.get("from")),
        )
    ]


def _read_press(query: dict[str, Any], message_id: str) -> list[Reading]:
    person = _object(query.get("from"), "from")
    message = query.get("message")
    platform_id = None
    if message is not None:
        place = _place(_object(message, "message"), is_pressed=True)
        if isinstance(place, Leave):
            return [place]
        platform_id = str(_whole(message, "message_id"))
    data = query.get("data")
    if data is not None and (not isinstance(data, str) or len(data) > _DATA_CHARS):
        raise ReadError("the data of a button is a short string")
    if not isinstance(query.get("id"), str):
        raise ReadError("a callback_query has an id")
    return [
        Press(
            CHANNEL,
            str(_whole(person, "id")),
            message_id,
            Kind.OTHER if data is None else Kind.PRESS,
            _label(message, data),
            press=data if data is None else clean(data),
            platform_id=platform_id,
            language=_language(person),
            profile=_profile(person),
            query=clean(query["id"]),
        )
    ]


def _label(message: object, data: str | None) -> str:
    """Return what stands on the button with this data, or nothing."""
    markup = message.get("reply_markup") if isinstance(message, dict) else None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    for row in rows if isinstance(rows, list) else ():
        for button in row if isinstance(row, list) else ():
            if isinstance(button, dict) and button.get("callback_data") == data:
                label = button.get("text")
                return clean(label) if isinstance(label, str) else ""
    return ""


def _read_membership(change: dict[str, Any], message_id: str) -> list[Reading]:
    status = _object(change.get("new_chat_member"), "new_chat_member").get("status")
    is_out = status in ("left", "kicked")  # a tuple: what is no string must not raise
    place = _place(change)
    if isinstance(place, Leave) or place is None:
        return [] if is_out or place is None else [place]
    kind = Kind.BLOCKED if is_out else Kind.UNBLOCKED
    person = change.get("from")
    return [
        Inbound(
            CHANNEL, place, message_id, kind, language=_language(person), profile=_profile(person)
        )
    ]


def _read_unknown(update: dict[str, Any], message_id: str) -> list[Reading]:
    for part in update.values():
        if isinstance(part, dict) and isinstance(part.get("chat"), dict):
            place = _place(part)
            if isinstance(place, Leave):
                return [place]
            return [Inbound(CHANNEL, place, message_id, Kind.OTHER)] if place else []
    return []


_READERS: dict[str, Callable[[dict[str, Any], str], list[Reading]]] = {
    "message": _read_message,
    "callback_query": _read_press,
    "edited_message": _read_edit,
    "my_chat_member": _read_membership,
}


def _place(part: dict[str, Any], *, is_pressed: bool = False) -> str | Leave | None:
    """Return the person's address, or the group to leave, or None for another bot's words."""
    chat = _object(part.get("chat"), "chat")
    chat_id = _whole(chat, "id")
    if chat.get("type") != "private":
        return Leave(chat_id)
    sender = part.get("from")
    if not is_pressed and isinstance(sender, dict) and sender.get("is_bot") is True:
        return None
    return str(chat_id)


def _language(person: object) -> str | None:
    code = person.get("language_code") if isinstance(person, dict) else None
    return clean(code[:35]) if isinstance(code, str) and code else None


def _profile(person: object) -> str | None:
    """Return the name that Telegram shows."""
    if not isinstance(person, dict):
        return None
    names = (person.get("first_name"), person.get("last_name"))
    shown = " ".join(name[:_PROFILE_CHARS] for name in names if isinstance(name, str))
    return clean(shown) or None


def _object(part: object, name: str) -> dict[str, Any]:
    if not isinstance(part, dict):
        raise ReadError(f"{name} is a JSON object")
    return part


def _whole(part: dict[str, Any], name: str) -> int:
    number = part.get(name)
    if type(number) is not int or abs(number) >= 1 << 63:
        raise ReadError(f"{name} is a whole number of 64 bits")
    return number
