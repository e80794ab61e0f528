"""Keyboards: read, checked against Telegram's limits, and written as messages carry them."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.telegram.standin.errors import ApiError, bad_request
from adapters.telegram.standin.links import checked
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.values import Json, Value

MAX_INLINE_BUTTONS = 100
MAX_REPLY_BUTTONS = 300
MAX_DATA_BYTES = 64

Rows = list[list[Json]]

_STYLES = frozenset({"primary", "danger", "success"})
_ASKING = {
    "request_contact": "request_contact",
    "request_phone_number": "request_contact",
    "request_location": "request_location",
}
_ASKING_MORE = ("request_users", "request_chat", "request_poll", "request_managed_bot", "web_app")


@dataclass(frozen=True, slots=True)
class Markup:
    """What hangs under a message.

    Attributes:
        inline: Rows of inline buttons, as the message carries them.
        reply: The ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply, which no message
            carries: only the person's phone shows it.
    """

    inline: Rows | None = None
    reply: Json | None = None

    @property
    def body(self) -> Json | None:
        """The `reply_markup` of the message."""
        return {"inline_keyboard": self.inline} if self.inline else None


NOTHING = Markup()


def markup(query: Query, *, inline_only: bool = False) -> Markup:
    """Read the parameter `reply_markup`.

    Raises:
        ApiError: 400, among them `BUTTON_DATA_INVALID` and `reply markup is too long`.
    """
    given = query.json("reply_markup", "reply keyboard markup")
    if given is None:
        return NOTHING
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    read = _read(given)
    if inline_only and read.reply is not None:
        raise bad_request("inline keyboard expected")
    return read


def _read(given: Json) -> Markup:
    reply = _rows(given, "keyboard", "keyboard", _reply_button)
    inline = _rows(given, "inline_keyboard", "inline keyboard", _inline_button)
    if reply:
        _count(reply, MAX_REPLY_BUTTONS)
        options = {
            name: given[name] for name in given if name not in {"keyboard", "inline_keyboard"}
        }
        return Markup(reply={**options, "keyboard": reply})
    if inline:
        _count(inline, MAX_INLINE_BUTTONS)
        for button in (button for row in inline for button in row):
            _check_data(button)
        return Markup(inline=inline)
    if _yes(given, "remove_keyboard") or _yes(given, "hide_keyboard"):
        return Markup(reply={"remove_keyboard": True})
    if _yes(given, "force_reply"):
        placeholder = given.get("input_field_placeholder")
        extra = {"input_field_placeholder": placeholder} if placeholder else {}
        return Markup(reply={"force_reply": True, **extra})
    return NOTHING


def _yes(given: Json, name: str) -> bool:
    return given.get(name) is True or str(given.get(name)).lower() == "true"


def _rows(given: Json, field: str, what: str, read: Callable[[Value], Json]) -> Rows:
    rows = given.get(field)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" must be of type Array')
    made: Rows = []
    for row in rows:
        if not isinstance(row, list):
            owner = " of the InlineKeyboardMarkup" if field == "inline_keyboard" else ""
            raise bad_request(f'field "{field}"{owner} must be an Array of Arrays')
        made.append([_button(button, what, read) for button in row])
    return [row for row in made if row]


def _button(button: Value, what: str, read: Callable[[Value], Json]) -> Json:
    try:
        return read(button)
    except ValueError as error:
        raise bad_request(f"can't parse {what} button: {error}") from None


def _reply_button(button: Value) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise ValueError("KeyboardButton must be a String or an Object")  # noqa: TRY004 - Telegram's text
    made: Json = {"text": _text(button, "keyboard button text must be non-empty")}
    for name, means in _ASKING.items():
        if _yes(button, name):
            made[means] = True
    made.update({name: button[name] for name in _ASKING_MORE if button.get(name)})
    return made


def _inline_button(button: Value) -> Json:
    if not isinstance(button, dict):
        raise ValueError("InlineKeyboardButton must be an Object")  # noqa: TRY004 - Telegram's text
    made: Json = {"text": _text(button, "inline keyboard button text must be non-empty")}
    icon, style = button.get("icon_custom_emoji_id"), button.get("style")
    if style and style not in _STYLES:
        raise ValueError("invalid button style specified")
    made.update({"icon_custom_emoji_id": str(icon)} if icon else {})
    made.update({"style": style} if style else {})
    return {**made, **_action(button)}


def _action(button: Json) -> Json:
    if button.get("url"):
        return {"url": _url(str(button["url"]))}
    if button.get("callback_data"):
        return {"callback_data": str(button["callback_data"])}
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if button.get(name) is not None:
            return {name: str(button[name])}
    for name in ("web_app", "login_url", "copy_text", "switch_inline_query_chosen_chat"):
        if isinstance(button.get(name), dict):
            return {name: button[name]}
    raise ValueError("Text buttons are unallowed in the inline keyboard")


def _url(url: str) -> str:
    try:
        return checked(url)
    except ValueError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None


def _text(button: Json, empty: str) -> str:
    text = button.get("text")
    if text is None:
        raise ValueError('Can\'t find field "text"')
    if isinstance(text, dict | list):
        raise ValueError('Field "text" must be of type String')  # noqa: TRY004 - Telegram's text
    if not str(text).strip():
        raise bad_request(empty)
    return str(text)


def _check_data(button: Json) -> None:
    data = button.get("callback_data")
    if data is not None and len(data.encode()) > MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _count(rows: Rows, most: int) -> None:
    if sum(len(row) for row in rows) > most:
        raise _too_long()


def _too_long() -> ApiError:
    return bad_request("reply markup is too long")
