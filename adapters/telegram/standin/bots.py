"""All bots of one stand-in, by their tokens."""

from collections.abc import Iterable

from aiohttp import web

from adapters.clock import Clock
from adapters.telegram.standin import intake
from adapters.telegram.standin.account import Account, unauthorized
from adapters.telegram.standin.errors import ApiError
from adapters.telegram.standin.limits import Limits
from adapters.telegram.standin.methods import perform
from adapters.telegram.standin.requests import Query
from adapters.telegram.standin.updates import Updates
from adapters.telegram.standin.values import Value

_LONGEST_TOKEN = 80
_LARGEST_BOT_ID = 1 << 54


class Standin:
    """All bots of one stand-in."""

    def __init__(
        self,
        tokens: Iterable[str],
        *,
        bot_name: str,
        flood_control: bool,
        clock: Clock | None = None,
    ) -> None:
        self._bot_name = bot_name
        self._flood_control = flood_control
        self._clock = clock
        self.accounts: dict[str, Account] = {}
        for token in tokens:
            if not _is_token(token):
                raise ValueError("a token looks like 123456:ABC-def")
            self.accounts[token] = self._new(token)

    def _new(self, token: str) -> Account:
        clock = self._clock or Clock()

        async def run(query: Query) -> Value:
            return await perform(account, query)

        account = Account(
            token=token,
            name=self._bot_name,
            clock=clock,
            limits=Limits(clock.now, on=self._flood_control),
            updates=Updates(clock),
            run=run,
        )
        return account

    async def reset(self, token: str) -> None:
        """Let a bot begin anew: no people, no webhook, no faults."""
        await self._close(self.accounts[token])
        self.accounts[token] = self._new(token)

    async def close(self) -> None:
        """End what waits and what is delivered."""
        for account in self.accounts.values():
            await self._close(account)

    async def _close(self, account: Account) -> None:
        account.updates.end_poll()
        for chat in account.chats.values():
            chat.touch()
        await intake.stop_delivery(account)


STANDIN = web.AppKey("telegram_standin", Standin)
"""Where an application keeps its stand-in."""


def unknown(token: str) -> ApiError:
    """Return what a call with a token hears that no bot here has."""
    if _is_token(token):
        return unauthorized()
    return ApiError(401, "Unauthorized: invalid token specified")


def _is_token(token: str) -> bool:
    number, colon, _ = token.partition(":")
    well_formed = bool(colon) and len(token) <= _LONGEST_TOKEN and not token.startswith("0")
    return well_formed and number.isascii() and number.isdigit() and int(number) < _LARGEST_BOT_ID
