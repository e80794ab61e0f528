"""The stand-in of Kakao's bot engine: it calls the skill and shows what comes back."""

import asyncio
from typing import Any

import aiohttp
import orjson

from adapters.clock import Clock
from adapters.kakao.standin.acts import (
    Act,
    Caller,
    console_test,
    payload,
    request_headers,
)
from adapters.kakao.standin.callbacks import NOT_JSON, NOT_SHOWN, Callbacks, Ticket, told
from adapters.kakao.standin.calling import CUT_S, Outcome, call
from adapters.kakao.standin.lint import problems
from adapters.kakao.standin.people import People, Person, Shown
from adapters.kakao.standin.pictures import Pictures
from adapters.kakao.standin.settings import Faults, Settings

PLACE = "/standin/kakao"
_NO_CALLBACK = "nothing shown: useCallback without a callback address"


class Engine:
    """Everything that the stand-in holds; open it before the first call."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.faults = Faults()
        self.people = People(self.clock.now)
        self.callbacks = Callbacks(self.clock.now)
        self.pictures = Pictures(self.clock.now)
        self._client: aiohttp.ClientSession | None = None
        self._calls = 0

    async def open(self) -> None:
        """Open the connections."""
        self._client = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()

    async def perform(self, person: Person, act: Act, origin: str) -> Shown | None:
        """Call the skill for what a person did; None when a human operator has the chat."""
        if person.with_operator:
            return None
        ticket = self.callbacks.issue(person) if self.settings.offers_callback else None
        self._calls += 1
        body = payload(
            act,
            Caller(self._bot_id(), person.key, person.is_friend, self.settings.language),
            self._callback_address(ticket, origin) if ticket else None,
            odd=self._calls % 2 == 0,
        )
        outcome = await self._call(body, origin)
        return self._show(person, ticket, outcome)

    async def console_test(self, origin: str) -> Outcome:
        """Make the console's "skill test"; nobody's chat shows the answer."""
        return await self._call(console_test(self._bot_id()), origin)

    def take_callback(self, token: str, bot_id: str, body: bytes) -> dict[str, Any]:
        """Show a late answer, and return what its sender is told."""
        if self.faults.take("callback"):
            return told(
                "ERROR", "Internal server error occured. Please contact technical support. 501"
            )
        is_our_bot = bot_id.rstrip("!") == self.settings.bot_id
        ticket, refusal = self.callbacks.redeem(token, is_our_bot=is_our_bot)
        if ticket is None or ticket.person is None:
            return told("FAIL", refusal)
        found = problems(body)
        if found:
            return told("FAIL", NOT_JSON if "no JSON" in found[0] else NOT_SHOWN)
        self._show(ticket.person, None, Outcome(orjson.loads(body), None))
        return told("SUCCESS")

    def _bot_id(self) -> str:
        return self.settings.bot_id + ("!" if self.settings.is_development else "")

    def _callback_address(self, ticket: Ticket, origin: str) -> str:
        return f"{origin}{PLACE}/v1/bots/{self._bot_id()}/callback/{ticket.token}"

    async def _call(self, body: dict[str, Any], origin: str) -> Outcome:
        if self._client is None:
            raise RuntimeError("the Kakao stand-in is used before it was opened")
        skill = self.settings.skill_url
        address = origin + skill if skill.startswith("/") else skill
        headers = request_headers(self.settings.secret)
        cut = self.faults.take("cut")
        outcome = await call(self._client, address, body, headers, cut.seconds if cut else CUT_S)
        if self.faults.take("repeated"):
            await asyncio.sleep(0)
            return await call(self._client, address, body, headers)
        if self.faults.take("lost"):
            return Outcome(None, "nothing shown: the answer was lost on its way")
        return outcome

    def _show(self, person: Person, ticket: Ticket | None, outcome: Outcome) -> Shown:
        shown = self.people.show(person, "bot")
        answer = outcome.answer
        if answer is None:
            shown.error = outcome.error
        elif answer.get("useCallback") is not True:
            shown.outputs = answer["template"]["outputs"]
            shown.replies = answer["template"].get("quickReplies", [])
        elif ticket is None:
            shown.error = _NO_CALLBACK
        else:
            ticket.is_promised = True
            waiting = str(answer.get("data", {}).get("text") or "…")
            shown.outputs = [{"simpleText": {"text": waiting}}]
        person.touch()
        return shown
