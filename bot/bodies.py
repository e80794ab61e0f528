"""Reading what somebody posts: whole, and never more of it than is meant to come."""

from aiohttp import web


async def limited(request: web.Request, most: int) -> bytes | None:
    """Return the body, whatever it says of its length; None when it is larger."""
    if (request.content_length or 0) > most:
        return None
    raw = await request.content.readany()
    while not request.content.at_eof():
        if len(raw) > most:
            return None
        raw += await request.content.readany()
    return None if len(raw) > most else raw
