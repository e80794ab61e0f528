"""How it was: asked once after services, when all is calm; nothing leads from an answer to her."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.casework import opinion
from bot.maintenance import verify
from bot.numbers.sources import SEOUL
from flows.bundle import compile_sources, shipped
from flows.engine import advance, begin
from flows.events import AskedOpinion, EventNotAllowed, Moment
from flows.state import LIVE, WAITING
from flows.surveys.sitting import shipped_satisfaction
from storage.page import Page
from storage.public_tables import InvitationRow, SurveyAnswerRow
from storage.records import TimerRow
from storage.survey import rounds
from storage.tables import ConversationRow
from storage.timers import Timer
from storage.types import moment
from tests.bot.casework.acting import Applied, CaseDesk, applies, opens
from tests.bot.civic import posted
from tests.bot.town import Town

Json = Any
DAY_MS = 24 * 60 * 60 * 1000
WHOLE = ("yes", "yes", "much", "no", "yes", "better", "yes")


async def _helped(case: CaseDesk, event: str = "follow") -> None:
    """Give her one service, and let the case be followed."""
    sent = await case.sent("legal")
    for act in ("accept", "deliver"):
        await case.does(f"/referrals/{sent['referral']['id']}/move", event=act)
    await case.does("/move", event=event)


async def _timers(town: Town, she: Applied) -> list[TimerRow]:
    wanted = select(TimerRow).where(
        TimerRow.conversation_id == she.conversation, TimerRow.kind == opinion.KIND
    )
    return await town.house.database.read(lambda session: list(session.exec(wanted).all()))


async def _goes_off(town: Town, she: Applied, **change: Any) -> None:  # noqa: ANN401  # JSON
    """Let the day come: the timer is claimed and handled as the clock does."""
    (row,) = await _timers(town, she)
    records = await _records(town, change.pop("case"))
    body = {"case": change.pop("of"), "record": records[0], "tries": 0} | change
    timer = Timer(row.id, she.conversation, opinion.KIND, body)
    await opinion.ask(town.house.database, town.house.service, timer)


async def _records(town: Town, case: CaseDesk) -> list[str]:
    del town
    return [one["id"] for one in (await case.get())["records"] if one["kind"] == opinion.KIND]


async def _is_quiet(town: Town, she: Applied, days: int = 30) -> None:
    """Let nothing have been said for some days."""
    before = moment(town.house.database.clock() - days * DAY_MS)

    def job(db: Session) -> None:
        db.get_one(ConversationRow, she.conversation).changed_at = before

    await town.house.database.write(job)


async def _status(case: CaseDesk) -> list[str]:
    found = (await case.get())["records"]
    return [one["status"] for one in found if one["kind"] == opinion.KIND]


async def test_after_services_a_day_is_set_once_within_the_times_she_chose(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        await _helped(case)
        (row,) = await _timers(town, she)
        await case.does("/move", event="close")
        again = await _timers(town, she)
        refused = await case.post("/opinion")

    at = moment(row.due).astimezone(SEOUL)
    assert (at.hour, at.minute) == (10, 30)
    assert at.weekday() < 5
    assert len(again) == 1
    assert (refused[0], refused[1]["error"]) == (409, "rule")


@pytest.mark.parametrize(
    ("channel", "change"),
    [
        ("web", {"contact_times": ("only_then",)}),
        ("telegram", {"contact_times": ()}),
        ("kakao", {}),
    ],
    ids=["only as an answer", "chose no times in a messenger", "collects with her next words"],
)
async def test_who_may_not_be_written_to_is_not_but_can_be_handed_a_code_once(
    town: Town, channel: str, change: Json
) -> None:
    she = await applies(town, channel, **change)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        early = await case.post("/opinion")
        await _helped(case)
        timers = await _timers(town, she)
        both = await asyncio.gather(case.post("/opinion"), case.post("/opinion"))

    assert early[0] == 409
    assert timers == []
    assert sorted(status for status, _ in both) == [200, 409]
    code = next(body["code"] for status, body in both if status == 200)
    status, html = await posted(town, "/survey", _sent(code))
    assert (status, "보내졌어요" in html) == (200, True)
    assert (await posted(town, "/survey", _sent(code)))[0] == 410


async def test_without_a_service_nothing_is_asked(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        await case.does("/move", event="close")

    assert await _timers(town, she) == []


async def test_the_link_leads_to_five_questions_and_no_row_leads_back(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        await _helped(case)
        await _is_quiet(town, she)
        await _goes_off(town, she, case=case, of=case.case)
        asked = (await she.reads(town))[-1]
        status = await _status(case)
        whole = str(await case.get())
    path = asked.choices[0].path
    code = path.partition("code=")[2].partition("&")[0]
    async with town.http.get(f"{town.url}{path}") as answer:
        door = await answer.text()
    sent, html = await posted(town, "/survey", _sent(code))

    database = town.house.database
    round_ = await rounds.standing(database, *_now(town))
    answers = await database.read(lambda db: db.exec(select(SurveyAnswerRow)).all())
    mine = [one for one in answers if one.round_id == round_.id]
    assert "다섯" in asked.text
    assert f'value="{code}"' in door
    assert "tel:112" in door
    assert status == ["ask"]
    assert (sent, "보내졌어요" in html) == (200, True)
    assert code not in whole
    assert mine
    assert set(SurveyAnswerRow.model_fields) == {"id", "round_id", "body"}
    assert set(InvitationRow.model_fields) == {"hash", "round_id", "used"}
    assert await _timers(town, she) == []
    assert await verify(town.house.settings) == []


@pytest.mark.parametrize("why", ["wrote", "waits", "active", "danger", "urgent talk"])
async def test_while_anything_is_open_or_urgent_it_is_put_off(town: Town, why: str) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        await _helped(case)

        def job(page: Page) -> None:
            conversation = page.save()
            if why == "waits":
                conversation.status = "waiting"
            if why == "urgent talk":
                conversation.urgency = 0

        await town.house.database.turn(she.conversation, job)
        await _is_quiet(town, she, 0 if why == "wrote" else 3)
        if why == "active":
            await case.does("/records", kind="recurrence", fields={"what": "contact", "text": "x"})
        if why == "danger":
            await case.does("/records", kind="risk", fields={"level": "0", "why": "문 앞"})
        before = len(await she.reads(town))
        await _goes_off(town, she, case=case, of=case.case)
        said = len(await she.reads(town)) - before
        (later,) = await _timers(town, she)
        await _goes_off(town, she, case=case, of=case.case, tries=opinion.MOST_TRIES)
        status = await _status(case)

    assert said == 0
    assert moment(later.due) > moment(town.house.database.clock()) + timedelta(days=6)
    assert await _timers(town, she) == []
    assert status == ["cancel"]


async def test_an_unsafe_hour_moves_it_and_a_destroyed_case_or_talk_is_not_asked(
    town: Town,
) -> None:
    she, gone, erased = [await applies(town) for _ in range(3)]
    async with town.desk() as desk, town.desk("supervisor") as boss:
        for one in (gone, erased):
            case = await opens(desk, one.conversation)
            await _helped(case)
            await _is_quiet(town, one)
            if one is gone:
                (row,) = await _timers(town, one)
                await CaseDesk(boss, case.case).does("/destroy", reason="그분이 원함")
                body = {"case": case.case, "record": "1", "tries": 0}
                timer = Timer(row.id, one.conversation, opinion.KIND, body)
                await opinion.ask(town.house.database, town.house.service, timer)
                assert await _timers(town, one) == []
            else:
                await town.house.database.turn(one.conversation, lambda page: page.erase("all"))
                assert await _timers(town, one) == []
        case = await opens(desk, she.conversation)
        await _helped(case)
        await _is_quiet(town, she)
        await _wishes_silence(town, she)
        before = len(await she.reads(town))
        await _goes_off(town, she, case=case, of=case.case)
        assert len(await she.reads(town)) == before
        assert await _status(case) == ["cancel"]


async def _wishes_silence(town: Town, she: Applied) -> None:
    """Somebody else may hold her phone: the talk is covered."""

    def job(page: Page) -> None:
        conversation = page.save()
        memory = {**conversation.state.memory, "covered": "1"}
        conversation.state = replace(conversation.state, memory=memory)

    await town.house.database.turn(she.conversation, job)


async def test_two_who_begin_the_round_of_a_half_year_have_one(town: Town) -> None:
    period = (0, DAY_MS)
    made = await asyncio.gather(
        *(
            rounds.standing(town.house.database, "satisfaction:1998-2", ("", ""), period)
            for _ in range(6)
        )
    )

    assert len({one.id for one in made}) == 1


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 6, 30), "satisfaction:2026-1"),
        (date(2026, 7, 1), "satisfaction:2026-2"),
        (date(2028, 2, 29), "satisfaction:2028-1"),
    ],
)
def test_each_half_year_has_its_round_that_stays_open_a_month_longer(day: date, name: str) -> None:
    told, (opens_at, closes) = opinion.standing_on(day)

    assert told == name
    at = moment(opens_at).astimezone(SEOUL).date()
    over = moment(closes).astimezone(SEOUL).date()
    assert at <= day < over - timedelta(days=30)
    assert at.month in {1, 7}


@pytest.mark.parametrize("step", [LIVE, WAITING])
def test_who_waits_or_talks_is_never_asked(step: str) -> None:
    flow = compile_sources(shipped())
    state = replace(begin(flow, "ko"), step=step)

    with pytest.raises(EventNotAllowed):
        advance(flow, state, AskedOpinion("web", "/survey"), Moment(moment(0)))


def _now(town: Town) -> tuple[str, tuple[str, str], tuple[int, int]]:
    day = moment(town.house.database.clock()).astimezone(SEOUL).date()
    name, period = opinion.standing_on(day)
    return name, ("", shipped_satisfaction()), period


def _sent(code: str) -> list[tuple[str, str]]:
    return [("language", "ko"), ("code", code), *(("a", one) for one in WHOLE), ("send", "1")]
