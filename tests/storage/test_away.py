"""A database that is away takes nothing and says so; when it is back, all goes on."""

import asyncio
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest

from storage import transcripts
from storage.entries import Person
from storage.errors import UnavailableError
from storage.page import Page
from tests.servers.postgresql import PostgresServer
from tests.servers.programs import CHECKOUT
from tests.storage.places import HER, Clock, place_at, says

BACK_SECONDS = 5.0


async def test_postgresql_is_killed_and_comes_back(tmp_path: Path) -> None:
    with PostgresServer() as server:
        place = place_at(server.url, tmp_path)
        database = await place.open(Clock())
        number = await database.turn(HER, says("하나"))

        server.stop(signal.SIGQUIT)
        began = time.monotonic()
        refused = await asyncio.gather(
            *(database.turn(Person("web", str(turn)), says("말")) for turn in range(50)),
            return_exceptions=True,
        )
        assert all(isinstance(each, UnavailableError) for each in refused)
        assert time.monotonic() - began < BACK_SECONDS

        server.start()
        began = time.monotonic()
        await database.turn(HER, says("둘"))
        assert time.monotonic() - began < BACK_SECONDS
        assert (await transcripts.read(database, number)).seq == 2
        assert await database.turn(Person("web", "7"), Page.conversation) is None
        await database.close()


FULL_DISK = """
    import asyncio, resource, signal, sys
    from pathlib import Path
    from storage.errors import UnavailableError
    from tests.storage.places import HER, Clock, place_at, says

    async def main():
        folder = Path(sys.argv[1])
        database = await place_at(f"sqlite:///{folder}/gyeot.db", folder).open(Clock())
        done, refused = 0, 0
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, resource.RLIM_INFINITY))
        while refused < 3:
            try:
                await database.turn(HER, says("x" * 9_000))
                done += 1
            except UnavailableError:
                refused += 1
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        number = await database.turn(HER, says("room again"))
        found = await database.turn(number, lambda page: page.conversation())
        assert found.seq == done + 1, (found.seq, done)
        await database.close()
        print(done)

    asyncio.run(main())
"""


async def test_a_full_disk_acknowledges_nothing_and_loses_nothing(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        textwrap.dedent(FULL_DISK),
        str(tmp_path),
        cwd=CHECKOUT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        said, complained = await process.communicate()

    assert process.returncode == 0, complained.decode()
    assert int(said) > 10


async def test_a_store_whose_database_cannot_be_reached_does_not_open(tmp_path: Path) -> None:
    place = place_at(f"sqlite:///{tmp_path}/no/such/folder/gyeot.db", tmp_path)

    with pytest.raises(Exception, match="unable to open"):
        await place.open(Clock())
