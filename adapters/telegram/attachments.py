"""The files of a Telegram message, as declared; nothing is downloaded here."""

from typing import Any

from adapters.base import ReadError
from flows.messages import Attachment, clean

_NAME_CHARS = 255
_FILE_ID_CHARS = 512
_DOCUMENT_KINDS = ("document", "video", "audio", "video_note")


def attachments(message: dict[str, Any]) -> tuple[Attachment, ...]:
    """Return the file of a message: its largest photo, its voice, or any other file.

    Raises:
        ReadError: the message has a file without what is needed to fetch it.
    """
    if "photo" in message:
        return (_attachment("photo", _largest(message["photo"])),)
    if "voice" in message:
        return (_attachment("voice", message["voice"]),)
    for kind in _DOCUMENT_KINDS:
        if kind in message:
            return (_attachment("document", message[kind]),)
    return ()


def _largest(sizes: object) -> object:
    if not isinstance(sizes, list) or not sizes:
        raise ReadError("photo is a list of sizes")
    return max(sizes, key=_area)


def _area(size: object) -> float:
    if not isinstance(size, dict):
        return 0
    width, height = size.get("width"), size.get("height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def _attachment(kind: str, file: object) -> Attachment:
    if not isinstance(file, dict):
        raise ReadError(f"a {kind} is a JSON object")
    source, size = file.get("file_id"), file.get("file_size")
    if not isinstance(source, str) or not 0 < len(source) <= _FILE_ID_CHARS:
        raise ReadError(f"a {kind} has a file_id")
    return Attachment(
        kind,
        clean(source),
        name=_text(file.get("file_name")),
        mime=_text(file.get("mime_type")),
        size=size if type(size) is int and 0 <= size < 1 << 63 else None,
    )


def _text(value: object) -> str:
    return clean(value[:_NAME_CHARS]) if isinstance(value, str) else ""
