"""How python-telegram-bot reaches Telegram: aiohttp with connections that stay open.

Its own transport (httpx) costs eleven times the processor time for each message.
"""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

from adapters.base import ReadError
from adapters.bodies import parse

CONNECT_S = 5.0
READ_S = 15.0
_DOWNLOAD_S = 60.0
_CONNECTIONS = 64
_OF_A_MESSAGE = ("message_id", "date", "chat")
"""What is read of a message that we sent: the library would make objects of all the rest."""
_CHUNK = 64 * 1024
_HEADERS = {"Accept-Encoding": "identity", "User-Agent": "gyeot"}
_JSON = {"Content-Type": "application/json"}


class Refused(TelegramError):
    """Telegram answered, with an error.

    Attributes:
        status: The HTTP status, which is Telegram's `error_code`.
        retry_after: Seconds, with status 429.
    """

    def __init__(self, status: int, description: str, retry_after: float | None) -> None:
        super().__init__(description)
        self.status = status
        self.retry_after = retry_after


class Unreached(NetworkError):
    """No connection: Telegram has certainly not seen the call."""


class Broken(NetworkError):
    """The connection ended before an answer came: the call may have been carried out."""


class Transport(BaseRequest):
    """One pool of connections; open it by `async with` or `initialize()`."""

    __slots__ = ("_client", "_read_s")

    def __init__(self, read_s: float = READ_S) -> None:
        self._read_s = read_s
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_s

    async def initialize(self) -> None:
        """Open the pool; calling it again is harmless."""
        if self._client is None or self._client.closed:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=_HEADERS,
                auto_decompress=False,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._client is not None:
            await self._client.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - BaseRequest's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - in read_timeout
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - CONNECT_S
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - in read_timeout
    ) -> tuple[int, bytes]:
        """Call Telegram once, with JSON.

        Raises:
            Refused: it answered with an error.
            NetworkError: `Unreached` or `Broken`.
        """
        if request_data is not None and request_data.contains_files:
            raise TypeError("this transport sends no files")
        body = None if request_data is None else orjson.dumps(request_data.parameters)
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_s
        try:
            async with self._open().request(
                method,
                URL(url, encoded=True),
                data=body,
                headers=_JSON,
                timeout=_timeout(seconds),
                allow_redirects=False,
            ) as answer:
                payload = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _network_error(error) from None
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise _refusal(answer.status, payload)
        return answer.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer; unlike the inherited method this one never logs it."""
        try:
            answer = parse(payload)
        except ReadError:
            answer = None
        if not isinstance(answer, dict) or "result" not in answer:
            raise Broken("Telegram's answer cannot be read")
        if isinstance(answer["result"], dict) and "message_id" in answer["result"]:
            answer["result"] = {key: answer["result"].get(key) for key in _OF_A_MESSAGE}
        return answer

    async def download(self, url: str) -> AsyncIterator[bytes]:
        """Yield a file in pieces.

        Raises:
            Refused: it is not there.
            NetworkError: `Unreached` or `Broken`.
        """
        try:
            wait = _timeout(_DOWNLOAD_S)
            async with self._open().get(URL(url), timeout=wait, allow_redirects=False) as answer:
                if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
                    raise _refusal(answer.status, b"")
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _network_error(error) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._client is None:
            raise RuntimeError("the Telegram channel is used before it was opened")
        return self._client


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_S)


def _network_error(error: Exception) -> NetworkError:
    """Say what went wrong without the address, which holds the token."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Unreached(f"no connection to Telegram: {type(error).__name__}")
    return Broken(f"the connection to Telegram broke: {type(error).__name__}")


def _refusal(status: int, payload: bytes) -> Refused:
    try:
        answer = parse(payload)
    except ReadError:
        answer = None
    answer = answer if isinstance(answer, dict) else {}
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return Refused(
        status,
        str(answer.get("description", "")),
        float(wait) if isinstance(wait, int | float) else None,
    )
