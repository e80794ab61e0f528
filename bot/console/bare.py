"""Pictures without what the camera wrote into them: where, when and with which device."""

from collections.abc import Callable, Iterator

JPEG_KEPT = frozenset({0xE0, 0xEE})
"""Of the application segments: JFIF and Adobe's colours, without which it looks wrong."""
JPEG_SCAN = 0xDA
JPEG_COMMENT = 0xFE
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_DROPPED = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
WEBP_FLAGS = b"VP8X"
WEBP_SAYS = 0b1100
"""The bits of the extended header that promise EXIF and XMP."""


def bared(content: bytes, mime: str) -> bytes:
    """Return a picture without its notes; whatever is no whole picture of its kind as it is."""
    strip = _KINDS.get(mime)
    if strip is None:
        return content
    try:
        return b"".join(strip(content))
    except (IndexError, ValueError):
        return content if not _has_place(content) else b""


def _has_place(content: bytes) -> bool:
    """Say whether a broken picture may still tell where it was taken."""
    return any(mark in content for mark in (b"Exif\x00", b"EXIF", b"eXIf", b"GPS"))


def _jpeg(content: bytes) -> Iterator[bytes]:
    if content[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    yield content[:2]
    at = 2
    while content[at] == 0xFF:  # noqa: PLR2004  # every segment begins so
        kind = content[at + 1]
        if kind == JPEG_SCAN:
            yield content[at:]
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end <= at + 2 or end > len(content):
            raise ValueError("a segment is cut off")
        is_note = 0xE0 <= kind <= 0xEF or kind == JPEG_COMMENT  # noqa: PLR2004  # the application segments
        if not is_note or kind in JPEG_KEPT:
            yield content[at:end]
        at = end
    raise ValueError("no picture in it")


def _png(content: bytes) -> Iterator[bytes]:
    if not content.startswith(PNG_HEAD):
        raise ValueError("no PNG")
    yield PNG_HEAD
    at = len(PNG_HEAD)
    while at < len(content):
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(content):
            raise ValueError("a chunk is cut off")
        if kind not in PNG_DROPPED:
            yield content[at:end]
        if kind == b"IEND":
            return
        at = end


def _webp(content: bytes) -> Iterator[bytes]:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("no WebP")
    chunks = []
    at = 12
    while at < len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if at + 8 + size > len(content):
            raise ValueError("a chunk is cut off")
        chunk = content[at:end]
        if kind == WEBP_FLAGS:
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_SAYS]) + chunk[9:]
        if kind not in WEBP_DROPPED:
            chunks.append(chunk)
        at = end
    body = b"WEBP" + b"".join(chunks)
    yield b"RIFF" + len(body).to_bytes(4, "little") + body


_KINDS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
