"""What tests of casework do again and again: somebody applies, a counselor opens her case."""

from dataclasses import dataclass, replace
from typing import Any

from flows.engine import State
from flows.messages import Inbound, Kind
from flows.state import CLOSED
from storage import transcripts
from storage.casework import agencies
from storage.entries import Entry, Person
from storage.page import Page
from storage.staff import AGENCY, Newcomer
from tests.bot.desks import Desk
from tests.bot.town import PASSWORD, Town, texts

FIELDS: dict[str, Any] = {
    "applicant": "adult",
    "services": ("counseling", "legal", "facility", "security"),
    "facility_kind": "women",
    "story": "canary-story",
    "contact_way": "phone",
    "phone_number": "+821012345678",
    "contact_times": ("day",),
    "unsafe_times": "수요일 밤",
    "leave_message": "none",
    "called_name": "canary-name",
    "consent_application": "yes",
    "consent_sensitive": "yes",
    "consent_contact": "yes",
}
WORD = "은행나무 밑에서"
Json = Any


@dataclass
class Applied:
    """Who applied: her conversation, her receipt code."""

    conversation: int
    receipt: str
    channel: str = "web"
    address: str = ""

    async def taps(self, town: Town, data: str) -> None:
        """Let her press a button."""
        number = town.name()
        press = Inbound(self.channel, self.address, number, Kind.PRESS, "단추", press=data)
        await town.house.service.receive(press)

    async def reads(self, town: Town) -> list[Entry]:
        """Return what the house said to her."""
        reading = await transcripts.read(town.house.database, self.conversation)
        return [one.entry for one in reading.entries if one.author == "bot"]


async def applies(
    town: Town,
    channel: str = "web",
    *,
    spoke: bool = True,
    **change: Any,  # noqa: ANN401  # answers
) -> Applied:
    """Let a person apply for services; returns where she stands."""
    name = town.name()
    receipt = f"TEST{name.upper():A>4}"[-8:]
    version = town.house.versions.newest

    def job(page: Page) -> int:
        state = State(step=CLOSED, risk=2)
        conversation = page.begin(version, state)
        conversation.state = replace(state, memory={"receipt": receipt})
        if spoke:
            page.add(Entry("person", text="안녕하세요"))
        page.submit(FIELDS | change, receipt, version, "received")
        page.keep_word("code_word", WORD)
        return conversation.id

    address = f"99{name[1:]}" if channel == "telegram" else f"address-{name}"
    number = await town.house.database.turn(Person(channel, address), job)
    return Applied(number, receipt, channel, address)


@dataclass
class CaseDesk:
    """A counselor with one case before her."""

    desk: Desk
    case: str

    async def get(self, path: str = "") -> Json:
        status, body = await self.desk.call("GET", f"/cases/api/cases/{self.case}{path}")
        assert status == 200, body
        return body

    async def post(self, path: str, **body: Any) -> tuple[int, Json]:  # noqa: ANN401  # JSON
        return await self.desk.call("POST", f"/cases/api/cases/{self.case}{path}", body)

    async def does(self, path: str, **body: Any) -> Json:  # noqa: ANN401  # JSON
        """Post, and hold that it was done."""
        status, told = await self.post(path, **body)
        assert status == 200, told
        return told

    async def referral(self, service: str) -> Json:
        """Return the referral of a service."""
        return next(r for r in (await self.get())["referrals"] if r["service"] == service)

    async def sent(self, service: str) -> Json:
        """Let her consent to everything that a service needs, and send it."""
        one = await self.referral(service)
        plain = [item["name"] for item in one["offered"] if not item["sensitive"]]
        path = f"/referrals/{one['id']}"
        await self.does(f"{path}/consent", how="chat", items=plain)
        return await self.does(f"{path}/send")


async def opens(desk: Desk, conversation: int) -> CaseDesk:
    """Open the case of a conversation."""
    status, body = await desk.call("POST", "/cases/api/cases", {"conversation": str(conversation)})
    assert status == 200, body
    return CaseDesk(desk, body["case"])


async def asks_how_far(town: Town, receipt: str) -> str:
    """Let her ask in a new chat on Kakao, by receipt code and code word; returns the answer."""
    person = town.name()
    for words in ("안녕하세요", "네, 괜찮아요", "없어요", "내 신청 보기", receipt):
        await town.kakao(person, words)
    return texts(await town.kakao(person, WORD))


async def joins(town: Town, agency: str, name: str) -> int:
    """Let somebody sign in for an agency; returns her id."""
    newcomer = Newcomer(name, AGENCY, PASSWORD, name)
    known = [one.id for one in await agencies.people(town.house.database) if one.name == name]
    if known:
        return known[0]
    return await agencies.add_person(town.house.database, agency, "변호사", newcomer)
