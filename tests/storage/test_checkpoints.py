"""What was committed reaches SQLite's own file without any turn that copies it."""

import asyncio
import shutil
import sqlite3
import time
from pathlib import Path

from storage.checkpoints import EVERY_S
from tests.storage.places import HER, Clock, place_at, says

PATIENCE_S = 20 * EVERY_S


def _kept_without_its_log(file: Path, copy: Path) -> int:
    shutil.copy(file, copy)
    try:
        with sqlite3.connect(copy) as alone:
            return int(alone.execute("SELECT count(*) FROM transcript").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0  # it was copied in the middle of a checkpoint


async def test_the_log_is_copied_while_nobody_writes_any_more(tmp_path: Path) -> None:
    file = tmp_path / "gyeot.db"
    database = await place_at(f"sqlite:///{file}", tmp_path).open(Clock())
    try:
        for _ in range(20):
            await database.turn(HER, says("안녕하세요", "반가워요"))
        until = time.monotonic() + PATIENCE_S
        while (kept := _kept_without_its_log(file, tmp_path / "copy.db")) < 40:
            assert time.monotonic() < until, f"only {kept} of 40 entries"
            await asyncio.sleep(EVERY_S / 4)
    finally:
        await database.close()
