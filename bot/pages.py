"""The built web pages, and the headers that keep them closed."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

DIST = Path(__file__).resolve().parent.parent / "web" / "dist"
PAGES = {
    "/chat": "chat.html",
    "/desk": "desk.html",
    "/desk/office": "office.html",
    "/studio": "studio.html",
    "/cases": "cases.html",
    "/r": "answer.html",
    "/phones": "phones.html",
}
POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "connect-src 'self'; "
    "img-src 'self' data: blob:; "
    "media-src 'self'; "
    "font-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MISSING = "The pages are not built. Run ./dev run, or npm ci && npm run build in web/.\n"


def add_pages(app: web.Application, *, demo: bool) -> None:
    """Serve the pages; the stand-in phones only in a demo."""
    for path, name in PAGES.items():
        if path != "/phones" or demo:
            app.router.add_get(path, _page(name))
    if (DIST / "assets").is_dir():
        app.router.add_static("/assets", DIST / "assets")
    app.router.add_get("/favicon.svg", _page("favicon.svg"))
    app.on_response_prepare.append(_close)


def _page(name: str) -> Handler:
    async def page(_: web.Request) -> web.StreamResponse:
        file = DIST / name
        if not file.is_file():
            built = (DIST / "chat.html").is_file()
            return web.Response(status=404) if built else web.Response(status=503, text=MISSING)
        return web.FileResponse(file)

    return page


async def _close(request: web.Request, response: web.StreamResponse) -> None:
    if request.path.startswith("/hooks/"):
        return
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/assets/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
