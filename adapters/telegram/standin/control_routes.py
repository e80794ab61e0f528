"""The routes of the control API, under `/standin/bot<token>/`."""

from collections.abc import Mapping

from aiohttp import hdrs, web

from adapters.telegram.standin import control
from adapters.telegram.standin.account import Account
from adapters.telegram.standin.bots import STANDIN
from adapters.telegram.standin.control import Control
from adapters.telegram.standin.values import Json

_ACTS: Mapping[str, Control] = {
    "text": control.text,
    "press": control.press,
    "photo": control.photo,
    "document": control.document,
    "voice": control.voice,
    "edit": control.edit,
    "block": control.block,
    "unblock": control.unblock,
    "profile": control.profile,
}
_IN_GROUPS: Mapping[str, Control] = {"add": control.group_add, "text": control.group_text}
_SETTINGS: Mapping[str, Control] = {
    "faults": control.faults,
    "clock": control.clock,
    "flood": control.flood,
}


def add_control_routes(app: web.Application) -> None:
    """Put the control API into an application that has a stand-in."""
    route = app.router.add_route
    own = "/standin/bot{token:[^/]*}"
    route(hdrs.METH_POST, own + "/person/{id}/{act}", _act)
    route(hdrs.METH_GET, own + "/person/{id}/messages", _see)
    route(hdrs.METH_POST, own + "/group/{id}/{act}", _act_in_group)
    route(hdrs.METH_GET, own + "/files/{unique_id}", _show_file)
    route(hdrs.METH_GET, own + "/log", _log)
    route(hdrs.METH_POST, own + "/reset", _reset)
    route(hdrs.METH_POST, own + "/{setting:faults|clock|flood}", _set)


async def _act(request: web.Request) -> web.Response:
    return await _controlled(request, _ACTS.get(request.match_info["act"]))


async def _act_in_group(request: web.Request) -> web.Response:
    return await _controlled(request, _IN_GROUPS.get(request.match_info["act"]))


async def _set(request: web.Request) -> web.Response:
    return await _controlled(request, _SETTINGS[request.match_info["setting"]])


async def _see(request: web.Request) -> web.Response:
    return await _controlled(request, control.messages)


async def _log(request: web.Request) -> web.Response:
    return await _controlled(request, control.calls)


async def _controlled(request: web.Request, do: Control | None) -> web.Response:
    account = request.app[STANDIN].accounts.get(request.match_info["token"])
    if account is None:
        return control.no(404, "there is no bot with that token here")
    if do is None:
        return control.no(404, "there is no such act")
    refusal = control.refused(request)
    return refusal if refusal is not None else await control.answer(account, request, do)


async def _reset(request: web.Request) -> web.Response:
    bots = request.app[STANDIN]
    token = request.match_info["token"]

    async def reset(_account: Account, _request: web.Request, _body: Json) -> Json:
        await bots.reset(token)
        return {"ok": True}

    return await _controlled(request, reset)


async def _show_file(request: web.Request) -> web.Response:
    """Show a file on the phone; never as a page of this server."""
    account = request.app[STANDIN].accounts.get(request.match_info["token"])
    stored = account.files.shown(request.match_info["unique_id"]) if account else None
    if stored is None:
        return control.no(404, "there is no such file")
    # A photo's type is read from its content; what a bot declares is never believed.
    shown_as = {"photo": stored.mime, "voice": "audio/ogg"}.get(stored.kind)
    return web.Response(
        body=stored.content,
        content_type=shown_as or "application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Content-Disposition": "inline" if shown_as else "attachment",
        },
    )
