"""Send one bubble, which may be several messages to Telegram."""

import asyncio
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from adapters.base import SendError
from adapters.telegram.failures import failure
from adapters.telegram.pace import Pace
from adapters.telegram.writing import Letter

_PLAIN = {"link_preview_options": {"is_disabled": True}}
_TRIES = 3
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends the parts of a bubble in order, at a pace that Telegram bears."""

    bot: Bot
    pace: Pace | None

    async def send(self, chat_id: int, letter: Letter) -> list[str]:
        """Send a bubble and return the ids of its messages.

        Raises:
            TelegramError: the first part failed; nothing more was tried.
            SendError: it is too early, or a later part failed.
        """
        sent = [await self._post(chat_id, letter, 0)]
        for number in range(1, len(letter.parts)):
            sent.append(await self._follow(chat_id, letter, number))  # noqa: PERF401 - in order
        return sent

    async def _follow(self, chat_id: int, letter: Letter, number: int) -> str:
        """Send a later part: she has read the beginning, so wait rather than start anew."""
        tried = 0
        while True:
            tried += 1
            try:
                return await self._post(chat_id, letter, number)
            except TelegramError as error:
                failed = failure(error)
            except SendError as error:
                failed = error
            wait = failed.retry_after
            if wait is None or wait > _PATIENCE_S or tried == _TRIES:
                raise SendError(failed.reason, wait, ambiguous=True, gone=failed.gone)
            await asyncio.sleep(wait)

    async def _post(self, chat_id: int, letter: Letter, number: int) -> str:
        if self.pace is not None:
            await self.pace.wait(chat_id)
        is_last = number == len(letter.parts) - 1
        extras = {**_PLAIN, "reply_markup": letter.keyboard} if is_last else _PLAIN
        sent = await self.bot.send_message(chat_id, letter.parts[number], api_kwargs=extras)
        return str(sent.message_id)
