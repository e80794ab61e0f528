"""What our figures stand beside: a bare echo, raw group commit, and Telegram without a product.

Run as a program: `references.py echo|commit|api|telegram PORT FOLDER [API]`. `api` is a bare
stand-in of the Bot API without flood control that counts what it was given, so that both sides
of a comparison send to the same and it costs next to nothing.
"""

import asyncio
import queue
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

import aiohttp
import uvloop
from aiohttp import web

SCHEMA = """
CREATE TABLE inbox (channel TEXT, message_id TEXT, body TEXT, PRIMARY KEY (channel, message_id));
CREATE TABLE person (id TEXT PRIMARY KEY, step INTEGER);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, person TEXT, body TEXT, sent INTEGER);
"""


class Committer:
    """Raw sqlite3 in a writer thread: what gathered while one commit ran is the next commit."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._path, self._loop = path, loop
        self._queue: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._run, daemon=True).start()

    async def keep(self, person: str, message_id: str, body: str) -> None:
        """Return once message, step and reply are on disk."""
        future = self._loop.create_future()
        self._queue.put((person, message_id, body, future))
        await future

    def _run(self) -> None:
        database = sqlite3.connect(self._path, isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + SCHEMA)
        while True:
            batch = [self._queue.get()]
            while len(batch) < 256:
                try:
                    batch.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            database.execute("BEGIN IMMEDIATE")
            database.executemany(
                "INSERT OR IGNORE INTO inbox VALUES ('x', ?, ?)", [(b[1], b[2]) for b in batch]
            )
            database.executemany(
                "INSERT INTO person VALUES (?, 1) ON CONFLICT(id) DO UPDATE SET step = step + 1",
                [(b[0],) for b in batch],
            )
            database.executemany(
                "INSERT INTO outbox (person, body, sent) VALUES (?, ?, 1)",
                [(b[0], b[2]) for b in batch],
            )
            database.execute("COMMIT")
            self._loop.call_soon_threadsafe(_done, [b[3] for b in batch])


def _done(futures: list["asyncio.Future[None]"]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(None)


async def echo(request: web.Request) -> web.Response:
    """Answer what came."""
    return web.json_response(await request.json())


def committing(folder: Path) -> web.Application:
    """Return the echo with a raw durable commit before each answer."""
    app = web.Application()
    state: dict[str, Any] = {"n": 0}

    async def start(_: web.Application) -> None:
        state["committer"] = Committer(folder / "raw.db", asyncio.get_running_loop())

    async def handle(request: web.Request) -> web.Response:
        body = await request.json()
        state["n"] += 1
        person = body["userRequest"]["user"]["id"]
        await state["committer"].keep(person, str(state["n"]), body["userRequest"]["utterance"])
        return web.json_response(body)

    app.on_startup.append(start)
    app.router.add_post("/{path:.*}", handle)
    return app


def telegram(folder: Path, api: str) -> web.Application:
    """Return the webhook that commits raw and sends one sendMessage with aiohttp's client."""
    app = web.Application()
    state: dict[str, Any] = {}

    async def start(_: web.Application) -> None:
        state["committer"] = Committer(folder / "raw.db", asyncio.get_running_loop())
        state["client"] = aiohttp.ClientSession()

    async def stop(_: web.Application) -> None:
        await state["client"].close()

    async def handle(request: web.Request) -> web.Response:
        message = (update := await request.json())["message"]
        person, text = str(message["chat"]["id"]), message["text"]
        await state["committer"].keep(person, str(update["update_id"]), text)
        body = {"chat_id": person, "text": text}
        async with state["client"].post(f"{api}/sendMessage", json=body) as answer:
            await answer.read()
        return web.Response()

    app.on_startup.append(start)
    app.on_cleanup.append(stop)
    app.router.add_post("/{path:.*}", handle)
    return app


def api() -> web.Application:
    """Return a Bot API that accepts everything at once; `GET /count` tells how many messages."""
    app = web.Application()
    state = {"n": 0}

    async def count(_: web.Request) -> web.Response:
        return web.Response(text=str(state["n"]))

    async def handle(request: web.Request) -> web.Response:
        await request.read()
        if not request.path.lower().endswith("/sendmessage"):
            return web.Response(body=b'{"ok":true,"result":true}', content_type="application/json")
        state["n"] += 1
        body = b'{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":1,"type":"private"}}}'
        return web.Response(body=body % state["n"], content_type="application/json")

    app.router.add_get("/count", count)
    app.router.add_post("/{path:.*}", handle)
    return app


async def main() -> None:
    """Serve one reference until killed."""
    kind, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    match kind:
        case "echo":
            app = web.Application()
            app.router.add_post("/{path:.*}", echo)
        case "commit":
            app = committing(folder)
        case "api":
            app = api()
        case _:
            app = telegram(folder, sys.argv[4])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    if sys.argv[1] == "echo":  # the figure that the goals are set against
        asyncio.run(main())
    else:
        uvloop.run(main())
