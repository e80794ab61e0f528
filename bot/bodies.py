"""Reading what somebody posts: whole, and never more of it than is meant to come."""

from aiohttp import web

CHUNK = 65_536


async def limited(request: web.Request, most: int) -> bytes | None:
    """Return the body, whatever it says of its length; None when it is larger."""
    if (request.content_length or 0) > most:
        return None
    raw = bytearray()
    async for chunk in request.content.iter_chunked(CHUNK):
        raw += chunk
        if len(raw) > most:
            return None
    return bytes(raw)
