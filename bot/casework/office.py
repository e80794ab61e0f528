"""The office: who may know a case, what is written down about it, and how a refusal is told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.console.gate import Caller, Gate, Handler, refuse
from bot.console.tools import answer
from bot.service import Service
from bot.versions import Versions
from flows.cases import NotAllowed
from flows.network import Network
from flows.orders import OrderError
from flows.record_kinds import RecordError
from storage import audit, staff
from storage.casework import agencies, case_files, members
from storage.casework.case_files import Case
from storage.casework.errors import CaseworkError, FullError, RuleError, UnknownError
from storage.database import Database
from storage.errors import GoneError

SERVES = frozenset({"counselor", "supervisor"})
SUPERVISES = frozenset({"supervisor"})
INSPECTS = frozenset({"supervisor", "auditor"})
NUMBER_DIGITS = 19
BASE = "/cases/api"
ONE = f"{BASE}/cases/{{id}}"

CaseAct = Callable[[web.Request, Caller, Case], Awaitable[Any]]
Act = Callable[[web.Request, Caller], Awaitable[Any]]
Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Office:
    """What every route of casework works with; `address` is ours, for links."""

    database: Database
    service: Service
    versions: Versions
    gate: Gate
    network: Network
    address: str

    def route(
        self, app: web.Application, way: str, act: Act, roles: frozenset[str] = SERVES
    ) -> None:
        """Add a route such as `GET /cases` that concerns no single case."""
        method, path = way.split(" ")
        app.router.add_route(method, BASE + path, self.gate.only(roles, _told(act)))

    def case_route(
        self,
        app: web.Application,
        way: str,
        act: CaseAct,
        doing: str,
        roles: frozenset[str] = SERVES,
    ) -> None:
        """Add a route of one case; who needs not know it is told that there is none.

        Args:
            app: Where to.
            way: Method and path after `/cases/api/cases/{id}`, such as `POST /move`.
            act: What it does.
            doing: How the access log calls it; written before it is done.
            roles: Who may.
        """
        method, _, path = way.partition(" ")

        async def known(request: web.Request, caller: Caller) -> Any:  # noqa: ANN401  # any JSON
            case = await self.case(caller, request.match_info["id"])
            await self.log(caller, doing, case.id)
            return await act(request, caller, case)

        app.router.add_route(method, ONE + path, self.gate.only(roles, _told(known)))

    async def case(self, caller: Caller, given: str) -> Case:
        """Return a case that the caller needs to know; raises `UnknownError`."""
        number = number_of(given)
        if not await self.knows(caller, number):
            raise UnknownError("이 사례는 없거나 담당이 아니에요. There is no such case for you.")
        return await case_files.read(self.database, number)

    async def knows(self, caller: Caller, case_id: int) -> bool:
        """Say whether a caller needs to know a case: its members and supervisors, but conflict."""
        if await members.barred(self.database, case_id, caller.staff_id):
            return False
        if caller.role in INSPECTS:
            return True
        return caller.staff_id in await members.of(self.database, case_id)

    async def log(self, caller: Caller, doing: str, case_id: int, detail: str = "") -> None:
        """Write down who does what to which case, from where; never content."""
        told = f"{caller.place} {detail}".strip()
        await audit.record(self.database, case_id, caller.staff_id, f"case: {doing}", told)

    async def names(self) -> dict[int, str]:
        """Return the pseudonyms of staff, and of the people of agencies."""
        theirs = await agencies.people(self.database)
        ours = await staff.everyone(self.database)
        return {one.id: one.pseudonym for one in theirs} | {one.id: one.pseudonym for one in ours}

    async def body(self, request: web.Request, model: type[Body]) -> Body:
        """Read the body of a request; raises `RecordError` with what is wrong."""
        given = await self.gate.body(request)
        try:
            return model.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "body"
            raise RecordError(where, f"{where}: {first['msg']}") from None


def number_of(text: str) -> int:
    """Read an id from a path; raises `UnknownError`."""
    if not text.isascii() or not text.isdigit() or len(text) > NUMBER_DIGITS:
        raise UnknownError("이런 번호는 없어요. There is no such number.")
    return int(text)


def _told(act: Act) -> Handler:
    """Answer what an act returns, and refuse in plain words what it may not do."""

    async def handle(request: web.Request, caller: Caller) -> web.StreamResponse:
        try:
            done = await act(request, caller)
        except (CaseworkError, GoneError, NotAllowed, RecordError, OrderError) as error:
            return refused(error)
        return done if isinstance(done, web.StreamResponse) else answer(done)

    return handle


def refused(error: Exception) -> web.Response:
    """Return a refusal: 404 unknown, 409 not now or against a rule, 400 not readable."""
    match error:
        case UnknownError() | GoneError():
            return refuse(404, "unknown", str(error))
        case FullError():
            return refuse(409, "full", str(error))
        case RuleError():
            return refuse(409, "rule", str(error))
        case NotAllowed():
            text = f"지금 상태({error.status})에서는 할 수 없어요. Not from where it stands now."
            return refuse(409, "not now", text)
        case _:
            return refuse(400, "body", str(error))
