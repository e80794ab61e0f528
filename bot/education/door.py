"""The public side of education: the form, the requester's own page, the feedback."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_urlsafe

from aiohttp import web

from bot.education import words
from bot.site.forms import BadForm, Sent, area, choice, field, form, hidden, sent, submit, ticks
from bot.site.frame import Framed, description, first, respond
from bot.site.markup import Html, Piece, join, tag
from bot.site.routes import PublicPages
from bot.site.words import day, said
from flows.education.kinds import AUDIENCES, BODIES, MATERIALS, MOVES, PROGRAMS, STATUSES, THEMES
from flows.script import Text
from flows.site.pages import Voice, Words
from storage.database import Database
from storage.education import requests
from storage.education.requests import NotNowError, Request, Step, Wish

MOST_AN_HOUR = 60
MOST_PEOPLE = 5000
FARTHEST = timedelta(days=400)
DATES = ("date1", "date2", "date3")
KINDS: dict[str, tuple[Words, Mapping[str, Text]]] = {
    "kind": (words.KIND, BODIES),
    "audience": (words.AUDIENCE, AUDIENCES),
    "program": (words.PROGRAM, PROGRAMS),
    "theme": (words.THEME, THEMES),
}
LINES: dict[str, Words] = {
    "organization": words.ORGANIZATION,
    "contact": words.CONTACT,
    "phone": words.PHONE,
    "place": words.PLACE,
}


@dataclass(frozen=True, slots=True)
class EducationDoor:
    """Serves `/education`, apart from everything that is for victims."""

    database: Database
    pages: PublicPages

    def add_routes(self, app: web.Application) -> None:
        """Add the form and the requester's page."""
        app.router.add_get("/education", self.blank)
        app.router.add_post("/education", self.ask)
        app.router.add_get("/education/{token}", self.mine)
        app.router.add_post("/education/{token}", self.rate)

    async def blank(self, request: web.Request) -> web.Response:
        """Answer the empty form."""
        voice = _voice(request.query.get("language", ""))
        empty = Sent({"form": [token_urlsafe(16)]})
        told = tag("p", said(words.INTRO, voice))
        return self._page(voice, [told, self._form(voice, empty), _materials(voice)])

    async def ask(self, request: web.Request) -> web.Response:
        """Take a request in; the same form twice is one request."""
        try:
            given = await sent(request)
        except BadForm:
            return web.Response(status=400)
        voice = _voice(given.one("language"))
        wish = self._wish(given)
        if wish is None:
            told = tag("p", said(words.LACKING, voice), role="alert")
            return self._page(voice, [told, self._form(voice, given)], 400)
        if await requests.lately(self.database) >= MOST_AN_HOUR:
            told = tag("p", said(words.BUSY, voice), role="alert")
            return self._page(voice, [told, self._form(voice, given)], 429)
        token = token_urlsafe(24)
        if not await requests.add(self.database, given.one("form", 60), token, wish):
            return self._page(voice, [tag("p", said(words.AGAIN, voice), role="status")], 409)
        path = f"/education/{token}" + ("?language=en" if voice == "en" else "")
        link = tag("a", f"{self.pages.address}{path}", href=path, class_="tap")
        return self._page(
            voice, [tag("p", said(words.RECEIVED, voice), role="status"), tag("p", link)]
        )

    async def mine(self, request: web.Request) -> web.Response:
        """Answer the requester's page."""
        voice = _voice(request.query.get("language", ""))
        found = await requests.by_token(self.database, request.match_info["token"][:60])
        if found is None:
            return self._page(voice, [], 404)
        return self._page(voice, _shown(found, voice, request.match_info["token"]))

    async def rate(self, request: web.Request) -> web.Response:
        """Take the feedback, once."""
        try:
            given = await sent(request)
        except BadForm:
            return web.Response(status=400)
        voice = _voice(given.one("language"))
        found = await requests.by_token(self.database, request.match_info["token"][:60])
        rating = given.number("rating", 1, 5)
        if found is None or rating is None:
            return self._page(voice, [], 404 if found is None else 400)
        feedback = {"feedback": given.one("feedback", 1000)}
        try:
            await requests.move(
                self.database, found.id, Step(*MOVES["rate"], feedback, rating=rating)
            )
        except NotNowError:
            return self._page(voice, _shown(found, voice, ""), 409)
        return self._page(voice, [tag("p", said(words.THANKS, voice), role="status")])

    def _wish(self, given: Sent) -> Wish | None:
        chosen = {name: given.one(name) for name in KINDS}
        known = all(chosen[name] in options for name, (_, options) in KINDS.items())
        people = given.number("people", 1, MOST_PEOPLE)
        lines = {name: given.one(name, 200) for name in LINES}
        dates = [one for one in map(given.one, DATES) if one]
        needed = [given.one("form"), *lines.values(), given.one("consent") == "yes"]
        if not known or people is None or not all(needed) or not self._coming(dates):
            return None
        body = {**lines, "theme": chosen["theme"], "dates": dates, "note": given.one("note", 1000)}
        return Wish(chosen["kind"], chosen["audience"], chosen["program"], people, body)

    def _coming(self, dates: list[str]) -> bool:
        today = self.pages.today()
        try:
            wanted = [date.fromisoformat(one) for one in dates]
        except ValueError:
            return False
        return bool(wanted) and all(today < one <= today + FARTHEST for one in wanted)

    def _form(self, voice: Voice, given: Sent) -> Html:
        chosen = [
            choice(name, said(label, voice), _worded(options, voice), given.one(name))
            for name, (label, options) in KINDS.items()
        ]
        lines = [
            field(name, said(label, voice), given.one(name), required=True, maxlength=200)
            for name, label in LINES.items()
        ]
        dates = [
            field(name, f"{said(words.DATE, voice)} {n}", given.one(name), type="date")
            for n, name in enumerate(DATES, 1)
        ]
        people = field(
            "people", said(words.PEOPLE, voice), given.one("people"),
            type="number", min=1, max=MOST_PEOPLE, required=True,
        )  # fmt: skip
        consent = ticks(
            "consent", said(words.CONSENT, voice), {"yes": said(words.AGREE, voice)}, several=True
        )
        kept = [hidden("form", given.one("form", 60)), hidden("language", voice)]
        note = area("note", said(words.NOTE, voice), given.one("note", 1000))
        button = submit(said(words.SEND, voice))
        asked = tag("p", said(words.DATES, voice), class_="small")
        return form("/education", kept, lines, chosen, people, asked, dates, note, consent, button)

    def _page(self, voice: Voice, body: list[Piece], status: int = 200) -> web.Response:
        lines = self.pages.drawing(voice).lines
        title = said(words.TITLE, voice)
        other: Voice = "en" if voice == "ko" else "ko"
        there = "/education" if other == "ko" else "/education?language=en"
        name = "English" if other == "en" else "한국어"
        link = tag("p", tag("a", name, href=there, lang=other, class_="tap"))
        whole = join(tag("h1", title), body, link, first(lines, voice))
        told = description(title, lines, voice)
        listed = status == 200  # noqa: PLR2004  # HTTP's own number
        return respond(Framed(voice, "", told, whole, robots=listed, forms=True), status)


def _materials(voice: Voice) -> Html:
    links = [tag("li", tag("a", label[voice], href=path)) for path, label in MATERIALS.items()]
    title = tag("h2", said(words.MATERIALS, voice))
    return tag("nav", title, tag("ul", links), class_="contents")


def _voice(language: str) -> Voice:
    return "en" if language == "en" else "ko"


def _worded(options: Mapping[str, Text], voice: Voice) -> dict[str, str]:
    return {key: label[voice] for key, label in options.items()}


def _shown(found: Request, voice: Voice, token: str) -> list[Piece]:
    body = found.wish.body
    rows = [(said(words.STATUS, voice), STATUSES[found.status][voice])]
    if found.held_on:
        rows.append((said(words.HELD_ON, voice), day(date.fromisoformat(found.held_on), voice)))
    if found.status in ("confirmed", "held", "rated"):
        rows.append((said(words.INSTRUCTOR, voice), str(body.get("instructor", ""))))
    if body.get("answer"):
        rows.append((said(words.ANSWER, voice), str(body["answer"])))
    told: list[Piece] = [tag("dl", [[tag("dt", name), tag("dd", text)] for name, text in rows])]
    if found.status != "declined":
        told.append(_materials(voice))
    if found.status == "held" and token:
        stars = {key: said(label, voice) for key, label in words.STARS.items()}
        asked = ticks("rating", said(words.RATE, voice), stars, several=False)
        text = area("feedback", said(words.FEEDBACK, voice))
        kept, button = hidden("language", voice), submit(said(words.SEND, voice))
        told.append(form(f"/education/{token}", kept, asked, text, button))
    return told
