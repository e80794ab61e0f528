"""Sizes of pictures, read from files that a real library has written."""

from io import BytesIO

import pytest
from PIL import Image

from adapters.telegram.standin.images import size


def _written(shape: str, **options: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (37, 21), "teal").save(file, shape, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _written("PNG"),
        _written("JPEG"),
        _written("JPEG", progressive=True),
        _written("GIF"),
        _written("BMP"),
        _written("WEBP"),
        _written("WEBP", lossless=True),
        _written("WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"),
    ],
)
def test_sizes_of_all_kinds(content: bytes) -> None:
    assert size(content) == (37, 21)


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"\xff\xd8\x00\x00" + b"\0" * 20, b"\xff\xd8", b"RIFF\0\0\0\0WEBPxxxx"],
)
def test_what_is_no_picture(content: bytes) -> None:
    assert size(content) is None
