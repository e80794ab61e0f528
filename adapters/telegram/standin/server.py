"""The stand-in as a server of its own, or as routes in another application.

Addresses, as at Telegram: `/bot<token>/<method>`, `/file/bot<token>/<path>`; the control API
stands under `/standin/bot<token>/`.
"""

import asyncio
import logging
from collections.abc import Iterable

import orjson
from aiohttp import hdrs, web

from adapters.clock import Clock
from adapters.telegram.standin import control, requests
from adapters.telegram.standin.bots import STANDIN, Standin, unknown
from adapters.telegram.standin.control_routes import add_control_routes
from adapters.telegram.standin.errors import ApiError
from adapters.telegram.standin.files import MAX_UPLOAD
from adapters.telegram.standin.methods import perform
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.results import Described, Written
from adapters.telegram.standin.values import Json, Value

log = logging.getLogger(__name__)

MAX_LINE_SIZE = 1 << 16
"""Longest request line: some libraries put the whole text into it."""

_LARGEST_CALL = MAX_UPLOAD + (1 << 20)


def standin(
    *tokens: str, bot_name: str = "Stand-in bot", flood_control: bool = True
) -> web.Application:
    """Return the stand-in as an application of its own."""
    app = web.Application()
    add_routes(app, tokens, bot_name=bot_name, flood_control=flood_control)
    app.router.add_route(hdrs.METH_ANY, "/{path:.*}", _nothing_here)
    return app


def add_routes(
    app: web.Application,
    tokens: Iterable[str],
    *,
    bot_name: str = "Stand-in bot",
    flood_control: bool = True,
    clock: Clock | None = None,
) -> Standin:
    """Put the stand-in's routes into an application that has not started yet.

    Its runner needs `max_line_size=MAX_LINE_SIZE`; its body limit does not matter. Each bot has
    a clock of its own unless one is given.

    Raises:
        ValueError: a token is none.
    """
    bots = app[STANDIN] = Standin(
        tokens, bot_name=bot_name, flood_control=flood_control, clock=clock
    )
    app.on_shutdown.append(_end)
    route = app.router.add_route
    route(hdrs.METH_ANY, "/bot{token:[^/]*}/{method:[^/]*}", _call)
    route(hdrs.METH_ANY, "/bot{token:[^/]*}/test/{method:[^/]*}", _call)
    route(hdrs.METH_ANY, "/bot{token:[^/]*:[^/]*}", _call)
    route(hdrs.METH_GET, "/file/bot{token:[^/]*}/{path:.+}", _download)
    add_control_routes(app)
    return bots


async def serve(
    host: str,
    port: int,
    tokens: Iterable[str],
    *,
    bot_name: str = "Stand-in bot",
    flood_control: bool = True,
) -> None:
    """Run the stand-in until the task is cancelled."""
    app = standin(*tokens, bot_name=bot_name, flood_control=flood_control)
    runner = runner_of(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
        log.info("the Telegram stand-in listens on port %d", port)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def runner_of(app: web.Application) -> web.AppRunner:
    """Return what runs the stand-in: no access log (addresses carry tokens), long lines."""
    return web.AppRunner(
        app,
        access_log=None,
        max_line_size=MAX_LINE_SIZE,
        max_field_size=MAX_LINE_SIZE,
        shutdown_timeout=1.0,
    )


async def _end(app: web.Application) -> None:
    await app[STANDIN].close()


async def _nothing_here(_request: web.Request) -> web.Response:
    return _refusal(ApiError(404, "Not Found"))


async def _call(request: web.Request) -> web.StreamResponse:
    """Answer one call of a bot."""
    token = request.match_info["token"]
    account = request.app[STANDIN].accounts.get(token)
    if account is None:
        return _refusal(unknown(token))
    try:
        query = await _read(request)
        result = await perform(account, query)
    except ApiError as error:
        return _refusal(error) if error.code else _hang_up(request)
    return web.Response(body=_written(result), content_type="application/json")


async def _read(request: web.Request) -> Query:
    body = await control.limited(request, _LARGEST_CALL)
    if body is None:
        raise ApiError(413, "Request Entity Too Large")
    return requests.read(
        request.match_info.get("method", ""),
        request.rel_url.raw_query_string,
        body,
        request.headers.get(hdrs.CONTENT_TYPE, ""),
    )


def _written(result: Value) -> bytes:
    if isinstance(result, Written):
        return b'{"ok":true,"result":' + result.json + b"}"
    if isinstance(result, Described):
        told = {"ok": True, "result": result.result, "description": result.description}
        return orjson.dumps(told)
    return orjson.dumps({"ok": True, "result": result})


def _refusal(error: ApiError) -> web.Response:
    body: Json = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    headers = {}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
        headers["Retry-After"] = str(error.retry_after)
    return web.Response(
        body=orjson.dumps(body),
        status=error.code,
        content_type="application/json",
        headers=headers,
    )


def _hang_up(request: web.Request) -> web.StreamResponse:
    """End the connection without an answer."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


async def _download(request: web.Request) -> web.StreamResponse:
    """Answer with the content of a file that `getFile` has made ready."""
    account = request.app[STANDIN].accounts.get(request.match_info["token"])
    if account is None:
        return _refusal(unknown(request.match_info["token"]))
    fault = account.faults.take("file")
    try:
        if fault:
            await fault.hang()
            fault.strike()
    except ApiError as error:
        return _refusal(error) if error.code else _hang_up(request)
    stored = account.files.at(request.match_info["path"])
    if stored is None:
        return _refusal(ApiError(404, "Not Found"))
    return web.Response(body=stored.content, content_type="application/octet-stream")
