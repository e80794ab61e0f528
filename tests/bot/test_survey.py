"""The survey: consent, one answer an invitation, nothing that leads to anybody."""

import asyncio
import itertools
import re
from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from bot import maintenance
from flows.surveys.sitting import WrongAnswer, compiled, shipped_survey, sit
from storage.public_tables import InvitationRow, SurveyAnswerRow, SurveyRoundRow
from storage.survey import rounds
from storage.types import moment
from tests.bot.civic import posted, today
from tests.bot.desks import Desk
from tests.bot.town import Town

WHOLE = (
    "yes", "yes", "twenties", "woman", "center", "yes", "follow,send", "yes", "some", "both",
    "partner", "fear", "people,police", "emergency", "good", "legal", "yes", "yes", "yes", "yes",
)  # fmt: skip
DAY_MS = 86_400_000


async def begun(town: Town, desk: Desk, many: int = 3) -> tuple[str, list[str]]:
    """Return a round that is open now, and invitations to it."""
    days = {"first": today(town, -1), "last": today(town, 1)}
    _, made = await desk.call("POST", "/desk/api/surveys", {"name": town.name(), **days})
    path = f"/desk/api/surveys/{made['id']}/invite"
    status, invited = await desk.call("POST", path, {"many": many})
    assert status == 200, invited
    return made["id"], invited["codes"]


async def send(
    town: Town, code: str, given: Sequence[str] = WHOLE, last: str = "1"
) -> tuple[int, str]:
    fields = [("language", "ko"), ("code", code), *(("a", one) for one in given), ("send", last)]
    return await posted(town, "/survey", fields)


async def kept(town: Town, number: str) -> int:
    return len(await rounds.answers(town.house.database, int(number)))


async def test_somebody_answers_page_by_page_and_it_is_kept_at_the_end_only(town: Town) -> None:
    async with town.desk("admin") as desk:
        number, (code, *_) = await begun(town, desk)
    given: list[str] = []
    for answer in WHOLE:
        fields = [("code", code), *(("a", one) for one in given), ("asked", "1")]
        status, html = await posted(
            town, "/survey", [*fields, *(("pick", one) for one in answer.split(","))]
        )
        assert status == 200
        assert 'href="tel:112"' in html
        assert html.count("data-exit") == 2
        given = re.findall(r'name="a" value="([^"]+)"', html)

    assert tuple(given) == WHOLE
    assert await kept(town, number) == 0
    status, html = await send(town, code)
    assert "보내졌어요" in html
    assert await kept(town, number) == 1


async def test_answering_twice_is_refused_also_at_once(town: Town) -> None:
    async with town.desk("admin") as desk:
        number, (code, *_) = await begun(town, desk)

    answers = await asyncio.gather(*(send(town, code) for _ in range(5)))
    late, _ = await send(town, code)

    assert sorted(status for status, _ in answers) == [200, 410, 410, 410, 410]
    assert late == 410
    assert await kept(town, number) == 1


@pytest.mark.parametrize(
    "given",
    [("no",), ("yes", "no"), ("yes", "unknown"), ("yes", "yes", "under14"), WHOLE[:-1]],
    ids=["refused", "in danger", "not sure", "too young", "unfinished"],
)
async def test_without_consent_in_danger_or_too_young_nothing_is_kept(
    town: Town, given: tuple[str, ...]
) -> None:
    async with town.desk("admin") as desk:
        number, (code, *_) = await begun(town, desk)

    status, html = await send(town, code, given)

    assert status == 200
    assert "보내졌어요" not in html
    assert await kept(town, number) == 0
    assert (await send(town, code))[0] == 200


@pytest.mark.parametrize(
    "given", [("maybe",), ("yes", "yes", "x"), ("yes", "yes,no"), ("no", "yes")]
)
def test_an_answer_that_was_not_offered_is_refused(given: tuple[str, ...]) -> None:
    with pytest.raises(WrongAnswer):
        sit(compiled(shipped_survey()), given, "ko")


async def test_nothing_leads_from_an_answer_to_an_invitation_or_a_conversation(town: Town) -> None:
    async with town.desk("admin") as desk:
        number, codes = await begun(town, desk, 8)
    for code in codes[:6]:
        await send(town, code)

    database = town.house.database
    here = int(number)
    answers = await database.read(
        lambda db: db.exec(select(SurveyAnswerRow).where(SurveyAnswerRow.round_id == here)).all()
    )
    invitations = await database.read(
        lambda db: db.exec(select(InvitationRow).where(InvitationRow.round_id == here)).all()
    )

    assert set(SurveyAnswerRow.model_fields) == {"id", "round_id", "body"}
    assert set(InvitationRow.model_fields) == {"hash", "round_id", "used"}
    assert sorted(row.used for row in invitations) == [0, 0, 1, 1, 1, 1, 1, 1]
    assert len({row.id for row in answers}) == 6
    gaps = [abs(one.id - two.id) for one, two in itertools.pairwise(answers)]
    assert min(gaps) > 1_000_000
    assert all(b"twenties" not in row.body for row in answers)
    assert await maintenance.verify(town.house.settings) == []


async def test_a_round_is_counted_only_when_it_is_over_and_can_be_destroyed(town: Town) -> None:
    database = town.house.database
    now = database.clock()
    round_ = await rounds.add(
        database, "지난 조사", shipped_survey(), (now - DAY_MS, now + DAY_MS)
    )
    await rounds.invite(database, round_.id, [f"CODE-{n:04}" for n in range(40)])
    answers = sit(compiled(round_.script), WHOLE, "ko").answers
    for n in range(40):
        await rounds.answer(database, f"CODE-{n:04}", answers)
    source = f"/desk/api/numbers?source=survey:{round_.id}"

    def close(db: Session) -> None:
        db.get_one(SurveyRoundRow, round_.id).closes = moment(now)

    async with town.desk("supervisor") as desk:
        early, _ = await desk.call("GET", source)
        await database.write(close)
        status, body = await desk.call("GET", source)
        with pytest.raises(rounds.UsedError):
            await rounds.answer(database, "CODE-0001", answers)
        _, gone = await desk.call("POST", f"/desk/api/surveys/{round_.id}/destroy", {})
        after, _ = await desk.call("GET", source)

    assert (early, status, after) == (400, 200, 400)
    assert body["everybody"] == 40
    assert gone == {"destroyed": 40}


async def test_a_code_is_read_however_it_is_typed_and_an_unknown_one_is_refused(
    town: Town,
) -> None:
    async with town.desk("supervisor") as desk:
        number, (code, *_) = await begun(town, desk)

    assert (await send(town, code.lower().replace("-", " ")))[0] == 200
    assert (await send(town, "NOPE-NOPE-NOPE"))[0] == 410
    assert await kept(town, number) == 1
