"""The studio's routes under `/studio/api`: admins only, each act kept in the access log."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from adapters.base import ReadError
from adapters.bodies import parse
from bot.bodies import limited
from bot.console.gate import BadBody, Caller, Gate, refuse
from bot.console.tools import answer
from bot.studio.drafting import OverwritesError
from bot.studio.releasing import NotProvedError
from bot.studio.wrong import Wrong
from flows.editing import EditError
from flows.events import EventNotAllowed, FlowError
from flows.reading import ScriptError
from storage import audit
from storage.database import Database
from storage.drafts import NoDraftError, StaleError
from storage.errors import StorageError
from storage.publications import PublicationError

ADMINS = frozenset({"admin"})
BODY_BYTES = 6_000_000
"""Several files of a draft at once."""
Json = dict[str, Any]
Work = Callable[[Caller, Json, dict[str, str]], Awaitable[Any]]
"""From who asks, the body, and the parts of the address, to the answer."""


class Routes:
    """Adds routes: reads the body, runs the work, words what may be refused."""

    def __init__(self, app: web.Application, gate: Gate, database: Database) -> None:
        """Add routes to an application, behind a gate."""
        self._app = app
        self._gate = gate
        self._database = database

    def get(self, path: str, work: Work) -> None:
        """Add a route that reads."""
        self._app.router.add_get(f"/studio/api/{path}", self._guarded(work, ""))

    def post(self, path: str, work: Work, act: str = "") -> None:
        """Add a route that changes something; `act` is the word in the access log."""
        self._app.router.add_post(f"/studio/api/{path}", self._guarded(work, act))

    def _guarded(
        self, work: Work, act: str
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request, caller: Caller) -> web.StreamResponse:
            body = await _body(request) if request.method == "POST" else dict(request.query)
            parts = dict(request.match_info)
            try:
                told = await work(caller, body, parts)
            except StorageError as error:
                return _refused(error)
            except (ScriptError, EditError, Wrong, ValidationError) as error:
                return refuse(400, "wrong", str(error)[:2000])
            except (EventNotAllowed, FlowError) as error:
                return refuse(409, "not now", str(error))
            except OverwritesError as error:
                return _json(409, error="conflict", by=error.author, text=error.found)
            except NotProvedError as error:
                text = "문제가 남아 있어요. There are problems left."
                return _json(409, error="problems", text=text, found=error.found)
            if act:
                detail = " ".join(parts.values())[:80]
                await audit.record(self._database, None, caller.staff_id, act, detail)
            return answer(told)

        return self._gate.only(ADMINS, handle)


def number(text: object) -> int:
    """Return a number of an address or a body."""
    if isinstance(text, bool) or not str(text).isascii() or not str(text).isdigit():
        raise Wrong("숫자가 아니에요. This is no number.")
    if len(str(text)) > 9:  # noqa: PLR2004  # no such version or draft
        raise Wrong("숫자가 너무 커요. The number is too large.")
    return int(str(text))


def words(body: Json, name: str, most: int = 500) -> str:
    """Return a text of a body, which must be there."""
    text = str(body.get(name) or "").strip()
    if not text or len(text) > most:
        raise Wrong(f"`{name}`을(를) 적어 주세요. Write `{name}`, at most {most} characters.")
    return text


async def _body(request: web.Request) -> Json:
    raw = await limited(request, BODY_BYTES)
    try:
        body = parse(raw) if raw else {}
    except ReadError:
        raise BadBody from None
    if raw is None or not isinstance(body, dict):
        raise BadBody
    return body


def _refused(error: StorageError) -> web.Response:
    if isinstance(error, StaleError):
        return _json(409, error="stale", by=error.author, text=str(error))
    if isinstance(error, NoDraftError):
        return refuse(404, "gone", "그런 초안이 없어요. There is no such draft.")
    if isinstance(error, PublicationError):
        return refuse(409, "not now", str(error))
    return refuse(503, "failed", "지금은 할 수 없어요. Try again.")


def _json(status: int, **told: Any) -> web.Response:  # noqa: ANN401  # any JSON
    response = answer(told)
    response.set_status(status)
    return response
