"""What the desk decides by rule: order, hours, codes, paging, and pictures without a place."""

import pytest
from aiohttp import web

from bot.console.bare import bared
from bot.console.hours import Hours, OnCall
from bot.console.order import ahead, key
from bot.console.paging import Mail, page
from storage.factors import code_at

MONDAY = 1_795_564_800_000
"""2026-11-25 09:00 in Seoul is a Wednesday; see the hours below."""


def test_codes_are_those_of_the_standard() -> None:
    secret = b"12345678901234567890"

    assert code_at(secret, 59 // 30) == "287082"  # RFC 6238, appendix B, its last six digits
    assert code_at(secret, 1_111_111_109 // 30) == "081804"


def test_the_hours_say_when_somebody_comes_again() -> None:
    hours = Hours(
        week={"wed": (("09:00", "18:00"),), "thu": (("10:00", "12:00"),)}, holidays=("2026-11-26",)
    )
    nine = MONDAY
    evening = nine + 10 * 3_600_000

    assert Hours().is_open(evening)
    assert hours.is_open(nine)
    assert hours.opens(nine) is None
    assert hours.opens(evening) == {"ko": "12월 2일(수) 09:00", "en": "Wed 2026-12-02 09:00"}


async def test_who_is_on_call_is_paged_without_content(
    unused_tcp_port: int,
) -> None:
    heard: list[bytes] = []

    async def hook(request: web.Request) -> web.Response:
        heard.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    try:
        on_call = OnCall(hook=f"http://127.0.0.1:{unused_tcp_port}/hook")
        await page(on_call, Mail())
    finally:
        await runner.cleanup()

    assert len(heard) == 1
    assert b"look" in heard[0]


def test_danger_is_never_passed_and_nobody_starves() -> None:
    minute = 60_000
    old_support, new_today = key(3, 0), key(1, 80 * minute)
    now, before = key(0, 100 * minute), key(0, 99 * minute)

    assert sorted([old_support, new_today, now, before]) == [before, now, old_support, new_today]
    assert key(1, 10 * minute) < old_support
    assert ahead([now, old_support, new_today], 101 * minute) == (1, 3, 3, 3, 3)


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp"])
def test_a_picture_says_no_more_where_it_was_taken(mime: str) -> None:
    picture, place = PICTURES[mime]

    bare = bared(picture, mime)

    assert place in picture
    assert place not in bare
    assert bared(bare, mime) == bare
    assert bared(picture[: len(picture) // 2], mime) in {b"", picture[: len(picture) // 2]}


def _segment(kind: int, body: bytes) -> bytes:
    return bytes([0xFF, kind]) + (len(body) + 2).to_bytes(2) + body


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + bytes(4)


def _riff(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


WEBP = (
    b"WEBP"
    + _riff(b"VP8X", bytes([12]) + bytes(9))
    + _riff(b"VP8 ", b"picture")
    + _riff(b"EXIF", b"GPS here")
)
PICTURES = {
    "image/jpeg": (
        b"\xff\xd8"
        + _segment(0xE0, b"JFIF\x00")
        + _segment(0xE1, b"Exif\x00\x00GPS here")
        + _segment(0xFE, b"a comment")
        + _segment(0xDB, bytes(64))
        + b"\xff\xda\x00\x02scan\xff\xd9",
        b"GPS here",
    ),
    "image/png": (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", bytes(13))
        + _chunk(b"eXIf", b"GPS here")
        + _chunk(b"IDAT", b"picture")
        + _chunk(b"IEND", b""),
        b"GPS here",
    ),
    "image/webp": (b"RIFF" + len(WEBP).to_bytes(4, "little") + WEBP, b"GPS here"),
}
