"""Who speaks when: the bot, a counselor, and whoever comes back."""

import asyncio

from tests.bot.desk_acts import audited, filed, late_words, waiting
from tests.bot.town import Town, kakao_address, texts


async def test_the_bot_is_silent_once_a_counselor_is_there(town: Town) -> None:
    person = 7401
    await town.phone(person, "text", text="안녕하세요")
    await town.sees(person, "안전한가요")
    number = await town.conversation("telegram", str(person))
    database = town.house.database
    async with town.desk() as desk:
        await database.turn(number, late_words)
        await desk.act(number, "take")
        await town.sees(person, "상담사")
        await town.phone(person, "text", text="네, 말할게요")
        await desk.say(number, "네, 듣고 있어요")
        await town.sees(person, "듣고 있어요")
        await asyncio.sleep(2)
        shown = await desk.show(number)

    written = await town.written("telegram", str(person))
    late = next(one for one in written if one.entry.text == "늦은 봇의 말")
    assert (late.delivery, late.reason) == ("dead", "taken over")
    texts_seen = [message.get("text", "") for message in await town.screen(person)]
    assert "늦은 봇의 말" not in texts_seen
    after = [one.author for one in written if one.seq > late.seq and one.author == "bot"]
    assert len(after) <= 1  # that a counselor is there
    assert shown["row"]["status"] == "live"


async def test_release_and_close_give_the_script_back(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk() as desk:
        await desk.act(number, "take")
        _, released = await desk.act(number, "release", step="opening/menu")
        again = await town.kakao(person, "확인")
        await desk.act(number, "take")
        _, closed = await desk.act(number, "close", reason="끝났어요")
        wrong_step, _ = await desk.act(number, "release", step="no/such")

    assert released["row"]["status"] == "bot"
    assert texts(again)
    assert closed["row"]["status"] == "closed"
    assert wrong_step == 409


async def test_a_counselors_words_wait_on_kakao_until_she_writes(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk() as desk:
        await desk.act(number, "take")
        await desk.say(number, "천천히 말씀해 주세요")
        before = (await desk.show(number))["entries"][-1]

        collected = await town.kakao(person, "네")
        after = (await desk.show(number))["entries"]

    assert before["delivery"] == "ready"
    assert "천천히 말씀해 주세요" in texts(collected)
    assert next(e for e in after if e["seq"] == before["seq"])["delivery"] == "sent"


async def test_reading_a_conversation_is_recorded(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk() as desk:
        status, queue = await desk.call("GET", "/desk/api/queue")
        whole = await desk.show(number)

    assert status == 200
    assert str(number) in {row["id"] for row in queue["rows"]}
    assert {"row", "entries", "answers", "risk", "steps", "collects"} <= whole.keys()
    assert whole["collects"]
    lines = await audited(town, number)
    assert lines == ["read"]


async def test_who_comes_back_looks_alike_until_a_counselor_lets_her_in(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    receipt, word = "ABCD2345", "우리 집 고양이"
    await town.house.database.turn(number, lambda page: filed(page, receipt, word))

    answers = []
    async with town.tab() as wrong, town.tab() as unknown, town.tab() as right:
        for tab, code, said in (
            (wrong, receipt, "틀린 말"),
            (unknown, "ZZZZ9999", word),
            (right, receipt, word),
        ):
            await tab.quiet(0.5)
            await tab.send({"t": "resume", "id": "resume-0001", "receipt": code, "word": said})
            ack = await tab.next("ack", id="resume-0001")
            await tab.quiet(0.5)
            answers.append((sorted(ack), [e["text"] for e in tab.entries], tab.others[1:]))
        async with town.desk() as desk:
            let_in, _ = await desk.act(number, "admit")
            twice, _ = await desk.act(number, "admit")

    assert answers[0] == answers[1] == answers[2]
    assert (let_in, twice) == (200, 409)
    async with town.tab(token=right.token) as again:
        await again.say("다시 왔어요")
    assert "다시 왔어요" in await town.heard("kakao", kakao_address(person))
    async with town.tab(token=wrong.token) as other:
        await other.say("저는 모르는 사람")
    assert "저는 모르는 사람" not in await town.heard("kakao", kakao_address(person))
