"""Satisfaction as a figure: of whole rounds that are over, and of thirty answers at least."""

from datetime import date, timedelta

from sqlmodel import Session, select

from bot.numbers.followed import Cases
from bot.numbers.sources import SEOUL
from flows.surveys.sitting import compiled, shipped_satisfaction, sit
from storage.public_tables import SurveyAnswerRow, SurveyRoundRow
from storage.survey import rounds
from storage.types import moment
from tests.bot.town import Town

DAY_MS = 24 * 60 * 60 * 1000
WHOLE = ("yes", "yes", "much", "no", "yes", "better", "yes")


async def test_satisfaction_is_told_from_thirty_answers_of_a_round_that_is_over(
    town: Town,
) -> None:
    database = town.house.database
    now = database.clock()
    period = (now - 30 * DAY_MS, now + DAY_MS)
    round_ = await rounds.standing(
        database, "satisfaction:1999-1", ("의견", shipped_satisfaction()), period
    )
    flow = compiled(round_.script)
    for number in range(40):
        answer = "much" if number < 30 else "none"
        given = (*WHOLE[:2], answer, *WHOLE[3:])
        await rounds.invite(database, round_.id, [f"KEEP-{number:04}"])
        await rounds.answer(database, f"KEEP-{number:04}", sit(flow, given, "ko").answers)
    today = moment(now).astimezone(SEOUL).date()
    days = today - timedelta(days=60), today + timedelta(days=2)
    cases = Cases(database, {})

    def close(db: Session) -> None:
        db.get_one(SurveyRoundRow, round_.id).closes = moment(now)

    early = await _figure(cases, *days)
    await database.write(close)
    late = await _figure(cases, *days)
    await _leaves(town, round_.id, 20)
    few = await _figure(cases, *days)

    assert (early, late, few) == (None, 75.0, None)


async def _figure(cases: Cases, first: date, until: date) -> float | None:
    _, figures = await cases.count(first, until)
    return next(one.value for one in figures if one.name == "satisfied")


async def _leaves(town: Town, number: int, many: int) -> None:
    """Take away all but some answers of a round."""

    def job(db: Session) -> None:
        rows = db.exec(select(SurveyAnswerRow).where(SurveyAnswerRow.round_id == number)).all()
        for row in rows[many:]:
            db.delete(row)

    await town.house.database.write(job)
