"""The agency's page, without an account: what she consented to, and one answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from bot.casework import bodies, shapes
from bot.casework.office import Office
from bot.casework.referral_routes import entry
from bot.console.gate import BadBody, refuse
from bot.console.tools import answer
from bot.logs import log
from bot.origin import is_ours
from flows.cases import REFERRAL, NotAllowed
from storage import audit
from storage.casework import answer_links, case_records
from storage.casework.answer_links import REFUSALS
from storage.casework.case_records import NewRecord
from storage.casework.errors import CaseworkError, LinkError
from storage.casework.referrals import Referral
from storage.errors import GoneError

STATUS = {"unknown": 404, "wrong": 403, "locked": 423, "expired": 410, "used": 410}
Json = dict[str, Any]
Act = Callable[[web.Request], Awaitable[Json]]


class AgencyDoor:
    """What a link opens: one referral, once."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add both routes; they are open to whoever has link and number."""
        app.router.add_post("/cases/open/look", _told(self.look))
        app.router.add_post("/cases/open/answer", _told(self.answer))

    async def look(self, request: web.Request) -> Json:
        """Answer what she consented to, and nothing else."""
        given = bodies.Link.model_validate(await self._office.gate.body(request))
        referral = await answer_links.look(self._office.database, given.token, given.pin)
        await self._log(request, referral, "agency look")
        return await shapes.for_agency(self._office, referral)

    async def answer(self, request: web.Request) -> Json:
        """Take in the answer of an agency, once."""
        given = bodies.AgencyAnswer.model_validate(await self._office.gate.body(request))
        secret = (given.token, given.pin)
        referral = await answer_links.answer(
            self._office.database, secret, REFERRAL.step(given.event), entry(given, "agency")
        )
        await self._log(request, referral, f"agency {given.event}")
        await tell_staff(self._office, referral, given)
        return {"status": referral.status}

    async def _log(self, request: web.Request, referral: Referral, doing: str) -> None:
        place = request.remote or ""
        told = f"{place} {referral.agency}"
        await audit.record(self._office.database, referral.case_id, None, f"case: {doing}", told)


async def tell_staff(
    office: Office, referral: Referral, given: bodies.AgencyAnswer | bodies.AgencyMove
) -> None:
    """What an agency answered waits as a task: to appoint, or to look for another one."""
    accepted = given.event == "accept"
    what = (
        "기관이 맡았어요. 약속을 잡아 주세요."
        if accepted
        else "기관이 맡지 못해요. 다른 곳을 찾아 주세요."
    )
    task = NewRecord(
        kind="task",
        status="open",
        body={"what": what, "answer": given.text},
        owner_id=referral.body.get("consent", {}).get("by"),
        due=office.database.clock(),
        ref=referral.id,
    )
    await case_records.add(office.database, referral.case_id, task)


def _told(act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Answer what an act returns; a stranger learns nothing but that the link does not open."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            return refuse(403, "origin", "이 페이지에서 보낸 요청이 아니에요. Reload the page.")
        try:
            return answer(await act(request))
        except Exception as error:  # noqa: BLE001  # an agency is told, the log knows the kind
            return _refused(error)

    return handle


def _refused(error: Exception) -> web.Response:
    match error:
        case BadBody() | ValidationError():
            return refuse(400, "body", "내용을 확인해 주세요. 까닭이 빠졌을 수 있어요. Check it.")
        case LinkError():
            return refuse(STATUS.get(error.why, 410), error.why, str(error))
        case NotAllowed():
            return refuse(410, "used", REFUSALS["used"])
        case CaseworkError() | GoneError():
            return refuse(404, "unknown", REFUSALS["unknown"])
        case _:
            log().error("agency door failed", error=type(error).__name__)
            return refuse(503, "failed", "지금은 할 수 없어요. 다시 해 주세요. Try again.")
