"""What the routes of the desk share: the board, the acts, and how an act is answered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from bot.console.board import Board, Row
from bot.console.gate import Caller, Gate, refuse
from bot.console.live import Live
from bot.counsel.holding import Hold, Holding, NotYours, Stale, Taken
from bot.counsel.judging import Judging, NotNow
from bot.counsel.passing import Passing
from bot.counsel.talking import Talking
from bot.people import Doors
from bot.versions import Versions
from flows.events import EventNotAllowed
from flows.messages import clean
from storage import conversations
from storage.conversation import Conversation
from storage.database import Database
from storage.errors import GoneError, SealError

SERVES = frozenset({"counselor", "supervisor"})
SUPERVISES = frozenset({"supervisor"})
ADMINS = frozenset({"admin"})
CONVERSATIONS = "/desk/api/conversations/"
ONE = f"{CONVERSATIONS}{{id}}"
NUMBER_DIGITS = 19
NOT_YOURS = "not yours", "맡고 있는 대화가 아니에요. You do not hold this conversation."
REFUSALS: dict[type[Exception], tuple[str, str]] = {
    NotYours: NOT_YOURS,
    GoneError: NOT_YOURS,
    Stale: ("changed", "그사이 바뀌었어요. 다시 봐 주세요. It has changed meanwhile."),
    SealError: (
        "unreadable",
        (
            "자료가 손상되어 열 수 없어요. 관리자에게 알려 주세요. "
            "What is kept was damaged and cannot be opened. Tell your administrator."
        ),
    ),
}
BARRED = (
    "conflict",
    (
        "이해 충돌을 알린 대화라 열 수 없어요. "
        "You declared a conflict of interest: this stays closed to you."
    ),
)
REASON_CHARS = 500

Handler = Callable[[web.Request, Caller], Awaitable[web.StreamResponse]]
Act = Callable[[web.Request, Caller, int], Awaitable[web.StreamResponse]]


class Tools:
    """The parts that the routes work with."""

    def __init__(
        self, database: Database, versions: Versions, doors: Doors, gate: Gate, board: Board
    ) -> None:
        """Bring them together."""
        holding = Holding(database, versions)
        self.database = database
        self.versions = versions
        self.doors = doors
        self.gate = gate
        self.board = board
        self.live = Live(database, gate, board)
        self.talking = Talking(holding)
        self.passing = Passing(holding)
        self.judging = Judging(holding)

    async def one(self, number: int) -> Conversation:
        """Return a conversation to read. Raises `NotYours` when it is gone."""
        conversation = await conversations.find(self.database, number)
        if conversation is None or conversation.parted:
            raise NotYours
        return conversation

    async def row(self, number: int) -> Row:
        """Return the row of a conversation as it stands now."""
        return await self.board.shown(await self.one(number))

    async def answer_row(self, number: int) -> web.StreamResponse:
        """Answer with the row after an act."""
        return answer({"row": await self.row(number)})

    def act(self, act: Act) -> Handler:
        """Read the conversation's number, and answer what an act may raise."""

        async def handle(request: web.Request, caller: Caller) -> web.StreamResponse:
            try:
                number = number_of(request.match_info["id"])
                if await self._barred(request, caller, number):
                    return refuse(409, *BARRED)
                return await act(request, caller, number)
            except Taken as taken:
                names = await self.board.names()
                by = names.get(taken.staff_id or 0, "?")
                return web.json_response({"error": "taken", "by": by, "text": by}, status=409)
            except (EventNotAllowed, NotNow) as error:
                return refuse(409, "not now", str(error))
            except (NotYours, GoneError, Stale, SealError) as error:
                return refuse(409, *REFUSALS[type(error)])

        return handle

    async def _barred(self, request: web.Request, caller: Caller, number: int) -> bool:
        """Say whether a route is about a conversation that is closed to the caller."""
        if not request.path.startswith(CONVERSATIONS):
            return False
        return number in await self.live.barred(caller.staff_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """The body of an act."""

    body: dict[str, Any]

    def words(self, name: str, most: int = REASON_CHARS) -> str:
        """Return a text, cleaned and cut."""
        given = self.body.get(name)
        return clean(given).strip()[:most] if isinstance(given, str) else ""

    def whole(self, name: str) -> int | None:
        """Return a whole number, or None."""
        given = self.body.get(name)
        if isinstance(given, str) and given.isascii() and given.isdigit():
            return int(given[:NUMBER_DIGITS])
        return given if type(given) is int else None

    def hold(self, caller: Caller) -> Hold:
        """Return whose act it is, with the epoch that her page showed."""
        return Hold(caller.staff_id, caller.pseudonym, self.whole("epoch"))


async def asked(gate: Gate, request: web.Request) -> Asked:
    """Return the body of a request; raises `BadBody`."""
    return Asked(await gate.body(request))


def number_of(text: str) -> int:
    """Return a number in an address. Raises `NotYours` when it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > NUMBER_DIGITS:
        raise NotYours
    return int(text)


def answer(body: Any) -> web.Response:  # noqa: ANN401  # any JSON
    """Return a JSON answer."""
    return web.Response(body=orjson.dumps(body), content_type="application/json")
