"""Telegram by real HTTP against its stand-in: presses, files, pace, webhook."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.base import SendError
from adapters.bodies import parse
from adapters.telegram.pace import Pace
from flows.messages import Button, Inbound, Kind, Outbound
from tests.adapters.rigs import TOKEN, TelegramRig, telegram_rig
from tests.adapters.servers import running

HELLO = Outbound("안녕하세요")


@pytest.fixture
async def rig() -> AsyncIterator[TelegramRig]:
    """Telegram, and a person who has opened it."""
    async with telegram_rig() as one:
        await one.says("/start")
        yield one


async def test_the_ids_of_what_was_sent_come_back(rig: TelegramRig) -> None:
    ids = await rig.channel.send("7", Outbound("가 " * 3000))

    assert len(ids) == 2
    assert await rig.channel.delete("7", ids[0])
    assert len((await rig.sees()).texts) == 1


async def test_a_press_is_acknowledged_and_only_once_needed(rig: TelegramRig) -> None:
    await rig.tells(Outbound("?", (Button("네", "1"),)))
    press = await rig.presses("네")

    await rig.channel.acknowledge(press)
    await rig.channel.acknowledge(press)
    await rig.channel.acknowledge(Inbound("telegram", "7", "1"))

    log = await rig.server.get(f"/standin/bot{TOKEN}/log")
    assert [call["method"].lower() for call in log["calls"]].count("answercallbackquery") == 2


async def test_buttons_can_be_taken_away_and_what_is_gone_is_no_error(rig: TelegramRig) -> None:
    (sent,) = await rig.channel.send("7", Outbound("?", (Button("네", "1"),)))

    assert await rig.channel.clear_buttons("7", sent)
    assert (await rig.sees()).buttons == []
    assert not await rig.channel.clear_buttons("7", sent)
    assert await rig.channel.delete("7", sent)
    assert not await rig.channel.delete("7", sent)


async def test_a_group_is_left(rig: TelegramRig) -> None:
    await rig.server.post(f"/standin/bot{TOKEN}/group/-1001/add", person=7, title="g")
    updates = await rig.channel.get_updates(rig.offset, 5)
    (leave,) = rig.channel.read(updates[0])

    assert not isinstance(leave, Inbound)
    await rig.channel.leave(leave.chat_id)
    await rig.channel.leave(leave.chat_id)


async def test_an_edit_comes_as_an_edit(rig: TelegramRig) -> None:
    said = await rig.says("그가 왔어요")
    number = int(said.platform_id or 0)

    await rig.server.post(
        f"/standin/bot{TOKEN}/person/7/edit", message_id=number, text="그가 어제 왔어요"
    )
    (update,) = await rig.channel.get_updates(rig.offset, 5)

    (edit,) = rig.read(update)
    assert (edit.kind, edit.text, edit.edits) == (Kind.EDIT, "그가 어제 왔어요", said.platform_id)


async def test_blocking_is_told_by_telegram(rig: TelegramRig) -> None:
    await rig.server.post(f"/standin/bot{TOKEN}/person/7/block")

    (update,) = await rig.channel.get_updates(rig.offset, 5)

    assert [one.kind for one in rig.read(update)] == [Kind.BLOCKED]


async def test_a_document_comes_with_its_name_and_its_bytes(rig: TelegramRig) -> None:
    await rig.server.post(
        f"/standin/bot{TOKEN}/person/7/document",
        name="증거 1.pdf",
        mime="application/pdf",
        data_b64="JVBERi0xLjQK",
        caption="이거예요",
    )
    (update,) = await rig.channel.get_updates(rig.offset, 5)

    (inbound,) = rig.read(update)

    (file,) = inbound.attachments
    assert (file.kind, file.name, file.mime) == ("document", "증거 1.pdf", "application/pdf")
    assert await rig.channel.fetch(file) == b"%PDF-1.4\n"


async def test_updates_come_by_webhook_with_the_secret(rig: TelegramRig) -> None:
    came: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()

    async def hook(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        await came.put((secret, await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hooks/telegram", hook)
    async with running(app) as ours:
        await rig.channel.set_webhook(f"{ours.url}/hooks/telegram", "a-secret_1")
        await rig.server.post(f"/standin/bot{TOKEN}/person/7/text", text="들리나요")
        async with asyncio.timeout(10):
            bodies = [await came.get(), await came.get()]
        with pytest.raises(SendError, match="webhook is active"):
            await rig.channel.get_updates(0, 0)
        await rig.channel.delete_webhook()

    assert [secret for secret, _ in bodies] == ["a-secret_1", "a-secret_1"]
    said = [one.text for _, body in bodies for one in rig.read(parse(body))]
    assert said == ["", "들리나요"]  # first the /start that nobody had confirmed


async def test_the_menu_of_commands_is_set_by_language(rig: TelegramRig) -> None:
    await rig.channel.set_commands({"help": "도움말"}, "ko")
    await rig.channel.set_commands({"help": "Help"})

    screen = await rig.server.get(f"/standin/bot{TOKEN}/person/7/messages")
    assert [command["description"] for command in screen["bot"]["commands"]] == ["Help"]


async def test_three_messages_to_a_person_pass_at_once_and_the_fourth_waits() -> None:
    pace = Pace()
    started = asyncio.get_running_loop().time()

    for _ in range(3):
        await pace.wait(7)
    burst = asyncio.get_running_loop().time() - started
    await pace.wait(8)
    await pace.wait(7)

    waited = asyncio.get_running_loop().time() - started
    assert burst < 0.5
    assert 0.8 < waited < 2.5


async def test_who_would_wait_too_long_is_told_to_come_again() -> None:
    now = 100.0
    pace = Pace(now=lambda: now)
    for chat_id in range(30):
        await pace.wait(chat_id)

    pace._chats[7] = now + 8  # noqa: SLF001 - as if eight messages were on their way

    with pytest.raises(SendError) as caught:
        await pace.wait(7)

    assert caught.value.retry_after == pytest.approx(6.0)
