"""How fast the stand-in takes messages; `./dev bench`."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.adapters.telegram_standin.driving import TOKEN, Driver

PROGRAM = """
import asyncio
from adapters.telegram.standin.server import serve
asyncio.run(serve("127.0.0.1", {port}, ["{token}"], flood_control=False))
"""
CHECKOUT = Path(__file__).parents[3]
PEOPLE = 32
EACH = 400
GOAL_A_SECOND = 4000


@pytest_asyncio.fixture
async def alone(unused_tcp_port: int) -> AsyncIterator[tuple[int, int]]:
    """A stand-in in a process of its own: its id and its port."""
    program = PROGRAM.format(port=unused_tcp_port, token=TOKEN)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, cwd=CHECKOUT)
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            break
    yield process.pid, unused_tcp_port
    process.terminate()
    await process.wait()


@pytest.mark.bench
async def test_four_thousand_messages_a_second_on_one_core(
    alone: tuple[int, int], http: aiohttp.ClientSession
) -> None:
    pid, port = alone
    bot = Driver(f"http://127.0.0.1:{port}", http)
    for person in range(1, PEOPLE + 1):
        await bot.says("/start", person)

    before = _cpu_seconds(pid)
    await asyncio.gather(*(_send(port, person) for person in range(1, PEOPLE + 1)))
    used = _cpu_seconds(pid) - before

    a_second = PEOPLE * EACH / used
    print(f"{a_second:,.0f} sendMessage per second of one core")  # noqa: T201 - the bench's result
    assert a_second >= GOAL_A_SECOND


async def _send(port: int, person: int) -> None:
    """Send one message after another over one connection."""
    text = "괜찮으신가요? 지금 안전한 곳에 계신가요?"
    body = json.dumps({"chat_id": person, "text": text}).encode()
    head = (
        f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(EACH):
        writer.write(head + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        assert (await reader.readexactly(length)).startswith(b'{"ok":true')
    writer.close()
    await writer.wait_closed()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
