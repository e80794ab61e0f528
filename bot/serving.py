"""What the commands do once the settings are read."""

import asyncio
import contextlib
import gc
import resource
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop
from aiohttp import web

from adapters.clock import Clock
from bot import logs
from bot.app import application
from bot.house import House, keys_url, open_house
from bot.settings import Settings
from flows.bundle import Sources
from storage import staff
from storage.database import Database
from storage.master import MasterKey

T = TypeVar("T")
MAX_LINE = 1 << 16
KEEP_ALIVE_S = 75.0
STOP_S = 10.0
YOUNG = 10_000, 20, 20
"""Messages leave no cycles behind: the collector may come seldom."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run one command to its end."""
    return uvloop.run(work)


async def serve(settings: Settings, sources: Sources, *, demo: bool, checked: bool) -> None:
    """Serve until a signal asks to stop; in a demo make a key and accounts, and say them."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold what people wrote
    logs.set_up(settings.log_level)
    settings.data.mkdir(parents=True, exist_ok=True)
    world = Clock() if demo else None
    if demo:
        from bot import demo as demonstration  # noqa: PLC0415  # the stand-ins are not for others

        settings = demonstration.demo_settings(settings)
        with contextlib.suppress(FileExistsError):
            MasterKey.create(settings.master_key)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    now = world.now_ms if world else None
    async with open_house(settings, sources, checked=checked, clock=now) as house:
        app = application(house, demo=demo)
        if world:
            from bot import demo as demonstration  # noqa: PLC0415  # likewise

            demonstration.add_phones(app, house, world)
        runner = web.AppRunner(
            app, access_log=None, max_line_size=MAX_LINE, keepalive_timeout=KEEP_ALIVE_S
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.host, settings.port, backlog=1024).start()
            house.begin()
            _settle_memory()
            await _announce(house, demo=demo)
            await stopped.wait()
        finally:
            await house.watch.close()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STOP_S):
                    await runner.cleanup()


def _settle_memory() -> None:
    """What was opened stays: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG)


async def _announce(house: House, *, demo: bool) -> None:
    address = house.settings.address
    say(f"Gyeot listens at {address}")
    if not demo:
        return
    say(f"  for her       {address}/chat\n  phones        {address}/phones")
    say(f"  desk          {address}/desk")
    from bot import demo as demonstration  # noqa: PLC0415  # likewise

    for person in await demonstration.add_people(house.database):
        say(f"    {person.role:<11} {person.name:<8} {person.password}")


def say(text: str) -> None:
    """Print for the operator, at once."""
    print(text, flush=True)  # noqa: T201  # the command's own output


async def open_database(settings: Settings) -> Database:
    """Open the store of a command."""
    logs.set_up(settings.log_level)
    return await Database.open(
        settings.database, keys_url(settings), MasterKey.load(settings.master_key), settings.files
    )


async def add_staff(
    settings: Settings, name: str, role: str, password: str, pseudonym: str
) -> str:
    """Add an account."""
    async with await open_database(settings) as database:
        try:
            await staff.add(database, staff.Newcomer(name, role, password, pseudonym))
        except staff.StaffError as error:
            return f"not added: {error}"
    return f"{name} is a {role} now"
