"""The public notice of a breach, for 30 days, to those who cannot be reached safely (PIPA 34)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from aiohttp import web

from bot.site import words
from bot.site.frame import Framed, description, first, link, respond
from bot.site.markup import Html, Piece, join, tag
from bot.site.routes import SEOUL, PublicPages
from bot.site.words import day, said
from flows.site.pages import Voice, Words
from storage.database import Database
from storage.duties import breaches
from storage.duties.breaches import Breach

PATH = "/notice"
SITE = "site"
"""How somebody is told who can be told in no other safe way."""
STANDS = timedelta(days=30)
TITLE: Words = {"ko": "개인정보 알림", "en": "Notice about personal data"}
NONE: Words = {"ko": "지금은 알릴 일이 없어요.", "en": "There is nothing to tell now."}
INTRO: Words = {
    "ko": "직접 연락드리는 것이 위험할 수 있는 분들께 여기에서 알려요. 이름은 적지 않아요.",
    "en": "Here we tell those whom it may be dangerous to contact. No names stand here.",
}
PARTS: dict[str, Words] = {
    "what": {"ko": "무슨 일이 있었나", "en": "What happened"},
    "items": {"ko": "새어 나간 항목", "en": "Which items"},
    "when": {"ko": "언제, 어떻게", "en": "When and how"},
    "harm": {"ko": "피해를 줄이려면 할 수 있는 일", "en": "What you can do"},
    "measures": {"ko": "우리가 한 일과 구제 절차", "en": "What we did, and remedies"},
    "contact": {"ko": "문의할 곳", "en": "Whom to ask"},
}
UNTIL: Words = {"ko": "{day}까지 여기에 있어요.", "en": "It stands here until {day}."}
VOICES: tuple[Voice, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Notices:
    """Serves what must be told in public; whom it concerns stands nowhere."""

    database: Database
    pages: PublicPages

    def add_routes(self, app: web.Application) -> None:
        """Add the page in Korean and English."""
        for voice in VOICES:
            app.router.add_get(link(PATH, voice), partial(self.show, voice))

    async def show(self, voice: Voice, _request: web.Request) -> web.Response:
        """Answer every notice that stands now."""
        now = self.database.clock()
        found = await breaches.everything(self.database)
        standing = [(one, until) for one in found if (until := _until(one)) and now < until]
        lines = self.pages.drawing(voice).lines
        title = said(TITLE, voice)
        notices: list[Piece] = [_notice(one, until, voice) for one, until in standing]
        body = join(
            tag("h1", title),
            first(lines, voice),
            tag("p", said(INTRO if notices else NONE, voice)),
            notices,
            tag("p", tag("a", said(words.HOME, voice), class_="tap", href=link("/", voice))),
        )
        told = description(title, lines, voice)
        return respond(Framed(voice, "", told, body, robots=False))


def _until(one: Breach) -> int | None:
    """Return until when a breach stands in public; None when nobody is told that way."""
    told = [n.told_at for n in one.notices if n.way == SITE and n.told_at is not None]
    return min(told) + round(STANDS.total_seconds() * 1000) if told else None


def _notice(one: Breach, until: int, voice: Voice) -> Html:
    last = _day(until)
    rows: list[Piece] = [
        [tag("h3", said(label, voice)), tag("p", one.body[name])]
        for name, label in PARTS.items()
        if one.body.get(name)
    ]
    noticed = day(_day(one.noticed_at), voice)
    stands = said(UNTIL, voice).format(day=day(last, voice))
    return tag("section", tag("h2", noticed), rows, tag("p", stands))


def _day(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(SEOUL).date()
