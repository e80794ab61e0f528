"""What was published, for everybody: tables, bars and CSV under `/numbers`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from aiohttp import web

from bot.numbers import shown
from bot.numbers.charts import bars
from bot.numbers.followed import FOLLOWED
from bot.numbers.publishing import unpacked
from bot.numbers.shown import HIDDEN, Table
from bot.site import words
from bot.site.frame import Framed, description, first, link, respond
from bot.site.markup import Html, Piece, join, tag
from bot.site.routes import PublicPages
from bot.site.words import day, said
from flows.site.pages import Voice, Words
from storage.database import Database
from storage.numbers import releases
from storage.numbers.releases import Kept

TITLE: Words = {"ko": "공개 통계", "en": "Published numbers"}
NONE: Words = {"ko": "아직 공개한 통계가 없어요.", "en": "Nothing has been published yet."}
RULE: Words = {
    "ko": "5보다 작은 수, 그리고 그런 수를 계산할 수 있게 하는 수는 –로 가렸어요. "
    "비율은 30건부터 보여요.",
    "en": "Numbers under 5, and others from which they could be computed, are shown as –. "
    "Shares are shown from 30 on.",
}
CASES: Words = {"ko": "상담과 신청", "en": "Conversations and applications"}
SURVEY: Words = {"ko": "실태조사", "en": "Survey"}
NAMES: dict[str, Words] = {
    "cases": CASES,
    FOLLOWED: {"ko": "사례와 지원", "en": "Cases and services"},
}
CSV: Words = {"ko": "CSV로 받기", "en": "Download as CSV"}
VOICES: tuple[Voice, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class PublicNumbers:
    """Serves releases; live numbers are for staff only."""

    database: Database
    pages: PublicPages

    def add_routes(self, app: web.Application) -> None:
        """Add the list, each release and its CSV, in Korean and English."""
        for voice in VOICES:
            base = link("/numbers", voice)
            app.router.add_get(base, partial(self.listed, voice))
            app.router.add_get(f"{base}/{{id:[0-9]{{1,9}}}}", partial(self.one, voice))
            app.router.add_get(f"{base}/{{id:[0-9]{{1,9}}}}.csv", partial(self.sheet, voice))

    async def listed(self, voice: Voice, _request: web.Request) -> web.Response:
        """Answer what was published."""
        kept = await releases.everything(self.database)
        rows = [
            tag("li", tag("a", _name(one, voice), href=link(f"/numbers/{one.id}", voice)))
            for one in kept
        ]
        listed = tag("nav", tag("ul", rows), class_="contents") if rows else None
        empty = None if rows else tag("p", said(NONE, voice))
        return self._page(voice, "/numbers", [listed, empty])

    async def one(self, voice: Voice, request: web.Request) -> web.Response:
        """Answer one release."""
        kept = await self._kept(request)
        if kept is None:
            return self._page(voice, "/numbers", [tag("p", said(words.GONE, voice))], 404)
        sheet = unpacked(kept.body)
        rows = [
            tag("li", f"{one.label.get(voice) or one.label['ko']}: {_figure(one.value)}")
            for one in sheet.indicators
        ]
        csv = link(f"/numbers/{kept.id}.csv", voice)
        body: list[Piece] = [
            tag("h2", _name(kept, voice)),
            tag("p", said(RULE, voice)),
            tag("p", tag("a", said(CSV, voice), class_="plain", href=csv), class_="acts"),
            [_drawn(table) for table in shown.tables(sheet, voice)],
            tag("ul", rows) if rows else None,
        ]
        return self._page(voice, f"/numbers/{kept.id}", body)

    async def sheet(self, voice: Voice, request: web.Request) -> web.Response:
        """Answer one release as CSV."""
        kept = await self._kept(request)
        if kept is None:
            return web.Response(status=404)
        return web.Response(
            text=shown.csv(unpacked(kept.body), voice),
            content_type="text/csv",
            headers={"Content-Disposition": f'attachment; filename="numbers-{kept.id}.csv"'},
        )

    async def _kept(self, request: web.Request) -> Kept | None:
        return await releases.find(self.database, int(request.match_info["id"]))

    def _page(self, voice: Voice, path: str, body: list[Piece], status: int = 200) -> web.Response:
        lines = self.pages.drawing(voice).lines
        title = said(TITLE, voice)
        whole = join(tag("h1", title), first(lines, voice), body)
        told = description(title, lines, voice)
        return respond(Framed(voice, "", told, join(whole, _other(voice, path))), status)


def _other(voice: Voice, path: str) -> Html:
    other: Voice = "en" if voice == "ko" else "ko"
    there = tag("a", words.NAMES[other], class_="tap", href=link(path, other), lang=other)
    home = tag("a", said(words.HOME, voice), class_="tap", href=link("/", voice))
    return tag("p", home, " ", there)


def _name(kept: Kept, voice: Voice) -> str:
    source = NAMES.get(kept.source, SURVEY)
    last = date.fromisoformat(kept.until) - timedelta(days=1)
    return (
        f"{said(source, voice)}: {day(date.fromisoformat(kept.first), voice)} ~ {day(last, voice)}"
    )


def _figure(value: float | None) -> str:
    return HIDDEN if value is None else f"{value:g}"


def _drawn(table: Table) -> Html:
    shares = any(row.share is not None for row in table.rows)
    head = [tag("th", column, scope="col") for column in ("", *table.columns)]
    if shares:
        head.append(tag("th", "%", scope="col"))
    rows = [
        tag(
            "tr",
            tag("th", row.label, scope="row"),
            [tag("td", HIDDEN if one is None else f"{one:,}") for one in row.numbers],
            tag("td", HIDDEN if row.share is None else f"{row.share:.0%}") if shares else None,
        )
        for row in table.rows
    ]
    body = tag("table", tag("thead", tag("tr", head)), tag("tbody", rows))
    return tag(
        "section",
        tag("h3", table.title),
        bars(table),
        tag("div", body, class_="wide", tabindex=0, role="region", aria_label=table.title),
    )
