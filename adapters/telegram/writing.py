"""Write one bubble as Telegram takes it: texts of at most 4,096 units and rows of buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from adapters.splitting import shorten, split, units
from flows.messages import Button, Limits, Outbound, clean

LIMITS = Limits(text_chars=4096, label_chars=40, buttons=100, bubbles=None, data_bytes=64)
_NARROW = 12
_ROW = 3
_EASY_TO_HIT = 2
_LABEL_UNITS = 64
_ON = "✅ "
_NOTHING = "…"


@dataclass(frozen=True, slots=True)
class Letter:
    """One bubble, ready to go: the keyboard stands below the last part.

    The keyboard is the JSON of an `InlineKeyboardMarkup`: the library's objects for it would cost
    as much as sending it.
    """

    parts: Sequence[str]
    keyboard: dict[str, Any] | None
    has_links: bool


def write(message: Outbound, public_url: str) -> Letter:
    """Write a bubble; its links are buttons where Telegram takes them, else lines of its text."""
    if not _is_public(public_url):
        message = spell_links(message, public_url)
    text = message.text if message.sender is None else f"{message.sender}:\n{message.text}"
    buttons = (*message.choices, *message.fixed)
    return Letter(
        split(clean(text).strip() or _NOTHING, LIMITS.text_chars),
        _keyboard(message, public_url) if buttons else None,
        any(button.path for button in buttons),
    )


def spell_links(message: Outbound, public_url: str) -> Outbound:
    """Return the bubble with the address of each link in its text instead of on a button."""
    buttons = (*message.choices, *message.fixed)
    lines = [f"{button.label}\n{public_url}{button.path}" for button in buttons if button.path]
    return message._replace(
        text="\n\n".join([message.text, *lines]),
        choices=tuple(button for button in message.choices if not button.path),
        fixed=tuple(button for button in message.fixed if not button.path),
    )


def _is_public(url: str) -> bool:
    """Say whether Telegram takes the address for a button: it refuses `localhost`."""
    return "." in (urlsplit(url).hostname or "")


def _keyboard(message: Outbound, public_url: str) -> dict[str, Any]:
    are_narrow = all(units(choice.label) <= _NARROW for choice in message.choices)
    is_paired = are_narrow and len(message.choices) > _EASY_TO_HIT
    rows = _rows(message.choices, 2 if is_paired else 1) + _rows(message.fixed, _ROW)
    return {"inline_keyboard": [[_key(button, public_url) for button in row] for row in rows]}


def _rows(buttons: Sequence[Button], width: int) -> list[Sequence[Button]]:
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def _key(button: Button, public_url: str) -> dict[str, str]:
    label = shorten(f"{_ON}{button.label}" if button.on else button.label, _LABEL_UNITS)
    if button.path:
        return {"text": label, "url": public_url + button.path}
    return {"text": label, "callback_data": button.data}
