"""What was altered in the store hides nobody else: the desk tells it and goes on."""

import pytest
from sqlalchemy import create_engine, text

from bot.console.keeper import Keeper
from bot.counsel.holding import Holding
from bot.counsel.passing import Passing
from bot.house import keys_url
from storage import attachments, presence, tasks
from storage.connection import parsed
from storage.entries import Entry
from storage.page import Page
from tests.bot.desk_acts import waiting
from tests.bot.town import Town, kakao_address

ALTERED = "UPDATE conversation SET state = address WHERE id = :id"


async def _run(town: Town, statement: str, number: int) -> None:
    wanted = {"id": number}
    await town.house.database.write(
        lambda session: session.connection().execute(text(statement), wanted)
    )


async def test_a_conversation_that_cannot_be_read_stays_in_the_queue_and_hides_no_other(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    broken, sound = await waiting(town, town.name()), await waiting(town, town.name())
    await _run(town, ALTERED, broken)
    async with town.desk() as desk:
        town.house.database.changed({broken})
        _, queue = await desk.call("GET", "/desk/api/queue")
        shown, told = await desk.call("GET", f"/desk/api/conversations/{broken}")
        taken, _ = await desk.act(broken, "take")
        other, _ = await desk.act(sound, "take")
        searched, _ = await desk.call("POST", "/desk/api/search", {"query": "참새"})

    rows = {row["id"]: row for row in queue["rows"]}
    assert rows[str(broken)]["unreadable"]
    assert rows[str(broken)]["status"] == "waiting"
    assert rows[str(broken)]["because"] == ["자료를 열 수 없음"]
    assert rows[str(sound)]["because"] == ["상담사와 이야기하고 싶다고 함"]
    assert (shown, told["error"], taken, other, searched) == (409, "unreadable", 409, 200, 200)
    logged = [line for line in capfd.readouterr().err.splitlines() if "cannot be read" in line]
    assert len(logged) == 1
    assert str(broken) in logged[0]
    await _run(town, "DELETE FROM conversation WHERE id = :id", broken)


async def test_a_key_that_does_not_open_stops_neither_the_queue_nor_the_sending(
    town: Town,
) -> None:
    broken = await waiting(town, town.name())
    person = 7811
    await town.phone(person, "text", text="안녕하세요")
    await town.sees(person, "안전한가요")
    lost = await town.conversation("telegram", str(person))
    _alter_key(town, broken)
    _alter_key(town, lost)
    database = town.house.database
    await database.write(
        lambda session: session.connection().execute(
            text("UPDATE outbox SET status = 'ready' WHERE conversation_id = :id"), {"id": lost}
        )
    )
    await town.phone(7812, "text", text="안녕하세요")
    await town.sees(7812, "안전한가요")
    async with town.desk() as desk:
        database.changed({broken})
        status, queue = await desk.call("GET", "/desk/api/queue")

    assert status == 200
    assert {row["id"] for row in queue["rows"] if row.get("unreadable")} >= {str(broken)}
    for number in (broken, lost):
        await _run(town, "DELETE FROM conversation WHERE id = :id", number)


def _alter_key(town: Town, number: int) -> None:
    """Swap one byte of a wrapped key, and let the house forget the one at hand."""
    url = keys_url(town.house.settings)
    engine = create_engine(parsed(url))
    table = "sealing_key" if url.startswith("sqlite") else "gyeot_keys.sealing_key"
    with engine.begin() as connection:
        held = connection.execute(
            text(f"SELECT wrapped FROM {table} WHERE id = :id"),  # noqa: S608  # ours
            {"id": number},
        ).scalar_one()
        wrong = bytes(held)[:-1] + bytes([held[-1] ^ 1])
        connection.execute(
            text(f"UPDATE {table} SET wrapped = :wrong WHERE id = :id"),  # noqa: S608  # ours
            {"wrong": wrong, "id": number},
        )
    engine.dispose()
    town.house.database.keys._cache.clear()  # noqa: SLF001  # it is forgotten after a minute


async def test_one_entry_or_file_that_was_altered_leaves_the_rest_readable(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    await town.house.database.turn(number, _lost_words)
    await _run(
        town,
        "UPDATE transcript SET body = (SELECT body FROM transcript WHERE conversation_id = :id"
        " AND seq = 1) WHERE conversation_id = :id AND author = 'person' AND seq > 1",
        number,
    )
    async with town.desk() as desk:
        whole = await desk.show(number)

    lost = [one for one in whole["entries"] if one["kind"] == "unreadable"]
    assert [(one["from"], one["text"]) for one in lost] == [("person", "")]
    assert any("상담사와" in one["text"] for one in whole["entries"])
    assert await attachments.of(town.house.database, number) == []
    assert len(await town.written("kakao", kakao_address(person))) == len(whole["entries"])


def _lost_words(page: Page) -> int:
    return page.add(Entry(author="person", text="사라질 글"))


async def test_a_talk_that_cannot_go_back_is_told_to_the_supervisors(town: Town) -> None:
    broken, sound = await waiting(town, town.name()), await waiting(town, town.name())
    database = town.house.database
    async with town.desk("counselor3") as desk:
        for number in (broken, sound):
            assert (await desk.act(number, "take"))[0] == 200
        me = (await desk.call("GET", "/desk/api/me"))[1]["id"]
    await _run(town, ALTERED, broken)
    await presence.gone(database, me)
    keeper = Keeper(database, Passing(Holding(database, town.house.versions)), lambda: None)

    await keeper.look()

    kinds = {
        (one.conversation_id, one.kind) for one in await tasks.todo(database, ("supervisor",))
    }
    assert {(broken, "unreadable"), (sound, "returned")} <= kinds
    await _run(town, "DELETE FROM conversation WHERE id = :id", broken)
