"""People who work here: second factor, leaving, and a way back that two others agree to."""

from dataclasses import dataclass

from aiohttp import web

from bot.console.gate import BadBody, Caller, refuse
from bot.console.tools import ADMINS, Tools, answer, asked
from bot.origin import is_ours
from storage import audit, factors, presence, staff, unsent

EVERYBODY = frozenset({*staff.ROLES, staff.AGENCY})
HELPS = frozenset({"supervisor", "admin"})
ISSUER = "Gyeot"


@dataclass(frozen=True, slots=True)
class Staffing:
    """The routes of accounts."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        route("GET", "/desk/api/staff", only(HELPS, self.everyone))
        route("POST", "/desk/api/staff/{id}/dismiss", only(ADMINS, act(self.dismiss)))
        route("POST", "/desk/api/staff/{id}/recover", only(HELPS, act(self.let_back)))
        route("POST", "/desk/api/second-factor", only(EVERYBODY, self.begin))
        route("POST", "/desk/api/second-factor/confirm", only(EVERYBODY, self.confirm))
        app.router.add_post("/desk/api/recover", self.recover)

    async def everyone(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer who works here."""
        database = self.tools.database
        return answer(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "pseudonym": one.pseudonym,
                    "role": one.role,
                    "second_factor": await factors.has(database, one.id),
                }
                for one in await staff.everyone(database)
            ]
        )

    async def dismiss(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Let somebody in no more: sign-ins, sockets and talks end within seconds."""
        if number == caller.staff_id or await self._named(number) is None:
            return refuse(409, "staff", "그럴 수 없는 계정이에요. Not this account.")
        database = self.tools.database
        await staff.dismiss(database, number)
        await presence.gone(database, number)
        await unsent.forget(database, number)
        await audit.record(database, None, caller.staff_id, "dismiss", str(number))
        self.tools.gate.forget()
        await self.tools.live.look()
        return answer({})

    async def let_back(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Ask for somebody's way back, or agree to it as the second person."""
        if number == caller.staff_id or await self._named(number) is None:
            return refuse(409, "staff", "그럴 수 없는 계정이에요. Not this account.")
        database = self.tools.database
        code = await factors.ask_recovery(database, number, caller.staff_id)
        how = "ask for recovery" if code is None else "agree to recovery"
        await audit.record(database, None, caller.staff_id, how, str(number))
        return answer({"code": code})

    async def recover(self, request: web.Request) -> web.StreamResponse:
        """Come back with a code that two people gave: a new password, no second factor."""
        if not is_ours(request):
            return refuse(403, "origin", "이 페이지에서 보낸 요청이 아니에요. Reload the page.")
        try:
            given = await asked(self.tools.gate, request)
        except BadBody:
            return refuse(400, "body", "보낸 내용을 읽을 수 없어요. The body cannot be read.")
        name, password = given.words("name", 80), str(given.body.get("password", ""))[:200]
        database = self.tools.database
        if len(password) < staff.PASSWORD_CHARS:
            return refuse(
                400, "password", "비밀번호는 12자 이상이에요. A password has 12 letters or more."
            )
        if await staff.is_barred(database, name):
            return refuse(429, "wait", "잠시 뒤에 다시 해 주세요. Too many tries; wait a while.")
        known = next((one for one in await staff.everyone(database) if one.name == name), None)
        code = given.words("code", 40)
        if known is None or not await factors.recover(database, known.id, code):
            await staff.note_failure(database, name)
            return refuse(401, "wrong", "이름이나 코드가 맞지 않아요. Name or code is wrong.")
        await staff.set_password(database, known.id, password)
        self.tools.gate.forget()
        await audit.record(database, None, known.id, "recovered")
        return answer({})

    async def begin(self, _request: web.Request, caller: Caller) -> web.StreamResponse:
        """Make a secret for an authenticator; it is asked for once it is confirmed."""
        if await factors.has(self.tools.database, caller.staff_id):
            return refuse(409, "has", "이미 쓰고 있어요. It is in use already.")
        secret = await factors.begin(self.tools.database, caller.staff_id)
        address = f"otpauth://totp/{ISSUER}:{caller.name}?secret={secret}&issuer={ISSUER}"
        return answer({"secret": secret, "address": address})

    async def confirm(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Ask for codes from now on."""
        given = await asked(self.tools.gate, request)
        code = given.words("code", 10)
        if not await factors.confirm(self.tools.database, caller.staff_id, code):
            return refuse(409, "code", "코드가 맞지 않아요. The code is not right.")
        await audit.record(self.tools.database, None, caller.staff_id, "second factor on")
        return answer({})

    async def _named(self, number: int) -> staff.Staff | None:
        everyone = await staff.everyone(self.tools.database)
        return next((one for one in everyone if one.id == number), None)
