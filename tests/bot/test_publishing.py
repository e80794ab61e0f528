"""Publishing files that were published before."""

from dataclasses import replace
from pathlib import Path

from bot.publishing import publish
from flows.bundle import shipped
from storage.database import Database
from storage.master import MasterKey


async def test_files_of_an_earlier_version_that_are_put_back_are_what_talks_begin_with(
    tmp_path: Path,
) -> None:
    first = shipped()
    text = first.scripts["check_in.yaml"]
    second = replace(first, scripts={**first.scripts, "check_in.yaml": f"{text}\n# a remark\n"})
    urls = (f"sqlite:///{tmp_path}/gyeot.db", f"sqlite:///{tmp_path}/keys.db")
    master = MasterKey.create(tmp_path / "master.key")
    async with await Database.open(*urls, master, tmp_path / "files") as database:
        numbers = [(await publish(database, one)).newest for one in (first, second, first)]

    assert numbers == [1, 2, 1]
