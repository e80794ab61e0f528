"""What a file truly is, read from its first bytes; what the sender says counts for nothing."""

MAX_BYTES = 20 * 1024 * 1024
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_BOXES = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}


class UnknownTypeError(ValueError):
    """A file that is not kept: empty, too large, or of a kind that we do not take."""


def sniff(content: bytes) -> str:
    """Return the type of a file; plain text counts as such.

    Raises:
        UnknownTypeError: it is empty, over 20 MB, or of a kind that we do not take.
    """
    if not content:
        raise UnknownTypeError("the file is empty")
    if len(content) > MAX_BYTES:
        raise UnknownTypeError("the file is larger than 20 MB")
    for beginning, mime in _BEGINNINGS:
        if content.startswith(beginning):
            return mime
    if content[:4] == b"RIFF" and content[8:12] in {b"WEBP", b"WAVE"}:
        return "image/webp" if content[8:12] == b"WEBP" else "audio/wav"
    if content[4:8] == b"ftyp":
        return _BOXES.get(content[8:12], "video/mp4")
    if b"\0" not in content[:4096] and _is_text(content):
        return "text/plain"
    raise UnknownTypeError("this kind of file is not taken")


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
