"""Answering a survey: one question a page, nothing kept before the end, once an invitation."""

from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.site.forms import BadForm, Sent, field, form, hidden, sent, submit, ticks
from bot.site.frame import Framed, first, respond
from bot.site.markup import Html, Piece, join, tag
from bot.site.routes import PublicPages
from bot.site.words import said
from flows.compiled import CompiledFlow
from flows.reading import ScriptError
from flows.site.pages import Voice, Words
from flows.surveys.sitting import Sitting, WrongAnswer, compiled, sit
from storage.database import Database
from storage.survey import rounds
from storage.survey.rounds import Round, UsedError

TITLE: Words = {"ko": "조사", "en": "Survey"}
CODE: Words = {"ko": "초대 번호", "en": "Invitation code"}
BEGIN: Words = {"ko": "시작하기", "en": "Begin"}
NEXT: Words = {"ko": "다음", "en": "Next"}
SEND: Words = {"ko": "보내기", "en": "Send"}
STOP: Words = {
    "ko": "언제든 이 화면을 닫으면 돼요. 보내기 전에는 아무것도 남지 않아요.",
    "en": "Close this page whenever you like. Nothing is kept before you send.",
}
CHOOSE: Words = {"ko": "하나를 골라 주세요.", "en": "Please choose one."}
USED: Words = {
    "ko": "이 초대 번호는 쓸 수 없어요. 이미 답했거나, 기간이 아니거나, 번호가 달라요.",
    "en": "This code cannot be used: it was answered already, it is too late, or it is mistyped.",
}
THANKS: Words = {"ko": "답이 보내졌어요. 고맙습니다.", "en": "Your answers were sent. Thank you."}
SEVERAL: Words = {"ko": "여러 개를 고를 수 있어요.", "en": "You may choose several."}
WRONG: Words = {"ko": "다시 시작해 주세요.", "en": "Please begin again."}


@dataclass(frozen=True, slots=True)
class Survey:
    """Serves `/survey`: no cookie, no address noted, no word to log."""

    database: Database
    pages: PublicPages

    def add_routes(self, app: web.Application) -> None:
        """Add the page of the code, and the one way to answer."""
        app.router.add_get("/survey", self.enter)
        app.router.add_post("/survey", self.answer)

    async def enter(self, request: web.Request) -> web.Response:
        """Ask for the invitation code."""
        voice: Voice = "en" if request.query.get("language") == "en" else "ko"
        return self._page(voice, self._door(voice, request.query.get("code", "")[:40]))

    async def answer(self, request: web.Request) -> web.Response:
        """Take one more answer, or the whole at the end."""
        try:
            given = await sent(request)
        except BadForm:
            return web.Response(status=400)
        voice: Voice = "en" if given.one("language") == "en" else "ko"
        code = given.one("code", 40)
        found = await rounds.by_code(self.database, code)
        if found is None or not found.open_at(self.database.clock()):
            return self._page(voice, self._refused(voice, USED), 410)
        try:
            return await self._sitting(voice, found, given)
        except WrongAnswer:
            return self._page(voice, self._refused(voice, WRONG), 400)

    async def _sitting(self, voice: Voice, found: Round, given: Sent) -> web.Response:
        flow = _flow(found)
        answers = [one for one in given.all("a") if one]
        picked = ",".join(given.all("pick"))
        missing = given.one("asked") == "1" and not picked
        if picked:
            answers.append(picked)
        sitting = sit(flow, answers, voice)
        if given.one("send") == "1" and sitting.may_be_kept:
            try:
                await rounds.answer(self.database, given.one("code", 40), sitting.answers)
            except UsedError:
                return self._page(voice, self._refused(voice, USED), 410)
            return self._page(voice, [tag("p", said(THANKS, voice), role="status")])
        return self._page(
            voice, _question(voice, given.one("code", 40), answers, (sitting, missing))
        )

    def _door(self, voice: Voice, carried: str = "") -> list[Piece]:
        """Return the door; who came by a link need not type the code that it carried."""
        other: Voice = "en" if voice == "ko" else "ko"
        query = {"language": other} | ({"code": carried} if carried else {})
        there = f"/survey?{urlencode(query)}"
        link = tag(
            "a", "English" if other == "en" else "한국어", href=there, lang=other, class_="tap"
        )
        code: Piece = hidden("code", carried)
        if not carried:
            code = field(
                "code", said(CODE, voice), required=True, maxlength=40, autocomplete="off"
            )
        door = form("/survey", hidden("language", voice), code, submit(said(BEGIN, voice)))
        return [tag("p", said(STOP, voice)), door, tag("p", link)]

    def _refused(self, voice: Voice, why: Words) -> list[Piece]:
        return [tag("p", said(why, voice), role="alert"), *self._door(voice)]

    def _page(self, voice: Voice, body: list[Piece], status: int = 200) -> web.Response:
        lines = self.pages.drawing(voice).lines
        whole = join(tag("h1", said(TITLE, voice)), first(lines, voice), body)
        return respond(
            Framed(voice, "", said(TITLE, voice), whole, robots=False, forms=True), status
        )


def _question(
    voice: Voice, code: str, answers: list[str], now: tuple[Sitting, bool]
) -> list[Piece]:
    sitting, missing = now
    carried = [hidden("language", voice), hidden("code", code)]
    carried += [hidden("a", one) for one in answers]
    *before, last = sitting.said or ("",)
    told: list[Piece] = [tag("p", one) for one in before]
    if sitting.place is None:
        told.append(tag("p", last))
        if sitting.may_be_kept:
            told.append(form("/survey", carried, hidden("send", "1"), submit(said(SEND, voice))))
        return told
    if missing:
        told.append(tag("p", said(CHOOSE, voice), role="alert"))
    note: Html | None = tag("small", said(SEVERAL, voice)) if sitting.several else None
    legend = join(_first_line(last), " ", note)
    box = ticks("pick", legend, sitting.options, several=sitting.several)
    asked = form("/survey", carried, hidden("asked", "1"), box, submit(said(NEXT, voice)))
    return [*told, asked, tag("p", said(STOP, voice), class_="small")]


def _first_line(text: str) -> str:
    """Return a question without the hint that the engine adds for messengers."""
    return text.partition("\n")[0]


_flows: dict[int, CompiledFlow] = {}


def _flow(found: Round) -> CompiledFlow:
    """Return a round's questionnaire, compiled once; a round never changes its script."""
    if found.id not in _flows:
        try:
            _flows[found.id] = compiled(found.script)
        except ScriptError:
            raise WrongAnswer("the questionnaire cannot be read") from None
    return _flows[found.id]
