"""Five hundred words that nobody may find again: not in logs, files, backups, other talks."""

import base64
import gzip
import logging
import secrets
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.logs import set_up
from flows.messages import Attachment, Inbound, Kind
from flows.state import Value
from storage import attachments, keepsakes
from storage.backup import backup
from storage.page import Page
from tests.bot.safe_rooms import Room, open_room
from tests.bot.town import Town

PEOPLE = 50
KINDS = ("text", "name", "phone", "address", "file", "code", "cover", "duress", "note", "receipt")
TRIES = 2_000


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def talkative(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Let everything be logged that ever is, and nothing afterwards."""
    del capfd  # it comes first, so that it catches what is logged
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    set_up("DEBUG")
    root.setLevel(logging.DEBUG)
    yield
    set_up("INFO")
    root.handlers[:] = handlers
    root.setLevel(level)


def made(person: int) -> dict[str, str]:
    """Return one unique word of each kind."""
    return {kind: f"kanari{person:02}{kind}{secrets.token_hex(5)}" for kind in KINDS}


async def lives_through(room: Room, person: int, words: dict[str, str]) -> None:
    """Let somebody say and keep each of them in its own way."""
    address = f"her{person}"
    await room.says(words["text"], address)
    file = Attachment("photo", f"source{person}", name=f"{words['file']}.jpg", mime="image/jpeg")
    sent = Inbound("telegram", address, f"f{person}", Kind.FILES, attachments=(file,))
    await room.service.receive(sent)
    number = await room.conversation(address)
    answers: dict[str, Value] = {"called_name": words["name"], "phone_number": words["phone"]}
    answers["danger_place"] = words["address"]

    def job(page: Page) -> None:
        conversation = page.save()
        conversation.state = replace(conversation.state, answers=answers)
        for kind in ("code", "cover", "duress"):
            page.keep_word(f"{kind}_word", words[kind])
        page.submit(dict(answers), words["receipt"], 1, "received")
        page.remember("called", words["name"])
        page.timer("check_in", page.now + 10**9, {"words": words["text"]})
        keepsakes.add_in(page, "incident", {"what": words["note"]}, None)

    await room.database.turn(number, job)


async def test_nothing_of_them_is_found_again(
    room: Room, tmp_path: Path, talkative: None, capfd: pytest.CaptureFixture[str]
) -> None:
    del talkative
    people = [made(person) for person in range(PEOPLE)]
    for person, words in enumerate(people):
        await lives_through(room, person, words)
    for one in await attachments.claim(room.database, PEOPLE, 60):
        content = b"\xff\xd8\xff\xe1Exif" + people[0]["file"].encode()
        await attachments.keep(room.database, one, content, "image/jpeg")
    url = f"sqlite:///{tmp_path}/gyeot.db"
    backup(url, f"sqlite:///{tmp_path}/keys.db", tmp_path / "files", tmp_path / "backup")

    out, err = capfd.readouterr()
    sinks = [(out + err).encode(), *map(_content, _files(tmp_path))]
    found = [
        word
        for words in people
        for word in words.values()
        for form in _forms(word)
        if any(form in sink for sink in sinks)
    ]

    assert len({word for words in people for word in words.values()}) == PEOPLE * len(KINDS)
    assert found == []


async def test_nothing_of_one_reaches_another(room: Room) -> None:
    words = made(1)
    await lives_through(room, 1, words)
    await room.says("안녕하세요", "somebody")
    for text in ("상태", *words.values(), "내 신청 보기", words["receipt"], words["code"]):
        await room.says(text, "somebody")

    said = [w.entry.text for w in await room.written("somebody") if w.author != "person"]

    assert [text for text in said for word in words.values() if word in text] == []


async def test_the_figures_tell_nothing_of_anybody(town: Town) -> None:
    word = made(3)["text"]
    person = town.name() + word
    await town.kakao(person, word)
    async with town.tab() as tab:
        await tab.say(word)

    async with town.http.get(f"{town.url}/metrics") as answer:
        figures = await answer.text()

    assert "gyeot_conversations" in figures
    assert word not in figures


async def test_a_known_and_an_unknown_receipt_are_answered_alike(room: Room) -> None:
    words = made(2)
    await lives_through(room, 2, words)

    def check(page: Page, code: str) -> bool:
        application = page.find_receipt(code)
        return page.check_word(
            "code_word", "wrong word", application.conversation_id if application else None
        )

    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(TRIES):
        known = number % 2 == 0
        code = words["receipt"] if known else f"UNKNOWN{number}"
        began = time.perf_counter()
        right = await room.database.turn(None, partial(check, code=code))
        took[known].append(time.perf_counter() - began)
        assert not right

    assert abs(statistics.median(took[True]) - statistics.median(took[False])) < 0.001


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _forms(word: str) -> Iterator[bytes]:
    """The forms in which a word could hide."""
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    for shift in range(3):  # whatever stands before it in base64
        yield base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4]
