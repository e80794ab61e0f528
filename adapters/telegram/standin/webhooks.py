"""Delivery by webhook: lanes that keep their order, retries with growing pauses."""

import asyncio
import heapq
import logging
import random
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

from adapters.clock import Clock
from adapters.telegram.standin import requests
from adapters.telegram.standin.errors import ApiError
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.updates import Update, Updates
from adapters.telegram.standin.values import Value

log = logging.getLogger(__name__)

_TIMEOUT_S = 60.0
_LONGEST_PAUSE_S = 60.0
_LONGEST_RETRY_AFTER_S = 3600
_GONE = 410
_GONE_LIFE_S = 23 * 3600
_NOT_BY_ANSWER = frozenset({"setwebhook", "deletewebhook", "close", "logout"})

Run = Callable[[Query], Awaitable[Value]]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where and how a bot wants its updates delivered."""

    url: str
    secret: str = ""
    connections: int = 40
    certificate: str = ""
    address: str = ""
    fixed_address: str = ""


@dataclass(slots=True)
class _Attempt:
    update: Update
    at: float
    pause: float = 1.0
    failures: int = 0


@dataclass(slots=True)
class Trouble:
    """The last failed delivery."""

    at: float = 0.0
    message: str = ""
    gone_since: float = 0.0


@dataclass(slots=True)
class _Lanes:
    """What is to be delivered: in order within a lane, the lanes beside each other."""

    queues: dict[int, deque[_Attempt]] = field(default_factory=dict)
    due: list[tuple[float, int]] = field(default_factory=list)

    def put(self, attempt: _Attempt) -> None:
        lane = attempt.update.lane
        queue = self.queues.get(lane)
        if queue is None:
            queue = self.queues[lane] = deque()
            heapq.heappush(self.due, (attempt.at, lane))
        queue.append(attempt)

    def is_due(self, now: float) -> bool:
        return bool(self.due) and self.due[0][0] <= now

    def take(self, now: float) -> _Attempt | None:
        """Return the head of a lane that is due; its lane rests until `back` or `done`."""
        if self.is_due(now):
            return self.queues[heapq.heappop(self.due)[1]][0]
        return None

    def back(self, attempt: _Attempt) -> None:
        heapq.heappush(self.due, (attempt.at, attempt.update.lane))

    def done(self, attempt: _Attempt) -> None:
        lane = attempt.update.lane
        queue = self.queues[lane]
        queue.popleft()
        if queue:
            heapq.heappush(self.due, (queue[0].at, lane))
        else:
            del self.queues[lane]


class Delivery:
    """Sends one bot's updates to its webhook until it is closed."""

    def __init__(self, hook: Hook, updates: Updates, clock: Clock, run: Run) -> None:
        self.hook = hook
        self.trouble = Trouble()
        self._tls = _trust(hook)
        self._updates = updates
        self._clock = clock
        self._run = run
        self._lanes = _Lanes()
        self._loaded = 0
        self._workers: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._client: aiohttp.ClientSession | None = None
        self._unwatch = clock.watch(self.look)
        self._closed = False

    def look(self) -> None:
        """Take over new updates and set to work what is due."""
        if self._closed:
            return
        now = self._clock.now()
        for update in self._updates.after(self._loaded):
            self._loaded = update.id
            self._lanes.put(_Attempt(update, now))
        self._start_worker(now)
        self._set_timer(now)

    def _start_worker(self, now: float) -> None:
        """Begin one more delivery beside the others, where there is one to make and room."""
        if self._lanes.is_due(now) and len(self._workers) < self.hook.connections:
            worker = asyncio.get_running_loop().create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    def _set_timer(self, now: float) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._lanes.due and self._lanes.due[0][0] > now:
            wait = self._lanes.due[0][0] - now
            self._timer = asyncio.get_running_loop().call_later(wait, self.look)

    async def _work(self) -> None:
        """Deliver as long as something is due."""
        while not self._closed and (attempt := self._lanes.take(self._clock.now())):
            self._start_worker(self._clock.now())
            try:
                await self._deliver(attempt)
            except Exception:
                # The loop must not die: the lane would stand still for good.
                log.exception("a webhook delivery broke")
                self._failed(attempt, "Internal error", 0)
        if not self._closed:
            self._set_timer(self._clock.now())

    async def _deliver(self, attempt: _Attempt) -> None:
        if attempt.update.expires_at <= self._clock.now():
            self._settle(attempt)
            return
        try:
            async with self._session().post(
                self.hook.url,
                data=attempt.update.json,
                headers=self._headers(),
                ssl=self._tls,
                allow_redirects=False,
            ) as answer:
                body, status, headers = await answer.read(), answer.status, answer.headers
                reason = f"Wrong response from the webhook: {status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(attempt, _why(error), 0)
            return
        if status // 100 == 2:  # noqa: PLR2004 - the 2xx class
            self.trouble.gone_since = 0.0
            await self._carry_out(body, headers.get("Content-Type", ""))
            self._settle(attempt)
        else:
            self._note_gone(status)
            self._failed(attempt, reason, _seconds(headers.get("Retry-After", "")))

    def _session(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self.hook.connections),
                timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
            )
        return self._client

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if self.hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.hook.secret
        return headers

    async def _carry_out(self, body: bytes, kind: str) -> None:
        """Do what an answer asks for; no result comes back, mistakes are nobody's."""
        if not body:
            return
        try:
            query = requests.read("", "", body, kind)
            if query.method and not _kept_from_answers(query.method):
                await self._run(query)
        except ApiError as error:
            log.debug("a call in a webhook's answer failed: %s", error.code)

    def _settle(self, attempt: _Attempt) -> None:
        self._updates.drop(attempt.update.id)
        self._lanes.done(attempt)

    def _failed(self, attempt: _Attempt, reason: str, retry_after: int) -> None:
        now = self._clock.now()
        self.trouble.at, self.trouble.message = now, reason
        pause = float(min(retry_after, _LONGEST_RETRY_AFTER_S))
        if not pause and attempt.failures:
            longest = _LONGEST_PAUSE_S * (1 + random.random())  # noqa: S311 - no secret
            pause = attempt.pause = min(longest, attempt.pause * 2)
        attempt.failures += 1
        attempt.at = now + pause
        if attempt.at > attempt.update.expires_at:
            self._settle(attempt)
        else:
            self._lanes.back(attempt)

    def _note_gone(self, status: int) -> None:
        now = self._clock.now()
        if status != _GONE:
            self.trouble.gone_since = 0.0
        elif not self.trouble.gone_since:
            self.trouble.gone_since = now
        self._closed = self.given_up

    @property
    def given_up(self) -> bool:
        """Whether the webhook has answered 410 for so long that it is to be removed."""
        since = self.trouble.gone_since
        return bool(since) and self._clock.now() > since + _GONE_LIFE_S

    async def close(self) -> None:
        """Stop; what was not delivered stays pending."""
        self._closed = True
        self._unwatch()
        if self._timer:
            self._timer.cancel()
        workers = tuple(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._client:
            await self._client.close()


def _trust(hook: Hook) -> ssl.SSLContext | bool:
    """Return whom to trust: the uploaded certificate, else the usual authorities."""
    return ssl.create_default_context(cadata=hook.certificate) if hook.certificate else True


def _kept_from_answers(method: str) -> bool:
    return method.startswith("get") or method in _NOT_BY_ANSWER


def _seconds(header: str) -> int:
    return int(header) if header.isdigit() else 0


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "Read timeout expired"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Connection refused"
    return "Connection closed"
