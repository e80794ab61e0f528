"""Who may call from a browser: only our own pages."""

from urllib.parse import urlsplit

from aiohttp import web


def is_ours(request: web.Request) -> bool:
    """Say whether a browser's request comes from a page of this very site.

    A request without `Origin` that is not marked as foreign comes from no page: a program.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
    try:
        return urlsplit(origin).netloc == request.headers["Host"]
    except (KeyError, ValueError):
        return False
