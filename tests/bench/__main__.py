"""`./dev bench`: everything in one run, so that the ratios mean something on any machine."""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.contestants import bot_api, gyeot, gyeot_telegram, reference
from tests.bench.running import Round, Running
from tests.bench.seeding import seed
from tests.servers.postgresql import PostgresServer, fresh_database

STORED = 1000, 300_000


def main() -> None:
    """Measure and print; nothing here passes or fails, a goal that is missed is shown as it is."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of each")
    parser.add_argument("--people", type=int, default=0, help="people in each round")
    parser.add_argument("--rounds", type=int, default=0)
    given = parser.parse_args()
    people = given.people or (64 if given.quick else 400)
    rounds = given.rounds or (1 if given.quick else 5)
    with tempfile.TemporaryDirectory(prefix="gyeot-bench-") as name:
        folder = Path(name)
        _throughput(folder, people, rounds)
        _size(folder, people, rounds)


def _throughput(folder: Path, people: int, rounds: int) -> None:
    with ExitStack() as stack:
        postgres = stack.enter_context(PostgresServer())
        url = stack.enter_context(fresh_database(postgres.url))
        api, address = bot_api(folder)
        stack.enter_context(api)
        echo, commit, telegram = (
            reference("echo (aiohttp, json)", "echo", folder),
            reference("echo + raw commit", "commit", folder),
            reference("Telegram reference", "telegram", folder, address),
        )
        sqlite = gyeot("Gyeot Kakao, SQLite", folder / "sqlite")
        postgresql = gyeot("Gyeot Kakao, PostgreSQL", folder / "postgresql", url)
        ours = gyeot_telegram("Gyeot Telegram", folder / "telegram-ours", address)
        everyone = [echo, commit, sqlite, postgresql, telegram, ours]
        for each in everyone:
            stack.enter_context(each)
        _interleave(everyone, people, rounds)
        _table(everyone)
        _ratio("Gyeot Kakao, SQLite / echo", sqlite, echo, 0.40)
        _ratio("Gyeot Kakao, PostgreSQL / echo", postgresql, echo, 0.30)
        _ratio("Gyeot Telegram / Telegram reference", ours, telegram, 0.35)
        _say(f"p99 of Gyeot Kakao, SQLite: {_middle(sqlite).p99:.1f} ms (goal <= 25)")
        _idle(sqlite, rounds)


def _idle(server: Running, rounds: int) -> None:
    """Measure what a conversation costs that nobody goes on with, once the caches are full."""
    filling, more = (2500, 1500) if rounds > 1 else (250, 150)
    server.load(filling, "fill")
    before = server.resident()
    server.load(more, "idle")
    held = (server.resident() - before) * 1024 / more
    _say(f"memory of an idle conversation: {held:.2f} kB (goal <= 1; {filling:,} before it)")


def _size(folder: Path, people: int, rounds: int) -> None:
    """Measure flat cost, start-up and memory with few and with many stored conversations."""
    servers = [
        gyeot(f"Gyeot, {stored:,} stored", folder / f"stored-{stored}") for stored in STORED
    ]
    for server, stored in zip(servers, STORED, strict=True):
        with server:
            server.load(1000, "seed")
        found = seed(folder / f"stored-{stored}", stored)
        _say(f"{server.name}: {found:,} conversations on disk")
    with ExitStack() as stack:
        for server in servers:
            begun = time.perf_counter()
            stack.enter_context(server)
            up = time.perf_counter() - begun
            cpu = server.cpu()
            server.load(1, "first")
            _say(
                f"{server.name}: listens after {up:.2f} s ({cpu:.2f} s of CPU; goal <= 2 s),"
                f" {server.resident():.0f} MB resident (goal <= 170)"
            )
        _interleave(servers, people, rounds)
    _table(servers)
    _ratio("300,000 / 1,000 stored conversations", servers[1], servers[0], 0.85)


def _interleave(servers: list[Running], people: int, rounds: int) -> None:
    for server in servers:
        server.load(32, "warm")
    for number in range(rounds):
        for server in servers:
            server.measure(people, f"r{number}")


def _middle(server: Running) -> Round:
    rounds = server.rounds
    return Round(
        median(each.rate for each in rounds),
        median(each.p50 for each in rounds),
        median(each.p99 for each in rounds),
        median(each.cpu for each in rounds),
    )


def _table(servers: list[Running]) -> None:
    _say(f"\n{'':<28}{'msg/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU s/1,000':>13}")
    for server in servers:
        one = _middle(server)
        _say(f"{server.name:<28}{one.rate:>8.0f}{one.p50:>9.1f}{one.p99:>9.1f}{one.cpu:>13.3f}")


def _ratio(what: str, one: Running, other: Running, goal: float) -> None:
    """Compare round by round, and by CPU, which a busy machine disturbs less."""
    pairs = zip(one.rounds, other.rounds, strict=True)
    ratio = median(mine.rate / theirs.rate for mine, theirs in pairs)
    by_cpu = _middle(other).cpu / _middle(one).cpu
    _say(f"{what}: {ratio:.2f} by rate, {by_cpu:.2f} by CPU (goal >= {goal:.2f})")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
