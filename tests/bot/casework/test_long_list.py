"""Two hundred cases in one list: few questions to the store, and nothing left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import col, update

from flows.engine import State
from flows.state import CLOSED
from storage import staff
from storage.casework import case_files, case_records, members
from storage.casework.case_files import Opening
from storage.casework.case_records import NewRecord
from storage.casework.tables import CaseRow
from storage.database import Database
from storage.entries import Person
from storage.page import Page
from tests.bot.town import Town

MANY = 200
MOST_QUESTIONS = 40


@contextmanager
def _asked() -> Iterator[list[str]]:
    """Gather what the store is asked meanwhile."""
    found: list[str] = []

    def note(*given: object) -> None:
        found.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def _opens_many(database: Database, staff_id: int, first: int) -> list[int]:
    numbers = []
    for n in range(MANY):

        def begins(page: Page) -> int:
            return page.begin(1, State(step=CLOSED)).id

        conversation = await database.turn(Person("web", f"long-{first}-{n}"), begins)
        opening = Opening("chat", staff_id, 2, {"fields": {}}, conversation_id=conversation)
        number, _ = await case_files.open_case(database, opening)
        numbers.append(number)
        if not n % 2:
            due = database.clock() - 1
            task = NewRecord("task", "open", {"what": "x"}, owner_id=staff_id, due=due)
            await case_records.add(database, number, task)
    return numbers


async def _closes(database: Database, numbers: list[int]) -> None:
    """Leave the house as other tests want it: they meet about every case that stands open."""
    mine = col(CaseRow.id).in_(numbers)
    await database.write(
        lambda session: session.exec(update(CaseRow).where(mine).values(status="closed"))
    )


async def test_two_hundred_cases_cost_few_questions(town: Town) -> None:
    database = town.house.database
    me = next(one.id for one in await staff.everyone(database) if one.name == "counselor4")
    numbers = await _opens_many(database, me, database.clock())
    async with town.desk("counselor4") as desk:
        status, body = await desk.call("GET", "/cases/api/cases")
        counted = []
        for _ in range(3):  # what the house does beside it is counted too: the quietest tells
            with _asked() as questions:
                await desk.call("GET", "/cases/api/cases")
            counted.append(len(questions))
    await _closes(database, numbers)

    rows = {row["id"]: row for row in body["rows"]}
    assert status == 200
    assert {str(number) for number in numbers} <= rows.keys()
    assert [rows[str(n)]["why"] for n in numbers[:2]] == [["task_due"], []]
    assert rows[str(numbers[0])]["members"] == ["상담사 counselor4"]
    assert min(counted) <= MOST_QUESTIONS, counted


async def test_a_member_who_left_does_not_shut_the_list(town: Town) -> None:
    database = town.house.database
    leaver = await staff.add(
        database, staff.Newcomer("leaving", "counselor", "a long password", "떠난 사람")
    )
    opening = Opening("line", leaver.id, 2, {"fields": {}})
    number, _ = await case_files.open_case(database, opening)
    await staff.dismiss(database, leaver.id)

    async with town.desk("supervisor") as desk:
        status, body = await desk.call("GET", "/cases/api/cases")

    assert status == 200
    assert next(row for row in body["rows"] if row["id"] == str(number))["members"] == ["?"]
    assert await members.of(database, number) == [leaver.id]
