"""The stand-in as routes in another application, all of them under `/standin/kakao/`.

For demos and tests on this machine only: it knows the secret of the webhook.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from adapters.base import ReadError
from adapters.bodies import parse
from adapters.clock import Clock
from adapters.kakao.standin import phone
from adapters.kakao.standin.engine import PLACE, Engine
from adapters.kakao.standin.events import talk
from adapters.kakao.standin.people import Person
from adapters.kakao.standin.phone import PhoneError
from adapters.kakao.standin.settings import FAULTS, Fault, Settings

ENGINE = web.AppKey("kakao_standin", Engine)
LONGEST_WAIT_S = 60.0
_LARGEST_BODY = 300 * 1024 * 1024
Json = dict[str, Any]
Deed = Callable[[Engine, Person, Json, str], Awaitable[Json]]
_DEEDS: dict[str, Deed] = {
    "text": phone.write,
    "open": phone.enter,
    "press": phone.press,
    "photo": phone.send_photo,
    "block": phone.block,
    "unblock": phone.unblock,
    "friend": phone.befriend,
    "back": phone.back_to_bot,
}


def add_routes(  # noqa: PLR0913  # what Kakao's console asks for, and the clock
    app: web.Application,
    *,
    skill_url: str,
    secret: str,
    bot_id: str,
    base: str = "",
    clock: Clock | None = None,
) -> Engine:
    """Put the stand-in into an application that has not started yet.

    Args:
        app: The application; the skill may be on it too.
        skill_url: Where the skill is; a path alone means: on this very server.
        secret: Sent as the fixed header `X-Gyeot-Secret`.
        bot_id: The bot that the skill expects.
        base: This server's own address, as the skill sees it in callbacks and photos; without
            it the address at which the phone reached it.
        clock: What it goes by; one of its own if None.
    """
    engine = app[ENGINE] = Engine(
        Settings(skill_url, secret, bot_id, base=base.rstrip("/")), clock
    )
    app.cleanup_ctx.append(_opened)
    add = app.router.add_route
    add("POST", PLACE + "/person/{name}/{deed}", _controlled(_do))
    add("GET", PLACE + "/person/{name}/messages", _controlled(_see))
    add("POST", PLACE + "/faults", _controlled(_add_fault))
    add("POST", PLACE + "/clock", _controlled(_move_clock))
    add("POST", PLACE + "/options", _controlled(_set_options))
    add("POST", PLACE + "/console-test", _controlled(_console_test))
    add("GET", PLACE + "/images/{name}", _picture)
    add("POST", PLACE + "/v1/bots/{bot}/callback/{token}", _callback)
    add("POST", PLACE + "/v2/bots/{bot}/talk", _talk)
    return engine


async def _opened(app: web.Application) -> AsyncIterator[None]:
    await app[ENGINE].open()
    yield
    await app[ENGINE].close()


Route = Callable[[web.Request], Awaitable[web.Response]]
Control = Callable[[web.Request, Json], Awaitable[Json]]


def _controlled(do: Control) -> Route:
    """Wrap one control call: foreign pages are refused, errors become answers."""

    async def answer(request: web.Request) -> web.Response:
        if _is_foreign(request):
            return _json({"ok": False, "error": "only pages of this server may do that"}, 403)
        try:
            return _json(await do(request, await _body(request)))
        except PhoneError as error:
            return _json({"ok": False, "error": error.reason}, error.status)

    return answer


def _is_foreign(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    is_foreign = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    return is_foreign or (origin is not None and urlsplit(origin).netloc != request.host)


async def _do(request: web.Request, body: Json) -> Json:
    deed = _DEEDS.get(request.match_info["deed"])
    if deed is None:
        raise PhoneError(404, "there is no such act")
    engine = request.app[ENGINE]
    person = engine.people.person(request.match_info["name"])
    return await deed(engine, person, body, _origin(request))


async def _see(request: web.Request, _body: Json) -> Json:
    person = request.app[ENGINE].people.person(request.match_info["name"])
    after, wait_s = _number(request.query, "after", -1), _number(request.query, "wait", 0)
    await person.changed_since(int(after), min(wait_s, LONGEST_WAIT_S))
    return {
        "ok": True,
        "revision": person.revision,
        "blocked": person.has_blocked,
        "messages": person.view(),
    }


async def _add_fault(request: web.Request, body: Json) -> Json:
    """`faults {fault, times?, seconds?}`, or `{}` to end all of them."""
    faults = request.app[ENGINE].faults
    if not body:
        faults.waiting.clear()
        return {"ok": True}
    if body.get("fault") not in FAULTS:
        raise PhoneError(400, f"fault is one of {', '.join(FAULTS)}")
    times, seconds = _number(body, "times", 1), _number(body, "seconds", 0)
    faults.waiting.append(Fault(body["fault"], int(times), seconds))
    return {"ok": True}


async def _move_clock(request: web.Request, body: Json) -> Json:
    """`clock {advance_s}`: callbacks and photos expire."""
    request.app[ENGINE].clock.advance(_number(body, "advance_s", 0))
    return {"ok": True}


async def _set_options(request: web.Request, body: Json) -> Json:
    """`options {callback?, language?, development?}`: what the console would be set to."""
    settings = request.app[ENGINE].settings
    settings.offers_callback = body.get("callback", settings.offers_callback) is True
    settings.is_development = body.get("development", settings.is_development) is True
    settings.language = body.get("language", settings.language)
    return {"ok": True}


async def _console_test(request: web.Request, _body: Json) -> Json:
    outcome = await request.app[ENGINE].console_test(_origin(request))
    return {"ok": True, "answer": outcome.answer, "error": outcome.error}


async def _picture(request: web.Request) -> web.Response:
    engine = request.app[ENGINE]
    content = engine.pictures.find(request.match_info["name"])
    if content is None or engine.faults.take("image"):
        return web.Response(status=403)
    # Kakao's own Content-Type is not to be trusted either
    return web.Response(body=content, content_type="application/octet-stream")


async def _callback(request: web.Request) -> web.Response:
    match = request.match_info
    body = await request.content.read()
    return _json(request.app[ENGINE].take_callback(match["token"], match["bot"], body))


async def _talk(request: web.Request) -> web.Response:
    key = request.headers.get("Authorization", "")
    try:
        body = parse(await request.content.read())
    except ReadError:
        body = None
    bot_id = request.match_info["bot"]
    status, told = await talk(request.app[ENGINE], bot_id, key, body, _origin(request))
    return _json(told, status)


async def _body(request: web.Request) -> Json:
    content = await request.content.read() if request.body_exists else b""
    if len(content) > _LARGEST_BODY:
        raise PhoneError(413, "the body is too big")
    try:
        body = parse(content) if content else {}
    except ReadError:
        body = None
    if not isinstance(body, dict):
        raise PhoneError(400, "the body is a JSON object")
    return body


def _origin(request: web.Request) -> str:
    """Return this server's own address: never the Host header, calls carry the secret there."""
    base = request.app[ENGINE].settings.base
    if base:
        return base
    if request.transport is None:
        raise PhoneError(400, "the connection is gone")
    host, port, *_ = request.transport.get_extra_info("sockname")
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _number(body: Any, name: str, otherwise: float) -> float:  # noqa: ANN401 - a query or JSON
    try:
        return float(body.get(name, otherwise))
    except (TypeError, ValueError):
        raise PhoneError(400, f"{name} is a number") from None


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
