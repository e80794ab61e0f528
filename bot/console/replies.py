"""Quick replies: searchable, in her language, with her answers filled in, never what names her."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console import shapes
from bot.console.gate import Caller, refuse
from bot.console.opening import may_open
from bot.console.tools import ONE, SERVES, SUPERVISES, Tools, answer, asked
from flows.compiled import CompiledFlow
from flows.state import State
from flows.texts import TextError, said, template
from storage import replies
from storage.replies import Reply

TEXT_CHARS = 1500
LANGUAGES = ("ko", "en", "vi", "zh", "ja", "th", "ru")
ANSWER = "answer:"
SHIPPED = (
    Reply(
        {"ko": "인사", "en": "Greeting"},
        {
            "ko": "안녕하세요. 지금부터 제가 함께 이야기할게요. 천천히 말씀하셔도 괜찮아요.",
            "en": "Hello. I am here with you now. Take all the time you need.",
        },
    ),
    Reply(
        {"ko": "안전 확인", "en": "Is she safe"},
        {
            "ko": "지금 계신 곳은 안전한가요? 말하기 어려우면 '어려워요'라고만 적어 주셔도 돼요.",
            "en": "Are you safe where you are? If it is hard to say, just write 'hard'.",
        },
    ),
    Reply(
        {"ko": "112", "en": "112"},
        {
            "ko": "지금 위험하면 {line:112}가 먼저예요. 전화가 어려우면 112로 문자를 보내거나, "
            "전화를 건 뒤 숫자를 두 번 눌러 주세요.",
            "en": "In danger now, {line:112} comes first. If you cannot talk, text 112, "
            "or call and press any number twice.",
        },
    ),
    Reply(
        {"ko": "기다려 주세요", "en": "One moment"},
        {
            "ko": "확인하고 바로 알려 드릴게요. 잠시만 기다려 주세요.",
            "en": "I will check and tell you right away. One moment, please.",
        },
    ),
    Reply(
        {"ko": "신청 살펴보기", "en": "About her application"},
        {
            "ko": "고르신 지원({answer:services})을 함께 살펴볼게요. 바꾸고 싶은 것이 있나요?",
            "en": "Let us look at the support you chose ({answer:services}). Would you change it?",
        },
    ),
    Reply(
        {"ko": "마무리", "en": "Closing"},
        {
            "ko": "오늘 이야기해 주셔서 고맙습니다. 다음에 언제 연락하면 안전할까요?",
            "en": "Thank you for telling me today. When would it be safe to be in touch again?",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Replies:
    """The routes of the library."""

    tools: Tools

    def add_routes(self, app: web.Application) -> None:
        """Add every route with the roles that may use it."""
        only, act, route = self.tools.gate.only, self.tools.act, app.router.add_route
        route("GET", "/desk/api/canned", only(SERVES, self.all))
        route("GET", f"{ONE}/replies", only(SERVES, act(self.filled)))
        route("POST", "/desk/api/canned", only(SUPERVISES, self.add))
        route("POST", "/desk/api/canned/{id}/remove", only(SUPERVISES, act(self.remove)))

    async def all(self, _request: web.Request, _caller: Caller) -> web.StreamResponse:
        """Answer the library as it is kept."""
        return answer([_plain(one) for one in await self._library()])

    async def filled(
        self, _request: web.Request, caller: Caller, number: int
    ) -> web.StreamResponse:
        """Answer the library in her language, with what she answered filled in."""
        conversation = await self.tools.one(number)
        if not await may_open(self.tools, caller, conversation):
            return refuse(409, "break glass", "열 수 없는 대화예요. This talk is closed to you.")
        flow = self.tools.versions.of(conversation.version)
        state = conversation.state
        ready = [_filled(one, flow, state) for one in await self._library()]
        return answer([one for one in ready if one is not None])

    async def add(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        """Keep a reply of the center's own."""
        given = await asked(self.tools.gate, request)
        title, text = _texts(given.body.get("title")), _texts(given.body.get("text"))
        if not title.get("ko") or not text.get("ko"):
            return refuse(400, "text", "제목과 글을 적어 주세요. Give a title and a text.")
        try:
            for words in text.values():
                template(words)
        except TextError as error:
            return refuse(400, "text", str(error))
        reply = Reply(title, text, caller.pseudonym)
        return answer({"id": await replies.add(self.tools.database, reply)})

    async def remove(
        self, request: web.Request, _caller: Caller, number: int
    ) -> web.StreamResponse:
        """Take a reply of the center's own away."""
        del request
        if not await replies.remove(self.tools.database, number):
            return refuse(404, "gone", "없는 글이에요. There is no such reply.")
        return answer({})

    async def _library(self) -> list[Reply]:
        return [*SHIPPED, *await replies.everyone(self.tools.database)]


def _plain(reply: Reply) -> dict[str, Any]:
    return {
        "id": reply.id,
        "title": reply.title.get("ko", ""),
        "title_en": reply.title.get("en", reply.title.get("ko", "")),
        "text": reply.text.get("ko", ""),
        "text_en": reply.text.get("en", ""),
    }


def _filled(reply: Reply, flow: CompiledFlow, state: State) -> dict[str, Any] | None:
    """Return a reply ready to be sent; None when an answer it needs was not given."""
    language = state.language
    missing: list[str] = []

    def value_of(name: str) -> str:
        if name in flow.facts:
            return flow.facts[name]
        asked_for = name.removeprefix(ANSWER)
        place, value = flow.asked_at.get(asked_for), state.answers.get(asked_for)
        if place is None or place.private or value in (None, "", ()):
            missing.append(name)
            return ""
        return shapes.shown_value(flow, place, value, language)

    text = template(said(reply.text, language)).fill(value_of)
    if missing:
        return None
    other = "" if language in reply.text else language
    return {**_plain(reply), "text": text, "text_en": text, "untranslated": other}


def _texts(given: Any) -> dict[str, str]:  # noqa: ANN401  # any JSON
    if not isinstance(given, dict):
        return {}
    return {
        language: str(given[language]).strip()[:TEXT_CHARS]
        for language in LANGUAGES
        if str(given.get(language, "")).strip()
    }
