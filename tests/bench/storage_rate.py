"""How many turns a second storage takes, beside what the disk itself takes, in one run.

`python -m tests.bench.storage_rate [--stored 300000] [--postgres] [--turns 20000]`
A turn: known by its id, conversation found and locked, her words and the answer sealed and
written, state sealed and written, one durable commit shared with the turns beside it.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flows.engine import State
from storage import outbox
from storage.connection import PRAGMAS
from storage.database import Database
from storage.entries import Entry, Person
from storage.master import MasterKey
from storage.page import Page
from tests.bench.seeding import seed
from tests.servers.postgresql import PostgresServer

CLIENTS = 64
STEPS = 14
RAW_BATCH = 32
START = State(step="bench/q00")


def _job(message_id: str, step: int) -> Callable[[Page], None]:
    def job(page: Page) -> None:
        if page.seen("telegram", message_id):
            return
        conversation = page.conversation() or page.begin(1, START)
        page.add(Entry("person", text="네, 혼자 있고 문은 잠갔어요. 어제도 집 앞에 있었어요."))
        conversation.state = replace(conversation.state, step=f"bench/q{step:02}", asked=step)
        page.add(Entry("bot", text="다음 질문이에요. 대답하지 않아도 괜찮아요."), deliver="ready")

    return job


async def _talk(database: Database, run: str, client: int, turns: int) -> None:
    for turn in range(turns):
        message_id = f"{run}{turn:06}-{client:03}"
        person = Person("telegram", f"{run} {client} {turn // STEPS}", message_id)
        await database.turn(person, _job(message_id, turn % STEPS))


async def _deliver(database: Database, wanted: int) -> None:
    left = wanted
    while left > 0:
        claimed = await outbox.claim(database, "telegram", 100, 30)
        await outbox.settle(database, [due.sent("1") for due in claimed])
        left -= len(claimed)


async def _measured(url: str, folder: Path, turns: int, run: str) -> str:
    keys_url = f"sqlite:///{folder}/keys.db" if url.startswith("sqlite") else url
    path = folder / "master.key"
    master = MasterKey.load(path) if path.exists() else MasterKey.create(path)
    began = time.perf_counter()
    database = await Database.open(url, keys_url, master, folder / "files")
    opened = time.perf_counter() - began
    each = turns // CLIENTS
    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_talk(database, run, client, each) for client in range(CLIENTS)))
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    began = time.perf_counter()
    await _deliver(database, each * CLIENTS)
    delivered = time.perf_counter() - began
    await database.close()
    done = each * CLIENTS
    return (
        f"{done / took:7.0f} turns/s {cpu / done * 1e6:5.0f} us of CPU each,"
        f" {done / delivered:6.0f} deliveries/s, open after {opened:.2f} s"
    )


def _raw(folder: Path, turns: int) -> str:
    """Write as many rows with nothing but the driver, 32 turns a commit."""
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("CREATE TABLE row (id INTEGER, seq INTEGER, body BLOB, PRIMARY KEY (id, seq))")
    body = bytes(300)
    began, cpu = time.perf_counter(), time.process_time()
    for turn in range(0, turns, RAW_BATCH):
        raw.execute("BEGIN IMMEDIATE")
        rows = [(turn + n, seq, body) for n in range(RAW_BATCH) for seq in range(4)]
        raw.executemany("INSERT INTO row VALUES (?, ?, ?)", rows)
        raw.execute("COMMIT")
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    raw.close()
    return f"{turns / took:7.0f} turns/s {cpu / turns * 1e6:5.0f} us of CPU each"


def _say(what: str, figures: str) -> None:
    print(f"{what:36} {figures}", flush=True)  # noqa: T201  # what a measurement is for


def main() -> None:
    """Measure, and say what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=20_000)
    parser.add_argument("--stored", type=int, default=0)
    parser.add_argument("--postgres", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gyeot-rate-") as name:
        folder = Path(name)
        _say("rows alone, SQLite FULL", _raw(folder, wanted.turns))
        url = f"sqlite:///{folder}/gyeot.db"
        _say("turns, SQLite FULL", asyncio.run(_measured(url, folder, wanted.turns, "a")))
        if wanted.stored:
            made = seed(folder, wanted.stored)
            figures = asyncio.run(_measured(url, folder, wanted.turns, "b"))
            _say(f"turns, {made} stored before", figures)
    if wanted.postgres:
        with tempfile.TemporaryDirectory() as name, PostgresServer(fsync=True) as server:
            figures = asyncio.run(_measured(server.url, Path(name), wanted.turns, "a"))
            _say("turns, PostgreSQL", figures)


if __name__ == "__main__":
    main()
