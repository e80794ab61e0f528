"""Working together at the desk over real HTTP: handing over, notes, urgency, drafts, sockets."""

import asyncio

from tests.bot.desk_acts import me, seated, waiting
from tests.bot.tabs import WAIT_S
from tests.bot.town import Town, kakao_address


async def test_a_talk_is_handed_to_somebody_who_is_here_with_a_note(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk("counselor") as giver, town.desk("counselor2") as taker:
        await giver.act(number, "take")
        await taker.call("POST", "/desk/api/presence", {"state": "pause"})
        away, _ = await giver.act(number, "hand-over", to=await me(taker), note="부탁해요")
        await taker.call("POST", "/desk/api/presence", {"state": "here"})
        socket = await seated(taker)
        status, body = await giver.act(number, "hand-over", to=await me(taker), note="부탁해요")
        whole = await taker.show(number)
        refused, _ = await giver.say(number, "아직 저예요")
        said, _ = await taker.say(number, "이어서 들을게요")
        await socket.close()

    assert (away, status) == (409, 200)
    assert body["row"]["counselor"]["pseudonym"] == "상담사 counselor2"
    notes = [entry for entry in whole["entries"] if entry["kind"] == "internal"]
    assert [(one["text"], one["sender"]) for one in notes] == [("부탁해요", "상담사 counselor")]
    assert (refused, said) == (409, 200)
    heard = await town.written("kakao", kakao_address(person))
    assert any("이어서 함께 이야기해요" in one.entry.text for one in heard)
    assert all("부탁해요" not in one.entry.text for one in heard if one.author != "system")


async def test_a_talk_for_the_supervisors_waits_for_them_and_they_may_take_any(
    town: Town,
) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor") as desk, town.desk("supervisor") as chief:
        await desk.act(number, "take")
        _, body = await desk.act(number, "hand-over", team="supervisor", note="어려워요")
        waits = body["row"]
        await desk.act(number, "take", epoch=waits["epoch"])
        whispered, _ = await chief.act(number, "whisper", text="천천히 하세요")
        forbidden, _ = await desk.act(number, "whisper", text="저도요")
        status, taken = await chief.act(number, "take-from")

    assert (waits["status"], waits["for"]) == ("waiting", "supervisor")
    assert (whispered, forbidden, status) == (200, 403, 200)
    assert taken["row"]["counselor"]["pseudonym"] == "상담사 supervisor"


async def test_lowering_the_urgency_needs_a_supervisor_who_did_not_ask(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor") as desk, town.desk("supervisor") as chief:
        raised, _ = await desk.act(number, "raise", urgency=0, reason="문 앞에 있음")
        without, _ = await desk.act(number, "raise", urgency=0, reason=" ")
        await desk.act(number, "ask-lower", urgency=2, reason="경찰이 다녀감")
        _, tasks = await chief.call("GET", "/desk/api/tasks")
        itself, _ = await desk.act(number, "decide-lower", agree=True)
        status, body = await chief.act(number, "decide-lower", agree=True)
        _, after = await chief.call("GET", "/desk/api/tasks")

    assert (raised, without, itself, status) == (200, 400, 403, 200)
    assert body["row"]["urgency"] == 2
    mine = [one for one in tasks if one["conversation"] == str(number)]
    assert [one["kind"] for one in mine] == ["lower"]
    assert [one for one in after if one["conversation"] == str(number)] == []


async def test_what_was_learned_is_written_only_when_she_says_yes(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    async with town.desk() as desk:
        await desk.act(number, "take")
        wrong, _ = await desk.act(number, "release", fields={"no_such": "x"})
        status, _ = await desk.act(
            number, "release", fields={"called_name": "김하늘"}, step="counsel_end/start"
        )
        answer = await town.kakao(person, "네")
        whole = await desk.show(number)

    told = "\n".join(one.entry.text for one in await town.written("kakao", kakao_address(person)))
    assert (wrong, status) == (409, 200)
    assert "김○" in told
    assert "김하늘" not in told
    assert "적어 두었어요" in str(answer)
    given = {one["name"]: one["value"] for one in whole["answers"]}
    assert given["called_name"] == "김하늘"


async def test_a_draft_is_there_in_another_tab_and_gone_when_it_was_sent(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk() as one, town.desk() as two, town.desk("counselor2") as other:
        await one.act(number, "draft", text="쓰다 만 글")
        mine, theirs = await two.show(number), await other.show(number)
        await one.act(number, "draft", text="")
        after = await two.show(number)

    assert mine["draft"]["text"] == "쓰다 만 글"
    assert theirs["draft"]["text"] == after["draft"]["text"] == ""


async def test_the_socket_tells_rows_and_calls_only_for_what_is_open(town: Town) -> None:
    number, other = await waiting(town, town.name()), await waiting(town, town.name())
    async with town.desk("counselor") as desk, town.desk("counselor2") as second:
        socket = await seated(desk)
        await socket.send_json({"t": "watch", "open": [str(number)]})
        await asyncio.sleep(0.2)
        await second.act(number, "take")
        await second.act(other, "take")
        rows: dict[str, str] = {}
        called: set[str] = set()
        async with asyncio.timeout(WAIT_S):
            while not {str(number), str(other)} <= rows.keys() or str(number) not in called:
                frame = await socket.receive_json()
                rows |= {row["id"]: row["status"] for row in frame.get("rows", [])}
                called |= {frame["conversation"]} if frame["t"] == "changed" else set()
        await socket.close()

    assert rows[str(number)] == rows[str(other)] == "live"
    assert str(other) not in called


async def test_a_quick_reply_comes_in_her_language_without_what_names_her(town: Town) -> None:
    number = await waiting(town, town.name())
    title, text = {"ko": "이름"}, {"ko": "{answer:called_name} 님, 안녕하세요"}
    async with town.desk("supervisor") as chief, town.desk("counselor") as desk:
        broken, _ = await chief.call(
            "POST", "/desk/api/canned", {"title": title, "text": {"ko": "{"}}
        )
        status, made = await chief.call("POST", "/desk/api/canned", {"title": title, "text": text})
        _, ready = await desk.call("GET", f"/desk/api/conversations/{number}/replies")
        gone, _ = await chief.call("POST", f"/desk/api/canned/{made['id']}/remove", {})

    assert (broken, status, gone) == (400, 200, 200)
    assert {"인사", "112"} <= {one["title"] for one in ready}
    assert "이름" not in {one["title"] for one in ready}
    assert any("112" in one["text"] for one in ready)
