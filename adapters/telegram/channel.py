"""Telegram as a channel: read updates, send bubbles, fetch files."""

import contextlib
from collections.abc import Awaitable, Mapping, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

import orjson
from telegram import Bot
from telegram.error import TelegramError

from adapters.base import Address, SendError
from adapters.telegram.failures import failure
from adapters.telegram.pace import Pace
from adapters.telegram.reading import CHANNEL, UPDATE_KINDS, Press, Reading, read
from adapters.telegram.sending import Sender
from adapters.telegram.transport import Refused, Transport
from adapters.telegram.writing import LIMITS, spell_links, write
from flows.messages import Attachment, Inbound, Limits, Outbound

FILE_BYTES = 20 * 1024 * 1024
"""Telegram lets a bot download no larger file."""
POLL_S = 50
"""Longest time that Telegram lets a poll wait."""
_POLL_GRACE_S = 10.0
Result = TypeVar("Result")


class Telegram:
    """A `PushChannel`; open it by `async with`.

    Args:
        token: The bot's token; it is part of every address and never logged.
        public_url: Our own web site: links lead there.
        api: Where the Bot API is; the stand-in's address in tests and demos.
        paced: Keep Telegram's limits ourselves; off only where the stand-in's are off too.
    """

    def __init__(
        self,
        token: str,
        public_url: str,
        *,
        api: str = "https://api.telegram.org",
        paced: bool = True,
    ) -> None:
        self._public_url = public_url.rstrip("/")
        self._transport = Transport()
        self._api = f"{api.rstrip('/')}/bot{token}"
        self._bot = Bot(
            token,
            base_url=f"{api.rstrip('/')}/bot",
            base_file_url=f"{api.rstrip('/')}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )
        self._sender = Sender(self._bot, Pace() if paced else None)

    @property
    def name(self) -> str:
        """Its name in `Inbound.channel`."""
        return CHANNEL

    @property
    def limits(self) -> Limits:
        """What Telegram carries."""
        return LIMITS

    async def __aenter__(self) -> Self:
        await self._transport.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.shutdown()

    def read(self, update: object) -> list[Reading]:
        """Read one update; see `adapters.telegram.reading.read`."""
        return read(update)

    async def send(self, to: Address, message: Outbound) -> Sequence[str]:
        """Deliver one bubble and return the ids of the messages that it became.

        Raises:
            SendError: by kind; always ambiguous when she has read the beginning of a long text.
        """
        letter = write(message, self._public_url)
        try:
            return await self._sender.send(int(to), letter)
        except TelegramError as error:
            if not letter.has_links or not _is_about_a_link(error):
                raise failure(error) from None
        return await self.send(to, spell_links(message, self._public_url))

    async def delete(self, to: Address, platform_id: str) -> bool:
        """Delete a message on both sides; False when Telegram no longer allows it (48 hours)."""
        return await self._settled(self._bot.delete_message(int(to), int(platform_id)))

    async def clear_buttons(self, to: Address, platform_id: str) -> bool:
        """Take the buttons from below an older message; False when there is nothing to take."""
        return await self._settled(
            self._bot.edit_message_reply_markup(int(to), int(platform_id), reply_markup=None)
        )

    async def acknowledge(self, inbound: Inbound) -> None:
        """Stop the turning of a pressed button, after the commit; best effort."""
        if isinstance(inbound, Press):
            with contextlib.suppress(TelegramError):
                await self._bot.answer_callback_query(inbound.query)

    async def leave(self, chat_id: int) -> None:
        """Leave a group; also when we are out already."""
        await self._settled(self._bot.leave_chat(chat_id))

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file that a person sent, of at most 20 MB.

        Raises:
            SendError: it is gone, too big, or Telegram cannot be reached.
        """
        file = await self._called(self._bot.get_file(attachment.source))
        if not file.file_path:
            raise SendError("Telegram does not say where the file is")
        content = bytearray()
        try:
            async for chunk in self._transport.download(file.file_path):
                content += chunk
                if len(content) > FILE_BYTES:
                    raise SendError("the file is larger than 20 MB")
        except TelegramError as error:
            raise failure(error) from None
        return bytes(content)

    async def get_updates(self, offset: int, wait_s: int) -> list[dict[str, Any]]:
        """Return what waits from `offset` on, raw; everything below it is forgotten for good.

        Raises:
            SendError: Telegram cannot be reached, another process polls, or a webhook is set.
        """
        query = urlencode(
            {
                "offset": offset,
                "timeout": min(wait_s, POLL_S),
                "allowed_updates": orjson.dumps(UPDATE_KINDS).decode(),
            }
        )
        polled = self._transport.post(
            f"{self._api}/getUpdates?{query}", read_timeout=wait_s + _POLL_GRACE_S
        )
        updates: Any = await self._called(polled)
        return [update for update in updates if isinstance(update, dict)]

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to our webhook."""
        await self._called(
            self._bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATE_KINDS)
        )

    async def delete_webhook(self) -> None:
        """Have updates wait for `get_updates`."""
        await self._called(self._bot.delete_webhook())

    async def set_commands(self, commands: Mapping[str, str], language: str = "") -> None:
        """Set the menu of commands, in one language or (without one) for everybody else."""
        await self._called(
            self._bot.set_my_commands(list(commands.items()), language_code=language or None)
        )

    async def _settled(self, call: Awaitable[object]) -> bool:
        """Make a call whose final refusal changes nothing for us; later ones still raise."""
        try:
            return bool(await self._called(call))
        except SendError as error:
            if error.retry_after is None:
                return False
            raise

    async def _called(self, call: Awaitable[Result]) -> Result:
        try:
            return await call
        except TelegramError as error:
            raise failure(error) from None


def _is_about_a_link(error: TelegramError) -> bool:
    is_bad = isinstance(error, Refused) and error.status == HTTPStatus.BAD_REQUEST
    return is_bad and "url" in error.message.lower()
