"""Telegram through the whole house, by asking and by webhook, against the stand-in."""

import asyncio
import base64
import io
from typing import Any

from bot.demo import TOKEN
from tests.bot.town import WAIT_S, Town

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOOK_SECRET = {"X-Telegram-Bot-Api-Secret-Token": "w" * 24}
HELLO = "안전한가요"


async def test_a_text_is_answered_and_a_press_leads_on(town: Town) -> None:
    person = 7001

    await town.phone(person, "text", text="안녕하세요")
    asked = await town.sees(person, HELLO)
    first = asked["rows"][0][0]
    await town.phone(person, "press", message_id=asked["message_id"], data=first["data"])

    await town.hears("telegram", str(person), 2)
    written = await town.written("telegram", str(person))
    presses = [one.entry.press for one in written if one.author == "person"]
    assert presses[0] is None
    assert presses[1] == "1:yes"


async def test_an_edit_is_kept_beside_what_it_replaces(town: Town) -> None:
    person = 7002
    sent = await town.phone(person, "text", text="첫 글이에요")
    await town.sees(person, HELLO)

    await town.phone(person, "edit", message_id=sent["message_id"], text="고친 글이에요")

    await town.hears("telegram", str(person), 2)
    written = await town.written("telegram", str(person))
    first, edit = [one for one in written if one.author == "person"]
    assert (first.entry.text, edit.entry.text) == ("첫 글이에요", "고친 글이에요")
    assert edit.entry.edits == first.seq


async def test_a_photo_lies_sealed_on_disk_and_the_desk_can_open_it(town: Town) -> None:
    person = 7003
    await town.phone(person, "photo", data_b64=base64.b64encode(PNG).decode(), caption="")

    kept, content = await town.file("telegram", str(person))
    on_disk = [path.read_bytes() for path in town.house.settings.files.iterdir()]

    assert kept.status == "kept"
    assert content == PNG
    assert on_disk
    assert not any(b"PNG" in sealed for sealed in on_disk)


async def test_who_blocks_is_not_written_to_and_comes_back(town: Town) -> None:
    person = 7004
    await town.phone(person, "text", text="안녕하세요")
    await town.sees(person, HELLO)

    await town.phone(person, "block")
    await _kinds(town, person, "blocked")
    await town.phone(person, "unblock")
    await _kinds(town, person, "unblocked")
    await town.phone(person, "text", text="다시 왔어요")

    assert "다시 왔어요" in await town.hears("telegram", str(person), 4)


async def test_a_group_is_left_and_nothing_of_it_is_kept(town: Town) -> None:
    group = f"{town.url}/standin/bot{TOKEN}/group/-100{70}"

    async with town.http.post(f"{group}/add", json={"person": 7005}) as answer:
        assert answer.status == 200, await answer.text()

    async with asyncio.timeout(WAIT_S):
        await _called(town, "leaveChat")
    assert await town.conversation("telegram", f"-100{70}") == 0


async def test_what_the_webhook_cannot_believe_is_refused(hooked: Town) -> None:
    statuses = []
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "w" * 23}):
        async with hooked.http.post(
            f"{hooked.url}/hooks/telegram", json=_update(1, 7100, "x"), headers=headers
        ) as answer:
            statuses.append(answer.status)

    assert statuses == [401, 401]
    assert await hooked.heard("telegram", "7100") == []


async def test_a_repeated_update_changes_nothing(hooked: Town) -> None:
    update = _update(900_001, 7101, "한 번만")

    statuses = await asyncio.gather(*(_hook(hooked, update) for _ in range(5)))

    assert set(statuses) == {200}
    assert await hooked.heard("telegram", "7101") == ["한 번만"]


async def test_updates_of_an_unknown_kind_are_acknowledged(hooked: Town) -> None:
    bodies: list[dict[str, object]] = [
        {"new_kind": {"x": 1}},
        {"message": {"message_id": 5}},
        {"message": 7},
        {},
    ]

    for number, body in enumerate(bodies):
        assert await _hook(hooked, {"update_id": 910_000 + number} | body) == 200


async def test_a_webhook_body_that_is_no_json_is_refused(hooked: Town) -> None:
    assert await _hook(hooked, b"{") == 400
    assert await _hook(hooked, b" " * (1 << 21)) == 413
    assert await _hook(hooked, b"[" * 100_000) == 400


async def test_the_stand_in_delivers_by_webhook(hooked: Town) -> None:
    await hooked.phone(7102, "text", text="안녕하세요")

    await hooked.sees(7102, HELLO)

    assert await hooked.heard("telegram", "7102") == ["안녕하세요"]


def _update(number: int, person: int, text: str) -> dict[str, Any]:
    chat = {"id": person, "type": "private", "first_name": "A"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": chat | {"is_bot": False}}
    return {"update_id": number, "message": message | {"text": text}}


async def _hook(town: Town, body: Any) -> int:  # noqa: ANN401  # any JSON
    raw = {"data": io.BytesIO(body)} if isinstance(body, bytes) else {"json": body}
    async with town.http.post(f"{town.url}/hooks/telegram", headers=HOOK_SECRET, **raw) as answer:
        return answer.status


async def _kinds(town: Town, person: int, wanted: str) -> None:
    """Wait until something of this kind is in the transcript."""
    async with asyncio.timeout(WAIT_S):
        while True:
            written = await town.written("telegram", str(person))
            if wanted in [one.entry.kind for one in written]:
                return
            await asyncio.sleep(0.05)


async def _called(town: Town, method: str) -> None:
    """Wait until we called this method of the Bot API."""
    while True:
        async with town.http.get(f"{town.url}/standin/bot{TOKEN}/log") as answer:
            if method in await answer.text():
                return
        await asyncio.sleep(0.05)
