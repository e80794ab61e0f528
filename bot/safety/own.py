"""Her own things on the web page: each look, each entry and each copy asks for her code word.

Nothing of it is ever shown in a messenger. A wrong word, no word and somebody unknown are
answered with the same bytes after the same work.
"""

import hashlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.origin import is_ours
from bot.safety import exports
from flows.answers import NotUnderstood, read_answer
from flows.cover import GUARDS
from flows.own.incident import Incident
from flows.own.pattern import pattern
from flows.own.plan import FIRST, Item, due, fitting, ways
from flows.script import TextAnswer
from storage import keepsakes, voices
from storage.database import Database
from storage.keepsakes import Keepsake
from storage.page import Page

TRIES = 8
WITHIN_MS = 15 * 60 * 1000
MOST_ENTRIES = 2000
MOST_ADDRESSES = 10_000
KINDS: dict[str, type[BaseModel]] = {"incident": Incident, "plan": Item}
REFUSED = orjson.dumps({"error": "word"})
Json = dict[str, Any]


@dataclass(slots=True)
class Tries:
    """How often a word was tried for one address; nothing else is kept of it."""

    made: dict[str, deque[int]] = field(default_factory=dict)

    def allow(self, address: str, now: int) -> bool:
        """Say whether one more may be made."""
        if len(self.made) > MOST_ADDRESSES:
            self.made.clear()
        mine = self.made.setdefault(address, deque(maxlen=TRIES))
        if len(mine) == TRIES and now - mine[0] < WITHIN_MS:
            return False
        mine.append(now)
        return True

    def forget(self, address: str) -> None:
        """The word was right."""
        self.made.pop(address, None)


@dataclass(frozen=True, slots=True)
class Own:
    """`POST /chat/own/…`."""

    database: Database
    tries: Tries = field(default_factory=Tries)

    def add_routes(self, app: web.Application) -> None:
        """Add the four routes."""
        for name, act in (
            ("look", self.look),
            ("keep", self.keep),
            ("copy", self.copy),
            ("word", self.word),
        ):
            app.router.add_post(f"/chat/own/{name}", _asked(act))

    async def word(self, body: Json) -> web.Response:
        """Let her choose a code word where she has none yet."""
        address, number = await self._place(body)
        word = str(body.get("word", ""))
        try:
            read_answer(TextAnswer(kind="word", chars=60), word, _day(self.database.clock()))
        except NotUnderstood:
            return _refused()

        def job(page: Page) -> bool:
            conversation = page.conversation()
            if conversation is None or "code_word" in conversation.state.memory.get(GUARDS, ""):
                return False
            page.keep_word("code_word", word)
            memory = {**conversation.state.memory, GUARDS: "code_word"}
            flags = conversation.state.flags | {"word_set"}
            conversation.state = replace(conversation.state, memory=memory, flags=flags)
            page.save()
            return True

        if number and await self.database.turn(number, job):
            self.tries.forget(address)
            return _answer({"kept": True})
        return _refused()

    async def look(self, body: Json) -> web.Response:
        """Answer what she keeps, what it shows, and which ways may fit."""
        number = await self._opened(body)
        if number is None:
            return _refused()
        return _answer(await self.database.turn(number, lambda page: _whole(page, _today(page))))

    async def keep(self, body: Json) -> web.Response:
        """Keep one more entry, a correction, or the taking out of one."""
        kind, data, replaces = str(body.get("kind")), body.get("data"), body.get("replaces")
        try:
            given = KINDS[kind].model_validate(data) if data is not None else None
        except (KeyError, ValidationError):
            return _answer({"error": "entry"}, 400)
        if (given is None and replaces is None) or not isinstance(replaces, int | None):
            return _answer({"error": "entry"}, 400)
        number = await self._opened(body)
        if number is None:
            return _refused()

        def job(page: Page) -> Json | None:
            kept = keepsakes.read_in(page, kind)
            if len(kept) >= MOST_ENTRIES or (replaces or 1) not in range(1, len(kept) + 2):
                return None
            told = given.model_dump(mode="json") if given else None
            keepsakes.add_in(page, kind, told, replaces)
            conversation = page.save()
            memory = {**conversation.state.memory, "keeps": "1"}
            conversation.state = replace(conversation.state, memory=memory)
            return {"kept": True}

        kept = await self.database.turn(number, job)
        return _answer(kept) if kept else _answer({"error": "entry"}, 400)

    async def copy(self, body: Json) -> web.Response:
        """Answer her copy: `plan.pdf`, `log.pdf` or `log.csv`."""
        number = await self._opened(body)
        if number is None:
            return _refused()
        wanted = str(body.get("name"))

        def job(page: Page) -> bytes | None:
            page.audit(None, "own copy", wanted if wanted in COPIES else "")
            return COPIES[wanted](page) if wanted in COPIES else None

        content = await self.database.turn(number, job)
        if content is None:
            return _answer({"error": "name"}, 400)
        mime = "text/csv" if wanted.endswith("csv") else "application/pdf"
        return web.Response(body=content, content_type=mime)

    async def _place(self, body: Json) -> tuple[str, int]:
        token = str(body.get("token", ""))[:200]
        address = hashlib.sha256(token.encode()).hexdigest()
        found = await voices.place(self.database, "web", address)
        return address, found.conversation_id if found else 0

    async def _opened(self, body: Json) -> int | None:
        """Return her conversation when the code word is right; all else costs the same."""
        address, number = await self._place(body)
        if not self.tries.allow(address, self.database.clock()):
            return None
        word = str(body.get("word", ""))[:200]
        right = await self.database.turn(
            None, lambda page: page.check_word("code_word", word, number)
        )
        if not (right and number):
            return None
        self.tries.forget(address)
        return number


def _asked(act: Callable[[Json], Awaitable[web.Response]]) -> Callable[[web.Request], Any]:
    async def handle(request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            return _answer({"error": "origin"}, 403)
        try:
            body = orjson.loads(await request.read())
        except orjson.JSONDecodeError:
            body = None
        if not isinstance(body, dict):
            return _answer({"error": "body"}, 400)
        return await act(body)

    return handle


def _whole(page: Page, today: date) -> Json:
    conversation = page.save()
    log, plan = (keepsakes.standing(keepsakes.read_in(page, kind)) for kind in KINDS)
    items = [Item.model_validate(one.data) for one in plan]
    taken = [item.way for item in items if item.way]
    free = fitting(conversation.state.answers, taken)
    return {
        "log": [_shown(one) for one in log],
        "plan": [_shown(one) for one in plan],
        "ways": [way.model_dump() for way in ways()],
        "fitting": [way.id for way in free],
        "first": FIRST,
        "due": [asdict(one) for one in due(items, today)],
        "pattern": _pattern(log, today),
        "unbroken": all(keepsakes.unbroken(keepsakes.read_in(page, kind)) for kind in KINDS),
    }


def _pattern(log: list[Keepsake], today: date) -> Json:
    seen = pattern([Incident.model_validate(one.data) for one in log], today)
    return asdict(seen) | {"trend": seen.trend}


def _shown(one: Keepsake) -> Json:
    return {"number": one.number, "at": one.at, "data": one.data}


def _today(page: Page) -> date:
    return _day(page.now)


def _day(now: int) -> date:
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(exports.SEOUL).date()


def _log_pdf(page: Page) -> bytes:
    entries = keepsakes.read_in(page, "incident")
    stands = keepsakes.standing(entries)
    seen = pattern([Incident.model_validate(one.data) for one in stands], _today(page))
    return exports.log_pdf(entries, stands, seen)


def _plan_pdf(page: Page) -> bytes:
    stands = keepsakes.standing(keepsakes.read_in(page, "plan"))
    return exports.plan_pdf([Item.model_validate(one.data) for one in stands])


def _log_csv(page: Page) -> bytes:
    return exports.log_csv(keepsakes.read_in(page, "incident"))


COPIES: dict[str, Callable[[Page], bytes]] = {
    "plan.pdf": _plan_pdf,
    "log.pdf": _log_pdf,
    "log.csv": _log_csv,
}


def _refused() -> web.Response:
    return web.Response(status=403, body=REFUSED, content_type="application/json")


def _answer(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
