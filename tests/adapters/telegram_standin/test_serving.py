"""The stand-in as a program of its own, and the tables it is made from."""

import asyncio
import socket

import aiohttp
import pytest

from adapters.telegram.standin import tables
from adapters.telegram.standin.generate_tables import tables as made
from adapters.telegram.standin.server import serve
from tests.adapters.telegram_standin.driving import OTHER, TOKEN, Driver


async def test_it_serves_until_it_is_cancelled(http: aiohttp.ClientSession) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = asyncio.ensure_future(serve("127.0.0.1", port, [TOKEN, OTHER], bot_name="곁"))
    bot = Driver(f"http://127.0.0.1:{port}", http)

    await _listening(port)
    name = (await bot.call("getMe")).result["first_name"]
    served.cancel()
    with pytest.raises(asyncio.CancelledError):
        await served

    assert name == "곁"
    with pytest.raises(aiohttp.ClientConnectorError):
        await bot.call("getMe")


async def _listening(port: int) -> None:
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise TimeoutError("nothing listens")


def test_tables_hold_names_types_and_what_is_required() -> None:
    field = {"name": "id", "types": ["Integer", "String"], "required": True, "description": "x"}
    spec = {
        "version": "Bot API 1",
        "methods": {"getIt": {"fields": [field]}, "getMe": {}},
        "types": {"It": {"fields": [{**field, "required": False}]}, "Or": {"subtypes": ["It"]}},
    }

    assert made(spec) == {
        "version": "Bot API 1",
        "methods": {"getIt": {"id": "!Integer|String"}, "getMe": {}},
        "types": {"It": {"id": "Integer|String"}, "Or": ["It"]},
    }


def test_the_tables_know_the_bot_api() -> None:
    assert tables.spelling()["sendmessage"] == "sendMessage"
    assert tables.methods()["sendMessage"]["text"] == "!String"
    assert "message" in tables.update_kinds()
