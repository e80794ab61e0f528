"""The control API for tests and the phone: what people do, what fails, what time it is."""

import base64
import binascii
import logging
from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import NoReturn
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from adapters.telegram.standin import phone, view
from adapters.telegram.standin.account import Account
from adapters.telegram.standin.errors import ApiError
from adapters.telegram.standin.faults import Fault
from adapters.telegram.standin.files import MAX_UPLOAD
from adapters.telegram.standin.phone import Done, PhoneError
from adapters.telegram.standin.requests import Upload
from adapters.telegram.standin.values import Json

log = logging.getLogger(__name__)

Control = Callable[[Account, web.Request, Json], Awaitable[Json]]

LONGEST_WAIT_S = 60.0
_LARGEST_BODY = MAX_UPLOAD * 4 // 3 + (1 << 16)
_PROFILE = ("first_name", "last_name", "username", "language_code")
_LOG_SHOWN = 1000


def refused(request: web.Request) -> web.Response | None:
    """Return a 403 for a call that a foreign page makes in someone's browser."""
    origin = request.headers.get("Origin")
    foreign = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    if foreign or (origin is not None and urlsplit(origin).netloc != request.host):
        return no(403, "only pages of this server may do that")
    return None


def no(status: int, reason: str) -> web.Response:
    """Return an answer that says why not."""
    return _json({"ok": False, "error": reason}, status)


async def answer(account: Account, request: web.Request, do: Control) -> web.Response:
    """Carry out one control call."""
    try:
        return _json(await do(account, request, await _body(request)))
    except PhoneError as error:
        return no(error.status, error.reason)
    except ApiError as error:
        return no(400 if error.code < 500 else error.code, error.description)  # noqa: PLR2004


async def _body(request: web.Request) -> Json:
    if request.method == "GET":
        return {}
    content = await limited(request, _LARGEST_BODY)
    if content is None:
        raise PhoneError(413, "the body is too big")
    if not content:
        return {}
    try:
        body = orjson.loads(content)
    except ValueError:
        raise PhoneError(400, "the body is no JSON") from None
    if not isinstance(body, dict):
        raise PhoneError(400, "the body must be a JSON object")
    return body


async def limited(request: web.Request, most: int) -> bytes | None:
    """Return the body, whatever the application's own limit; None when it is bigger."""
    if not request.body_exists:
        return b""
    length = request.content_length
    if length is not None:
        return await request.content.read() if length <= most else None
    parts, size = [], 0
    async for part in request.content.iter_any():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


async def text(account: Account, request: web.Request, body: Json) -> Json:
    """`text {text}`: she writes."""
    return _done(phone.write(account, _id(request), _string(body, "text")))


async def press(account: Account, request: web.Request, body: Json) -> Json:
    """`press {message_id, data, force?}`: she presses a button."""
    message_id, data = _whole(body, "message_id"), _string(body, "data")
    force = body.get("force") is True
    return _done(phone.press(account, _id(request), message_id, data, force=force))


async def photo(account: Account, request: web.Request, body: Json) -> Json:
    """`photo {data_b64, caption?}`: she sends a picture."""
    upload = Upload("photo.jpg", "image/jpeg", _bytes(body))
    return _done(phone.send_file(account, _id(request), "photo", upload, body))


async def document(account: Account, request: web.Request, body: Json) -> Json:
    """`document {name, mime, data_b64, caption?}`: she sends a file."""
    upload = Upload(_string(body, "name"), str(body.get("mime") or ""), _bytes(body))
    return _done(phone.send_file(account, _id(request), "document", upload, body))


async def voice(account: Account, request: web.Request, body: Json) -> Json:
    """`voice {data_b64, duration?, caption?}`: she speaks."""
    upload = Upload("voice.oga", "audio/ogg", _bytes(body))
    return _done(phone.send_file(account, _id(request), "voice", upload, body))


async def edit(account: Account, request: web.Request, body: Json) -> Json:
    """`edit {message_id, text}`: she changes what she wrote."""
    message_id, new = _whole(body, "message_id"), _string(body, "text")
    return _done(phone.edit(account, _id(request), message_id, new))


async def block(account: Account, request: web.Request, _body: Json) -> Json:
    """`block`: she blocks the bot."""
    return _done(phone.block(account, _id(request)))


async def unblock(account: Account, request: web.Request, _body: Json) -> Json:
    """`unblock`: she lets the bot write again."""
    return _done(phone.unblock(account, _id(request)))


async def profile(account: Account, request: web.Request, body: Json) -> Json:
    """`profile {first_name?, last_name?, username?, language_code?}`: who she says she is."""
    unknown = sorted(body.keys() - set(_PROFILE))
    if unknown:
        raise PhoneError(400, f"unknown: {', '.join(unknown)}; known: {', '.join(_PROFILE)}")
    phone.set_profile(account, _id(request), {name: _string(body, name) for name in body})
    return {"ok": True}


async def messages(account: Account, request: web.Request, _body: Json) -> Json:
    """`messages?after=&wait=&last=`: what she sees now, or as soon as it changes."""
    person_id = _id(request)
    chat, person = account.private(person_id) if person_id > 0 else _nobody()
    after, wait_s = _query(request, "after", -1.0), _query(request, "wait", 0.0)
    await view.changed(chat, int(after), min(wait_s, LONGEST_WAIT_S))
    return view.seen(account, chat, person, int(_query(request, "last", 0.0)))


async def group_add(account: Account, request: web.Request, body: Json) -> Json:
    """`group/{id}/add {person, title?}`: a person adds the bot to a group."""
    title = str(body.get("title") or "")
    return _done(phone.add_to_group(account, _id(request), _whole(body, "person"), title))


async def group_text(account: Account, request: web.Request, body: Json) -> Json:
    """`group/{id}/text {person, text}`: a person writes in a group."""
    person, words = _whole(body, "person"), _string(body, "text")
    return _done(phone.write_in_group(account, _id(request), person, words))


async def faults(account: Account, _request: web.Request, body: Json) -> Json:
    """`faults {method, status, times, retry_after, hang_s, after_accepting, description}`."""
    known = {field.name: field.type for field in fields(Fault)}
    unknown = sorted(body.keys() - known.keys())
    if unknown:
        raise PhoneError(400, f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
    account.faults.add(_fault(body))
    return {"ok": True, "waiting": len(account.faults.waiting)}


def _fault(body: Json) -> Fault:
    status = body.get("status")
    if status is not None and (not isinstance(status, int) or not _is_error(status)):
        raise PhoneError(
            400, "status is 400 to 599, 0 (the connection ends) or null (all is well)"
        )
    fault = Fault(
        method=str(body.get("method", "*")).lower(),
        status=status,
        times=_whole(body, "times", 1),
        retry_after=_whole(body, "retry_after", 1),
        hang_s=_seconds(body, "hang_s"),
        after_accepting=body.get("after_accepting") is True,
        description=str(body.get("description") or ""),
    )
    if fault.times < 1 or (status is None and not fault.hang_s):
        raise PhoneError(400, "times is at least 1, and a fault has a status or hang_s")
    return fault


def _is_error(status: int) -> bool:
    return status == 0 or 400 <= status < 600  # noqa: PLR2004 - HTTP's errors


async def clock(account: Account, _request: web.Request, body: Json) -> Json:
    """`clock {advance_s}`: time passes."""
    account.clock.advance(_seconds(body, "advance_s"))
    return {"ok": True, "now": account.clock.now()}


async def flood(account: Account, _request: web.Request, body: Json) -> Json:
    """`flood {on}`: flood control on or off."""
    if not isinstance(body.get("on"), bool):
        raise PhoneError(400, "on must be true or false")
    account.limits.on = body["on"]
    return {"ok": True, "on": account.limits.on}


async def calls(account: Account, request: web.Request, _body: Json) -> Json:
    """`log?last=`: the calls that the bot made, without their content."""
    last = int(_query(request, "last", float(_LOG_SHOWN)))
    shown = list(account.calls)[-last:] if last > 0 else []
    return {
        "ok": True,
        "count": len(account.calls),
        "calls": [
            {"method": call.method, "at": call.at, "ok": call.ok, "status": call.status}
            for call in shown
        ],
    }


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def _done(done: Done) -> Json:
    made = {
        "message_id": done.message_id,
        "update_id": done.update_id,
        "callback_query_id": done.press_id,
    }
    return {"ok": True, **{name: value for name, value in made.items() if value is not None}}


def _nobody() -> NoReturn:
    raise PhoneError(400, "a person's id is a whole number from 1 to 2^52")


def _id(request: web.Request) -> int:
    try:
        return int(request.match_info["id"])
    except ValueError:
        raise PhoneError(400, "an id is a whole number") from None


def _string(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise PhoneError(400, f"{name} must be a text")
    return value


def _whole(body: Json, name: str, default: int | None = None) -> int:
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PhoneError(400, f"{name} must be a whole number")
    return value


def _seconds(body: Json, name: str) -> float:
    value = body.get(name, 0)
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise PhoneError(400, f"{name} must be a number of seconds")
    return float(value)


def _bytes(body: Json) -> bytes:
    try:
        return base64.b64decode(_string(body, "data_b64"), validate=True)
    except binascii.Error:
        raise PhoneError(400, "data_b64 must be base64") from None


def _query(request: web.Request, name: str, default: float) -> float:
    try:
        return float(request.query.get(name, default))
    except ValueError:
        raise PhoneError(400, f"{name} must be a number") from None
