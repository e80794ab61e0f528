"""Reading what somebody posts: whole, in time, and never more of it than is meant to come."""

import asyncio

from aiohttp import web

BODY_S = 15.0
"""So long a body may be on its way; a phone in a lift needs seconds, one who holds us up more."""


async def limited(request: web.Request, most: int) -> bytes | None:
    """Return the body, whatever it says of its length; None when it is larger.

    Raises:
        HTTPRequestTimeout: it does not come to its end.
    """
    if (request.content_length or 0) > most:
        return None
    content = request.content
    if content.is_eof():  # it came together with its headers, as nearly all do
        raw = content.read_nowait()
        return None if len(raw) > most else raw
    try:
        async with asyncio.timeout(BODY_S):
            raw = await content.readany()
            while len(raw) <= most and not content.at_eof():
                raw += await content.readany()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return None if len(raw) > most else raw
