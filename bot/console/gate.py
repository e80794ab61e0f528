"""The gate: who is at the desk, and what a role may do. An unlisted route does not exist."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from adapters.base import ReadError
from adapters.bodies import parse
from bot.bodies import limited
from bot.logs import log
from bot.origin import is_ours
from bot.secret import same
from storage import presence, staff
from storage.database import Database
from storage.staff import Staff

COOKIE = "gyeot_desk"
BODY_BYTES = 64 * 1024
SERVES = frozenset({"counselor", "supervisor"})
KNOWN_S = 2.0
"""How long a sign-in is good without looking: as often as the sockets are looked at."""
MOST_KNOWN = 10_000
HERE_S = 5.0
"""How often a browser that asks is noted as here."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, from where."""

    staff_id: int
    name: str
    role: str
    pseudonym: str
    csrf: str
    token: str
    place: str


Handler = Callable[[web.Request, Caller], Awaitable[web.StreamResponse]]
Plain = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Gate:
    """Signs staff in and out, and lets a route be used by its roles only."""

    def __init__(self, database: Database, *, secure: bool) -> None:
        """Guard the desk of a database; `secure` when people reach us by https."""
        self._database = database
        self._secure = secure
        self._seen: dict[int, float] = {}
        self._known: dict[str, tuple[Caller, float]] = {}

    def add_routes(self, app: web.Application) -> None:
        """Add sign-in, sign-out and who am I."""
        everybody = frozenset({*staff.ROLES, staff.AGENCY})
        app.router.add_post("/desk/api/sign-in", self._sign_in)
        app.router.add_post("/desk/api/sign-out", self.only(everybody, self._sign_out))
        app.router.add_get("/desk/api/me", self.only(everybody, self._who))

    def only(self, roles: frozenset[str], handler: Handler) -> Plain:
        """Return a handler that runs only for a signed-in caller of these roles."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            caller = await self.caller(request)
            if caller is None:
                return refuse(401, "sign in", "다시 로그인해 주세요. Sign in again.")
            if request.method != "GET" and not self._is_meant(request, caller):
                return refuse(
                    403, "origin", "이 페이지에서 보낸 요청이 아니에요. Reload the page."
                )
            if caller.role not in roles:
                return refuse(403, "role", "이 역할로는 할 수 없어요. Your role may not do this.")
            try:
                await self._note_here(caller)
                return await handler(request, caller)
            except BadBody:
                return refuse(400, "body", "보낸 내용을 읽을 수 없어요. The body cannot be read.")
            except web.HTTPException:
                raise
            except Exception as error:  # noqa: BLE001  # the desk is told, the log knows the kind
                log().error("desk failed", error=type(error).__name__)
                return refuse(503, "failed", "지금은 할 수 없어요. 다시 해 주세요. Try again.")

        return guarded

    async def _note_here(self, caller: Caller) -> None:
        """A browser that asks is there, also when its socket cannot be opened."""
        now = asyncio.get_running_loop().time()
        if caller.role in SERVES and now - self._seen.get(caller.staff_id, -HERE_S) >= HERE_S:
            self._seen[caller.staff_id] = now
            await presence.touch(self._database, [caller.staff_id])

    async def caller(self, request: web.Request) -> Caller | None:
        """Return who calls, or None; asked again after `KNOWN_S`, or when somebody goes out."""
        token, now = request.cookies.get(self._cookie, ""), asyncio.get_running_loop().time()
        caller, until = self._known.get(token, (None, 0.0))
        if caller is None or until <= now:
            caller = await self._asked(request, token)
            self._keep(token, caller, now)
        return caller and replace(caller, place=request.remote or "")

    def forget(self) -> None:
        """Ask of everybody again whether the sign-in is still good."""
        self._known.clear()

    def _keep(self, token: str, caller: Caller | None, now: float) -> None:
        if caller is None:
            self._known.pop(token, None)
            return
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[token] = caller, now + KNOWN_S

    async def _asked(self, request: web.Request, token: str) -> Caller | None:
        signed = await staff.signed_in(self._database, token) if token else None
        if signed is None:
            return None
        who = signed.staff
        place = request.remote or ""
        return Caller(who.id, who.name, who.role, who.pseudonym, signed.csrf, token, place)

    async def body(self, request: web.Request) -> dict[str, Any]:
        """Return the JSON object of a request; raises `BadBody`."""
        raw = await limited(request, BODY_BYTES)
        if raw == b"":
            return {}
        try:
            body = parse(raw) if raw else None
        except ReadError:
            body = None
        if not isinstance(body, dict):
            raise BadBody
        return body

    @property
    def _cookie(self) -> str:
        return f"__Host-{COOKIE}" if self._secure else COOKIE

    def _is_meant(self, request: web.Request, caller: Caller) -> bool:
        given = request.headers.get("X-Gyeot-Csrf", "")
        return is_ours(request) and same(given, caller.csrf)

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            return refuse(403, "origin", "이 페이지에서 보낸 요청이 아니에요. Reload the page.")
        try:
            body = await self.body(request)
        except BadBody:
            return refuse(400, "body", "이름과 비밀번호를 적어 주세요. Give name and password.")
        name, password = str(body.get("name", ""))[:80], str(body.get("password", ""))[:200]
        code = str(body.get("code", ""))[:10]
        try:
            signed = await staff.sign_in(self._database, name, password, code)
        except staff.CodeNeededError:
            return refuse(401, "code", "인증 앱의 코드를 적어 주세요. Enter the code of your app.")
        except staff.TooManyTriesError:
            return refuse(429, "wait", "잠시 뒤에 다시 해 주세요. Too many tries; wait a while.")
        if signed is None:
            return refuse(
                401, "wrong", "이름이나 비밀번호가 맞지 않아요. Name or password is wrong."
            )
        response = web.json_response(_me(signed.staff, signed.csrf))
        response.set_cookie(
            self._cookie,
            signed.token,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
            path="/",
        )
        return response

    async def _sign_out(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        await staff.sign_out(self._database, caller.token)
        self.forget()
        await presence.leave(self._database, caller.staff_id)
        response = web.json_response({})
        response.del_cookie(self._cookie, path="/")
        response.headers["Clear-Site-Data"] = '"storage"'
        return response

    async def _who(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        who = Staff(caller.staff_id, caller.name, caller.pseudonym, caller.role)
        return web.json_response(_me(who, caller.csrf))


class BadBody(Exception):
    """A body that is no JSON object."""


def _me(who: Staff, csrf: str) -> dict[str, Any]:
    names = {"id": who.id, "name": who.name, "role": who.role, "pseudonym": who.pseudonym}
    return {**names, "csrf": csrf}


def refuse(status: int, error: str, text: str) -> web.Response:
    """Return a refusal that says what to do."""
    return web.json_response({"error": error, "text": text}, status=status)
