"""The desk's socket: it carries ids only; what changed is fetched again."""

import asyncio
import contextlib
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from bot.changes import listening
from bot.console.gate import Gate
from bot.origin import is_ours
from storage.database import Database

LOOK_S = 5.0
SERVES = frozenset({"counselor", "supervisor"})


@dataclass(frozen=True, slots=True)
class Live:
    """`GET /desk/socket`."""

    database: Database
    gate: Gate

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Tell an open desk which conversations changed, until its session ends."""
        caller = await self.gate.caller(request) if is_ours(request) else None
        if caller is None or caller.role not in SERVES:
            return web.json_response({"error": "sign in"}, status=403)
        socket = web.WebSocketResponse(heartbeat=20.0, max_msg_size=16_384, compress=False)
        await socket.prepare(request)
        telling = asyncio.ensure_future(self._tell(socket, request))
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await telling
        return socket

    async def _tell(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        with listening(self.database) as changes:
            checked = 0.0
            while not socket.closed:
                changed = await changes.wait(LOOK_S)
                now = asyncio.get_running_loop().time()
                if now - checked >= LOOK_S:
                    checked = now
                    if await self.gate.caller(request) is None:
                        await socket.close(code=4401, message=b"sign in")
                        return
                with contextlib.suppress(ConnectionError):
                    for conversation in changed:
                        await socket.send_json({"t": "changed", "conversation": str(conversation)})
                    if changed:
                        await socket.send_json({"t": "queue"})
