"""The addresses of the public pages."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial

from aiohttp import web

from bot.site import booklet, words
from bot.site.frame import Framed, description, first, link, respond, urgent_box
from bot.site.markup import Html, join, tag
from bot.site.sections import Drawing, draw
from bot.site.words import said
from bot.versions import Versions
from flows.bundle import gather
from flows.directory import Fact
from flows.site.pages import VOICES, Page, Site, Voice, by_name, read_site
from storage.database import Database

SEOUL = timezone(timedelta(hours=9))
HOME = "home"


@dataclass(slots=True)
class PublicPages:
    """Serves the pages from the directory of the newest version."""

    database: Database
    versions: Versions
    address: str
    _known: tuple[int, Site, dict[str, Fact]] | None = field(default=None)

    def add_routes(self, app: web.Application) -> None:
        """Add every page in every language, and what search engines ask for."""
        for voice in VOICES:
            for name in self.site.pages:
                path = link(page_path(name), voice)
                app.router.add_get(path, partial(self.page, voice, name))
            app.router.add_get(link("/guide/booklet.pdf", voice), partial(self.print, voice))
        app.router.add_get("/robots.txt", self.robots)
        app.router.add_get("/sitemap.xml", self.sitemap)

    @property
    def site(self) -> Site:
        """The pages."""
        return self._read()[0]

    def drawing(self, voice: Voice) -> Drawing:
        """Return what a page is drawn with today."""
        site, facts = self._read()
        return Drawing(site, facts, voice, self.today())

    def today(self) -> date:
        """Return the day in Seoul."""
        return datetime.fromtimestamp(self.database.clock() / 1000, UTC).astimezone(SEOUL).date()

    async def page(self, voice: Voice, name: str, _request: web.Request) -> web.Response:
        """Answer one page."""
        drawing = self.drawing(voice)
        page = drawing.site.pages[name]
        framed = Framed(
            voice=voice,
            path=page_path(name),
            description=description(said(page.title, voice), drawing.lines, voice),
            body=_body(drawing, page),
        )
        return respond(framed)

    async def print(self, voice: Voice, _request: web.Request) -> web.Response:
        """Answer the booklet as a PDF."""
        return web.Response(
            body=booklet.pdf(self.drawing(voice)),
            content_type="application/pdf",
            headers={"Content-Disposition": 'inline; filename="memo.pdf"'},
        )

    async def robots(self, _request: web.Request) -> web.Response:
        """Answer what may be listed: the public pages only."""
        closed = ("/desk", "/chat", "/phones", "/survey", "/education/", "/hooks", "/metrics")
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
        return web.Response(text="\n".join([*lines, f"Sitemap: {self.address}/sitemap.xml", ""]))

    async def sitemap(self, _request: web.Request) -> web.Response:
        """Answer the list of public pages."""
        paths = [link(page_path(name), voice) for voice in VOICES for name in self.site.pages]
        urls = [tag("url", tag("loc", f"{self.address}{path}")) for path in paths]
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n{tag("urlset", urls, xmlns=space)}\n'
        return web.Response(text=text, content_type="application/xml")

    def _read(self) -> tuple[Site, dict[str, Fact]]:
        newest = self.versions.newest
        if self._known is None or self._known[0] != newest:
            facts = by_name(gather(self.versions.sources(newest)).facts)
            self._known = newest, read_site(facts, strict=False), facts
        return self._known[1:]


def page_path(name: str) -> str:
    """Return the address of a page without its language; no address says what it is about."""
    return "/" if name == HOME else f"/guide/{name}"


def _body(drawing: Drawing, page: Page) -> Html:
    voice = drawing.voice
    top = [
        tag("h1", said(page.title, voice)),
        tag("p", drawing.text(said(page.lead, voice)), class_="lead"),
    ]
    home = page.page == HOME
    urgent = urgent_box(drawing.lines, voice) if home else first(drawing.lines, voice)
    sections = [draw(drawing, section) for section in page.sections]
    return join(top, _acts(page, voice), urgent, sections, _contents(drawing, page))


def _acts(page: Page, voice: Voice) -> Html | None:
    if page.page == HOME:
        chat = tag("a", said(words.CHAT, voice), class_="main", href="/chat")
        return tag("p", chat, class_="acts")
    if page.page == "booklet":
        pdf = link("/guide/booklet.pdf", voice)
        return tag(
            "p", tag("a", said(words.PRINT, voice), class_="plain", href=pdf), class_="acts"
        )
    return None


def _contents(drawing: Drawing, page: Page) -> Html:
    voice = drawing.voice
    title = words.CONTENTS if page.page == HOME else words.OTHER
    links = [
        tag("li", tag("a", said(other.title, voice), href=link(page_path(name), voice)))
        for name, other in drawing.site.pages.items()
        if name not in (page.page, HOME)
    ]
    if page.page != HOME:
        home = tag("a", said(words.HOME, voice), href=link("/", voice))
        chat = tag("a", said(words.CHAT, voice), href="/chat")
        links = [tag("li", chat), *links, tag("li", home)]
    return tag("nav", tag("h2", said(title, voice)), tag("ul", links), class_="contents")
