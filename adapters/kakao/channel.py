"""KakaoTalk as a channel: it calls us, and our answer is all that we can say."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

from adapters.base import ReadError, SendError
from adapters.bodies import parse
from adapters.kakao import answers, payloads
from adapters.kakao.addresses import is_callback, is_image
from adapters.kakao.bubbles import pieces
from flows.messages import Attachment, Inbound, Limits, Outbound

FILE_BYTES = 20 * 1024 * 1024
_CHUNK = 64 * 1024
_FETCH = aiohttp.ClientTimeout(total=30, sock_connect=5)
_CALLBACK = aiohttp.ClientTimeout(total=5)
_KNOWN = (
    "Invalid callback token for testing purposes.",
    "Invalid callback token. Check your callback token.",
    "The skill server settings are incorrect. Use callback true setting required.",
    "Invalid bot ID. Check your Bot ID.",
    "Invalid json response from bot-skill.",
    "Invalid skill-json format. This talk bubble is not suitable for advertising.",
)


class Kakao:
    """A `PullChannel`; open it by `async with` before anything is fetched or posted.

    Args:
        bot_id: Our bot's id; calls for another bot are not ours.
        public_url: Our own web site: links lead there.
        callback_base: Where callbacks go beside Kakao itself: the stand-in's address.
        image_hosts: Hosts (`host:port`) with photos beside Kakao's own: the stand-in's.
    """

    def __init__(
        self,
        bot_id: str,
        public_url: str,
        *,
        callback_base: str | None = None,
        image_hosts: Sequence[str] = (),
    ) -> None:
        self._bot_id = bot_id.rstrip("!")
        self._public_url = public_url.rstrip("/")
        self._callback_base = f"{callback_base.rstrip('/')}/" if callback_base else None
        self._image_hosts = frozenset(image_hosts)
        self._client: aiohttp.ClientSession | None = None

    @property
    def name(self) -> str:
        """Its name in `Inbound.channel`."""
        return payloads.CHANNEL

    @property
    def limits(self) -> Limits:
        """What Kakao carries."""
        return answers.LIMITS

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
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
        if self._client is not None:
            await self._client.close()

    def owns(self, body: object) -> bool:
        """Say whether a call is for our bot, in its deployed or its development channel."""
        try:
            return payloads.bot_id(body) == self._bot_id
        except ReadError:
            return False

    def read(self, body: object, request_id: str | None = None) -> Inbound:
        """Read one call; `request_id` is its header `X-Request-Id`.

        Raises:
            ReadError: it is no skill payload about a person.
        """
        return payloads.read(body, request_id, self._image_hosts)

    def callback_address(self, body: object) -> str | None:
        """Return where a later answer may be posted, once, within a minute; or None."""
        request = body.get("userRequest") if isinstance(body, dict) else None
        address = request.get("callbackUrl") if isinstance(request, dict) else None
        if isinstance(address, str) and is_callback(address, self._callback_base):
            return address
        return None

    def render(self, messages: Sequence[Outbound]) -> dict[str, Any]:
        """Build the answer from the first `fits(messages)` messages; the others must wait."""
        return answers.answer(messages, self._public_url).body

    def fits(self, messages: Sequence[Outbound]) -> int:
        """Return how many of the messages, from the first one on, one answer can hold."""
        return answers.fits(messages)

    def pieces(self, message: Outbound) -> list[Outbound]:
        """Return a long message as several that each fit into one bubble."""
        return pieces(message)

    def waiting(self, text: str) -> dict[str, Any]:
        """Build the answer that promises a callback and shows `text` meanwhile."""
        return answers.waiting(text)

    async def callback(self, address: str, body: dict[str, Any]) -> None:
        """Post the promised answer; an address serves once.

        Raises:
            SendError: Kakao refused it, the address is not Kakao's, or nobody knows (ambiguous).
        """
        if not is_callback(address, self._callback_base):
            raise SendError("the callback's address is not Kakao's")
        try:
            async with self._opened().post(
                address,
                data=orjson.dumps(body),
                headers={"Content-Type": "application/json"},
                allow_redirects=False,
                timeout=_CALLBACK,
            ) as response:
                told = parse(await response.read())
        except aiohttp.ClientConnectorError:
            raise SendError("Kakao cannot be reached") from None
        except (aiohttp.ClientError, TimeoutError, OSError, ReadError) as error:
            name = type(error).__name__
            raise SendError(f"the callback broke: {name}", ambiguous=True) from None
        _check(told)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a photo; its address lives for ten minutes.

        Raises:
            SendError: it is gone, too big, not Kakao's, or cannot be reached.
        """
        if not is_image(attachment.source, self._image_hosts):
            raise SendError("the photo's address is not Kakao's")
        try:
            return await self._download(attachment.source)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SendError(f"the photo cannot be reached: {type(error).__name__}", 2.0) from None

    async def _download(self, address: str) -> bytes:
        content = bytearray()
        async with self._opened().get(address, allow_redirects=False, timeout=_FETCH) as response:
            if response.status != 200:  # noqa: PLR2004 - OK
                later = 2.0 if response.status >= 500 else None  # noqa: PLR2004 - their trouble
                raise SendError(f"the photo is not there: status {response.status}", later)
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > FILE_BYTES:
                    raise SendError("the photo is larger than 20 MB")
        return bytes(content)

    def _opened(self) -> aiohttp.ClientSession:
        if self._client is None:
            raise RuntimeError("the Kakao channel is used before it was opened")
        return self._client


def _check(told: object) -> None:
    status = told.get("status") if isinstance(told, dict) else None
    if status == "SUCCESS":
        return
    message = told.get("message") if isinstance(told, dict) else None
    reason = message if message in _KNOWN else "no known reason"
    raise SendError(f"Kakao refused the callback: {reason}")
