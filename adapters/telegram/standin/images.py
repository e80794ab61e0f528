"""Reading width and height from the first bytes of a picture."""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def size(content: bytes) -> tuple[int, int] | None:
    """Return (width, height), or None when it is no PNG, JPEG, GIF, WebP or BMP."""
    if content.startswith(_PNG) and len(content) >= 24:  # noqa: PLR2004 - signature and header
        return struct.unpack(">II", content[16:24])
    if content.startswith(_JPEG):
        return _jpeg(content)
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:  # noqa: PLR2004 - header
        return struct.unpack("<HH", content[6:10])
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    if content[:2] == b"BM" and len(content) >= 26:  # noqa: PLR2004 - header
        width, height = struct.unpack("<ii", content[18:26])
        return width, abs(height)
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004 - every segment begins so
            return None
        kind = content[at + 1]
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X" and len(content) >= 30:  # noqa: PLR2004 - header
        wide, high = content[24:27], content[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if kind == b"VP8 " and len(content) >= 30:  # noqa: PLR2004 - header
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and len(content) >= 25:  # noqa: PLR2004 - header
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
