"""A house that is killed again and again while its phones keep running, and what is left of it."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from sqlmodel import col, select

from storage.database import Database
from storage.entries import place as place_of_entry
from storage.entries import unpack
from storage.master import MasterKey
from storage.tables import InboxRow, OutboxRow, TranscriptRow
from tests.faults.process import Program, free_port

TOKEN = "110201543:killing-tests-token-not-a-secret-00"
SECRET = "a-secret-of-the-killing-tests"
BOT = "65ab00000000000000000bff"


class Said(NamedTuple):
    """One entry of the transcript, in clear."""

    conversation: int
    seq: int
    author: str
    text: str


@dataclass(frozen=True)
class Left:
    """What is in the store after the faults."""

    entries: list[Said]
    inbox: list[tuple[str, str, int, int]]
    outbox: list[tuple[int, int, str]]

    def heard(self) -> dict[int, list[str]]:
        """Return what each person said, in the order in which we kept it."""
        texts: defaultdict[int, list[str]] = defaultdict(list)
        for one in self.entries:
            if one.author == "person":
                texts[one.conversation].append(one.text)
        return texts


@dataclass
class Place:
    """Where one experiment happens."""

    gyeot: Program
    phones: Program
    http: aiohttp.ClientSession
    database: str
    folder: Path

    @property
    def keys(self) -> str:
        """Where the keys are."""
        postgres = self.database.startswith("postgresql")
        return self.database if postgres else f"sqlite:///{self.folder}/keys.db"

    async def writes(self, person: int, text: str) -> None:
        """Let a person write on Telegram; the stand-in keeps it until we confirm it."""
        address = f"{self.phones.ready}/standin/bot{TOKEN}/person/{person}/text"
        async with self.http.post(address, json={"text": text}) as answer:
            assert answer.status == 200, await answer.text()

    async def sees(self, person: int) -> list[str]:
        """Return what a person sees of us on Telegram, in order."""
        address = f"{self.phones.ready}/standin/bot{TOKEN}/person/{person}/messages"
        async with self.http.get(address) as answer:
            messages: list[dict[str, Any]] = (await answer.json())["messages"]
            return [one.get("text", "") for one in messages if one["from"] == "bot"]

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        """Open the store from outside, to look only."""
        master = MasterKey.load(self.folder / "master.key")
        database = await Database.open(self.database, self.keys, master, self.folder / "files")
        async with database:
            yield database


async def left(database: Database) -> Left:
    """Read everything."""
    entries = await database.read(
        lambda session: list(
            session.exec(
                select(TranscriptRow).order_by(
                    col(TranscriptRow.conversation_id), col(TranscriptRow.seq)
                )
            ).all()
        )
    )
    sealers = database.keys.sealers(list({row.conversation_id for row in entries}))
    said = []
    for row in entries:
        number = row.conversation_id
        body = sealers[number].open(place_of_entry(number, row.seq), row.body)
        said.append(Said(number, row.seq, row.author, unpack(row.author, body).text))
    inbox = await database.read(lambda session: list(session.exec(select(InboxRow)).all()))
    outbox = await database.read(lambda session: list(session.exec(select(OutboxRow)).all()))
    return Left(
        said,
        [(row.channel, row.message_id, row.conversation_id or 0, row.seq) for row in inbox],
        [(row.conversation_id, row.seq, row.status) for row in outbox],
    )


@asynccontextmanager
async def place(folder: Path, database: str) -> AsyncIterator[Place]:
    """Start both programs; both are gone afterwards."""
    port, phones_port = free_port(), free_port()
    base = f"http://127.0.0.1:{phones_port}"
    MasterKey.create(folder / "master.key")
    environment = {
        "GYEOT_TELEGRAM_TOKEN": TOKEN,
        "GYEOT_TELEGRAM_API": base,
        "GYEOT_FLOOD_CONTROL": "false",
        "GYEOT_KAKAO_SECRET": SECRET,
        "GYEOT_KAKAO_BOT_ID": BOT,
    }
    arguments = ["serve", "--port", str(port), "--data", str(folder), "--database", database]
    gyeot = Program(arguments, folder / "log", f"http://127.0.0.1:{port}/healthz", environment)
    standin = ["standin", "--port", str(phones_port), "--token", TOKEN, "--no-flood-control"]
    phones = Program(standin, folder / "phones.log", base)
    async with aiohttp.ClientSession() as http:
        try:
            await phones.start()
            await gyeot.start()
            yield Place(gyeot, phones, http, database, folder)
        finally:
            await gyeot.kill()
            await phones.kill()
