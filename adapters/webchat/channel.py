"""The web chat as a channel: frames of its WebSocket in our words, and files left with us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.base import Address, ReadError, SendError
from flows.messages import Attachment, Button, Inbound, Kind, Limits, Outbound, clean

CHANNEL = "web"
LIMITS = Limits(text_chars=16_000, label_chars=80, buttons=30, bubbles=None, data_bytes=256)
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_SOURCE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LABEL_CHARS = 200


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where an entry stands in its conversation.

    Attributes:
        author: `person`, `bot`, `counselor` or `system`.
        at: The time in ISO 8601, UTC.
        client_id: The id that the page gave to her own message.
    """

    seq: int
    author: str
    at: str
    client_id: str | None = None


class WebChat:
    """The channel of our own page; what it sends goes through the WebSocket that `bot` holds.

    Args:
        files: The folder in which uploads wait, named by `Attachment.source`.
    """

    def __init__(self, files: Path) -> None:
        self._files = files

    @property
    def name(self) -> str:
        """Its name in `Inbound.channel`."""
        return CHANNEL

    @property
    def limits(self) -> Limits:
        """What the page carries."""
        return LIMITS

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return an upload.

        Raises:
            SendError: it is not there.
        """
        if not _SOURCE.fullmatch(attachment.source):
            raise SendError("an upload's name is letters and digits")
        try:
            return (self._files / attachment.source).read_bytes()
        except OSError as error:
            raise SendError(f"the upload is not there: {type(error).__name__}") from None


def read_frame(frame: object, address: Address) -> Inbound:
    """Read what a person did: the frames `say` and `press`.

    The id that the page gives is the message's id: sent again after a reconnect it is the same
    message.

    Raises:
        ReadError: it is neither, or a member is missing.
    """
    if not isinstance(frame, dict):
        raise ReadError("a frame is a JSON object")
    message_id = frame.get("id")
    if not isinstance(message_id, str) or not _ID.fullmatch(message_id):
        raise ReadError("id is 8 to 64 letters, digits and dashes")
    if frame.get("t") == "say":
        return Inbound(CHANNEL, address, message_id, Kind.TEXT, clean(_text(frame, "text")))
    if frame.get("t") != "press":
        raise ReadError("t is say or press")
    data, label = _text(frame, "data"), frame.get("label")
    if len(data) > LIMITS.data_bytes:
        raise ReadError("data is too long")
    said = clean(label[:_LABEL_CHARS]) if isinstance(label, str) else ""
    return Inbound(CHANNEL, address, message_id, Kind.PRESS, said, press=clean(data))


def entry_frame(
    message: Outbound, stamp: Stamp, files: Sequence[Attachment] = ()
) -> dict[str, Any]:
    """Build the frame that shows one entry of the conversation."""
    return {
        "t": "entry",
        "seq": stamp.seq,
        "from": stamp.author,
        "sender": message.sender,
        "text": message.text,
        "choices": [_button(button) for button in message.choices],
        "fixed": [_button(button) for button in message.fixed],
        "files": [{"kind": file.kind, "name": file.name} for file in files],
        "at": stamp.at,
        "id": stamp.client_id,
    }


def _button(button: Button) -> dict[str, Any]:
    return {"label": button.label, "data": button.data, "on": button.on, "path": button.path}


def _text(frame: dict[str, Any], name: str) -> str:
    text = frame.get(name)
    if not isinstance(text, str) or not text:
        raise ReadError(f"{name} is a string that is not empty")
    return text
