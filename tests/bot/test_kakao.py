"""Kakao over real HTTP: refused, answered, repeated, and answered when nothing can be kept."""

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from storage import transcripts
from tests.bot.town import Town, kakao_address, skill, texts

MOST_S = 3.0


async def test_a_wrong_secret_is_refused_before_anything_is_read(town: Town) -> None:
    person = town.name()

    for secret in ("", "wrong", "비밀", "\udcff\udcfe"):
        headers = {"X-Gyeot-Secret": secret}
        status, _ = await town.post_kakao(skill(person, "안녕하세요"), headers)
        assert status == 401

    assert await town.heard("kakao", kakao_address(person)) == []


async def test_a_call_for_another_bot_is_refused(town: Town) -> None:
    person = town.name()

    status, _ = await town.post_kakao(skill(person, "안녕하세요", bot="f" * 24))

    assert status == 403
    assert await town.heard("kakao", kakao_address(person)) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b"null",
        b"[" * 50_000,
        b'{"userRequest": {"utterance": NaN}}',
        b'{"a":' * 10_000,
        b"\xff\xfe\x00",
        b'{"userRequest": {"user": {"id": ""}, "utterance": "x"}, "bot": {"id": "b"}}',
        b'{"userRequest": {"user": {"id": "u"}, "utterance": 7}, "bot": {"id": "b"}}',
    ],
)
async def test_what_cannot_be_read_is_refused_clearly(town: Town, body: bytes) -> None:
    status, told = await town.post_kakao(body, {"Content-Type": "application/json"})

    assert status == 400
    assert told["error"]


async def test_a_body_that_never_ends_holds_nobody_up(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.bodies.BODY_S", 0.3)
    waiting = asyncio.Event()

    async def stalled() -> Any:  # noqa: ANN401  # an iterator of bytes
        yield b'{"bot":'
        await waiting.wait()

    headers = {"X-Gyeot-Secret": "a-secret-of-the-tests-only"}
    async with town.http.post(
        f"{town.url}/hooks/kakao", data=stalled(), headers=headers
    ) as answer:
        waiting.set()
        assert answer.status == 408

    assert texts(await town.kakao(town.name(), "안녕하세요"))


async def test_a_huge_body_is_refused_whatever_it_says_of_its_length(town: Town) -> None:
    async def endless() -> Any:  # noqa: ANN401  # an iterator of bytes
        for _ in range(80):
            yield b"[" * 4096

    status, _ = await town.post_kakao(b" " * 300_000)
    headers = {"X-Gyeot-Secret": "a-secret-of-the-tests-only"}
    async with town.http.post(
        f"{town.url}/hooks/kakao", data=endless(), headers=headers
    ) as answer:
        chunked = answer.status

    assert (status, chunked) == (413, 413)


async def test_a_repeated_call_is_answered_alike_and_kept_once(town: Town) -> None:
    person = town.name()
    again = {"headers": {"X-Request-Id": f"r-{person}"}}

    first = await town.kakao(person, "안녕하세요", **again)
    copies = await asyncio.gather(*(town.kakao(person, "안녕하세요", **again) for _ in range(6)))

    assert {texts(copy) for copy in copies} == {texts(first)}
    assert await town.heard("kakao", kakao_address(person)) == ["안녕하세요"]


async def test_copies_at_the_same_time_are_kept_once(town: Town) -> None:
    person = town.name()
    again = {"headers": {"X-Request-Id": f"r-{person}"}}

    copies = await asyncio.gather(*(town.kakao(person, "처음이에요", **again) for _ in range(8)))

    assert len({texts(copy) for copy in copies}) == 1
    assert await town.heard("kakao", kakao_address(person)) == ["처음이에요"]


async def test_hostile_text_is_kept_and_answered(town: Town) -> None:
    person = town.name()
    said = [
        "nul \0 here",
        "half \ud83d an emoji",
        "👩‍👩‍👧 \u202e",
        "e" + "\u0301" * 2000,
        "가" * 17_000,
    ]

    for text in said:
        await town.kakao(person, text)

    kept = await town.heard("kakao", kakao_address(person))
    assert kept[0] == "nul \ufffd here"
    assert kept[1] == "half \ufffd an emoji"
    assert kept[2:4] == said[2:4]
    assert kept[4] == "가" * 15_999 + "…"


async def test_unknown_members_and_kinds_are_let_be(town: Town) -> None:
    person = town.name()
    body = skill(person, "안녕하세요")
    body |= {"new": {"deep": [1, {"x": None}]}, "flow": {"trigger": {"type": "SOMETHING_NEW"}}}
    body["userRequest"] |= {"params": None, "unknown": 2**80}

    status, answer = await town.post_kakao(body)

    assert status == 200
    assert answer["version"] == "2.0"
    assert await town.heard("kakao", kakao_address(person)) == ["안녕하세요"]


async def test_a_stalled_database_is_answered_in_time_and_loses_nothing(
    town: Town, town_url: str
) -> None:
    person = town.name()
    await town.kakao(person, "안녕하세요")

    async with _stalled(town_url):
        begun = time.monotonic()
        safe = await town.kakao(person, "지금 말해도 될까요")
        took = time.monotonic() - begun

    assert took <= MOST_S
    assert "112" in texts(safe)
    assert "전달되지" in texts(safe) or "받지 못" in texts(safe) or "저장" in texts(safe)
    await town.hears("kakao", kakao_address(person), 2)
    late = await _answers_to(town, person, "지금 말해도 될까요")
    after = await town.kakao(person, "확인")
    assert late
    assert late[0] in texts(after)
    assert await town.heard("kakao", kakao_address(person)) == [
        "안녕하세요",
        "지금 말해도 될까요",
        "확인",
    ]


async def test_a_covered_talk_is_told_nothing_of_112_by_a_stalled_database(
    town: Town, town_url: str
) -> None:
    person = town.name()
    await town.kakao(person, "안녕하세요")
    await town.kakao(person, "화면 가리기")
    await town.kakao(person, "이게 뭐야?")

    async with _stalled(town_url):
        safe = await town.kakao(person, "뭐 하는 데야?")

    assert "받지 못" in texts(safe)
    assert "112" not in texts(safe)
    assert "1366" not in texts(safe)


async def test_the_sentences_for_when_nothing_is_kept_name_the_police(town: Town) -> None:
    safe = town.house.safe_kakao().decode()

    assert "112" in safe


async def _answers_to(town: Town, person: str, text: str) -> list[str]:
    """Wait until the late answer is put back, and return its texts."""
    async with asyncio.timeout(15):
        while True:
            number = await town.conversation("kakao", kakao_address(person))
            written = (await transcripts.read(town.house.database, number)).entries
            at = next(one.seq for one in written if one.entry.text == text)
            after = [one for one in written if one.seq > at and one.author == "bot"]
            if after and after[0].delivery == "ready":
                return [one.entry.text for one in after]
            await asyncio.sleep(0.05)


class _stalled:  # noqa: N801  # reads as a word in `with`
    """Holds a lock for which every turn has to wait."""

    def __init__(self, url: str) -> None:
        self._address = make_url(url)
        self._raw: Any = None

    async def __aenter__(self) -> None:
        self._raw = await asyncio.to_thread(self._lock)

    async def __aexit__(self, *_: object) -> None:
        self._raw.rollback()
        self._raw.close()

    def _lock(self) -> Any:  # noqa: ANN401  # either driver's connection
        if self._address.get_backend_name() == "sqlite":
            path = Path(self._address.database or "")
            raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            raw.execute("BEGIN IMMEDIATE")
            return raw
        plain = self._address.set(drivername="postgresql")
        connection = psycopg.connect(plain.render_as_string(hide_password=False))
        connection.execute("LOCK TABLE conversation, inbox, transcript IN ACCESS EXCLUSIVE MODE")
        return connection
