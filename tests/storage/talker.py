"""A process that takes turns until it is killed, and says of each when it was acknowledged."""

import asyncio
import sys
from pathlib import Path

from storage import outbox
from storage.database import Database
from storage.entries import Entry, Person
from storage.master import MasterKey
from storage.page import Page
from tests.storage.places import START


async def _talk(database: Database, number: int, first: int) -> None:
    turn = first
    while True:
        message_id = f"{number}-{turn}"

        def job(page: Page, message_id: str = message_id) -> None:
            if page.seen("telegram", message_id) is None:
                page.conversation() or page.begin(1, START)
                page.add(Entry("person", text=message_id))
                page.add(Entry("bot", text=f"answer to {message_id}"), deliver="ready")

        await database.turn(Person("telegram", f"{number}-{turn // 6}", message_id), job)
        sys.stdout.write(f"{message_id}\n")
        sys.stdout.flush()
        turn += 1


async def _deliver(database: Database) -> None:
    while True:
        claimed = await outbox.claim(database, "telegram", 20, 0.05)
        await outbox.settle(database, [due.sent("1") for due in claimed])
        await asyncio.sleep(0.01)


async def _main(url: str, folder: Path, first: int) -> None:
    keys_url = f"sqlite:///{folder}/keys.db" if url.startswith("sqlite") else url
    master = MasterKey.load(folder / "master.key")
    database = await Database.open(url, keys_url, master, folder / "files")
    talks = [_talk(database, number, first) for number in range(12)]
    await asyncio.gather(_deliver(database), *talks)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
