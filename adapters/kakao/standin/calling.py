"""One HTTPS call of the skill, as Kakao's bot engine makes it, and what became of it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson

from adapters.kakao.standin.lint import problems

CUT_S = 5.0
"""Kakao waits no longer for an answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back.

    Attributes:
        answer: A response that can be shown, or None.
        error: Why nothing is shown, or None.
        status: The HTTP status, or 0 when no answer came.
    """

    answer: dict[str, Any] | None
    error: str | None
    status: int = 0


async def call(
    client: aiohttp.ClientSession,
    address: str,
    body: dict[str, Any],
    headers: dict[str, str],
    cut_s: float = CUT_S,
) -> Outcome:
    """Call the skill once; it is never repeated."""
    try:
        async with client.post(
            address,
            data=orjson.dumps(body),
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=cut_s),
        ) as response:
            content = await response.read()
    except TimeoutError:
        return Outcome(None, f"nothing shown: no answer within {cut_s:g} s")
    except (aiohttp.ClientError, OSError) as error:
        return Outcome(None, f"nothing shown: the skill cannot be reached: {type(error).__name__}")
    return _outcome(response.status, response.content_type, content)


def _outcome(status: int, content_type: str, content: bytes) -> Outcome:
    if status != HTTPStatus.OK:
        return Outcome(None, f"nothing shown: the skill answered with status {status}", status)
    if content_type != "application/json":
        return Outcome(None, f"nothing shown: the answer's type is {content_type}", status)
    found = problems(content)
    if found:
        return Outcome(None, "nothing shown: " + "; ".join(found), status)
    return Outcome(orjson.loads(content), None, status)
