"""A backup is one moment of a store; restored anywhere, it is that store."""

import asyncio
from pathlib import Path

import pytest

from storage import attachments, transcripts
from storage.archive import ArchiveError
from storage.backup import backup, restore
from storage.database import Database
from storage.entries import Person
from storage.keys import KeyStore
from storage.page import Page
from storage.verify import Patience, verify
from tests.servers.postgresql import fresh_database
from tests.storage.full import CANARIES, OTHER, fill
from tests.storage.places import HER, START, Clock, Place, says

PATIENT = Patience(outbox_ms=10**14, files_ms=10**14)


def _beside(place: Place, url: str, folder: Path) -> Place:
    """Return an empty place that has the same master key."""
    folder.mkdir()
    keys_url = f"sqlite:///{folder}/keys.db" if url.startswith("sqlite") else url
    return Place(url, keys_url, place.master, folder / "files")


def _backup(place: Place, target: Path) -> str:
    return backup(place.url, place.keys_url, place.files, target)


def _restore(place: Place, source: Path) -> str:
    return restore(place.url, place.keys_url, place.files, source)


async def _same(database: Database, hers: int) -> None:
    """Hold that what was said, sent and applied for is there."""
    reading = await transcripts.read(database, hers)
    kept, content = await attachments.read(database, hers, 2, 0)
    application = await database.turn(hers, Page.application)
    word = await database.turn(
        None, lambda page: page.check_word("code_word", "canary-word", hers)
    )
    seen = await database.turn(HER, lambda page: page.seen("telegram", "1"))

    assert [written.entry.text for written in reading.entries][::2] == [
        "canary-text",
        "canary-answer",
    ]
    assert reading.entries[2].platform_ids == ("canary-platform",)
    assert content == b"canary-bytes" * 200_000
    assert kept.attachment.mime == "image/png"
    assert application is not None
    assert application.fields == {"name": "canary-field"}
    assert word
    assert seen is not None
    assert await database.turn(None, lambda page: page.position("telegram")) == 77


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_backup_is_restored_into_either_kind(
    place: Place, clock: Clock, tmp_path: Path, postgres_url: str, kind: str
) -> None:
    database = await place.open(clock)
    hers, _ = await fill(database)

    said = _backup(place, tmp_path / "backup")
    await database.close()

    assert "2 conversations" in said
    with fresh_database(postgres_url) as fresh:
        url = fresh if kind == "postgresql" else f"sqlite:///{tmp_path}/there/gyeot.db"
        there = _beside(place, url, tmp_path / "there")
        _restore(there, tmp_path / "backup")
        assert verify(there.url, there.keys_url, there.master, there.files, PATIENT) == []
        restored = await there.open(clock)
        await _same(restored, hers)
        await restored.turn(HER, says("it goes on", "and on"))
        await fill_more(restored)
        await restored.close()
        assert verify(there.url, there.keys_url, there.master, there.files, PATIENT) == []


async def fill_more(database: Database) -> None:
    """Use what counts on: the access log, timers, new conversations."""
    await database.turn(Person("web", "new"), lambda page: page.begin(1, START).id)
    await database.turn(None, lambda page: page.audit(1, "read"))


async def test_a_backup_under_load_is_sound(place: Place, clock: Clock, tmp_path: Path) -> None:
    database = await place.open(clock)
    await fill(database)
    stop = asyncio.Event()

    async def talk(number: int) -> int:
        turns = 0
        while not stop.is_set():
            person = Person("telegram", f"{number} {turns // 5}", f"{number}-{turns}")
            await database.turn(person, says("말", "하나", "둘"))
            turns += 1
        return turns

    talking = [asyncio.ensure_future(talk(number)) for number in range(8)]
    await asyncio.sleep(0.2)
    await asyncio.to_thread(_backup, place, tmp_path / "backup")
    stop.set()
    assert sum(await asyncio.gather(*talking)) > 0
    await database.close()

    there = _beside(place, f"sqlite:///{tmp_path}/there/gyeot.db", tmp_path / "there")
    _restore(there, tmp_path / "backup")
    assert verify(there.url, there.keys_url, there.master, there.files, PATIENT) == []


async def test_who_was_erased_does_not_come_back_with_newer_keys(
    place: Place, clock: Clock, tmp_path: Path
) -> None:
    database = await place.open(clock)
    hers, other = await fill(database)
    _backup(place, tmp_path / "old")
    await database.turn(hers, lambda page: page.erase("all"))
    _backup(place, tmp_path / "new")
    await database.close()

    keys = tmp_path / "old" / "keys" / "keys.jsonl.gz"
    keys.write_bytes((tmp_path / "new" / "keys" / "keys.jsonl.gz").read_bytes())
    manifest = tmp_path / "old" / "manifest.json"
    manifest.write_text(
        manifest.read_text().replace(_sum(tmp_path / "old"), _sum(tmp_path / "new"))
    )
    there = _beside(place, f"sqlite:///{tmp_path}/there/gyeot.db", tmp_path / "there")
    _restore(there, tmp_path / "old")

    restored = await there.open(clock)
    found = await restored.turn(hers, Page.conversation)
    assert found is not None
    assert found.parted
    assert await restored.turn(HER, Page.conversation) is None
    assert (await restored.turn(OTHER, lambda page: page.save().id)) == other
    await restored.close()


def _sum(folder: Path) -> str:
    """Return the line of the manifest about the keys."""
    lines = (folder / "manifest.json").read_text().splitlines()
    return next(line for line in lines if "keys.jsonl" in line)


async def test_no_word_of_hers_is_in_any_file(place: Place, clock: Clock, tmp_path: Path) -> None:
    database = await place.open(clock)
    await fill(database)
    _backup(place, tmp_path / "backup")

    found = _holding(tmp_path)
    await database.close()
    assert found == []


def _holding(folder: Path) -> list[tuple[str, str]]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert len(paths) > 5
    return [(path.name, word) for path in paths for word in CANARIES if _holds(path, word)]


def _holds(path: Path, canary: str) -> bool:
    content = path.read_bytes()
    return any(canary.encode(form) in content for form in ("utf-8", "utf-16-le", "utf-16-be"))


async def test_a_place_that_is_not_empty_is_refused(
    place: Place, clock: Clock, tmp_path: Path
) -> None:
    database = await place.open(clock)
    await fill(database)
    await database.close()
    _backup(place, tmp_path / "backup")

    with pytest.raises(ArchiveError, match="not empty"):
        _restore(place, tmp_path / "backup")
    with pytest.raises(ArchiveError, match="there already"):
        _backup(place, tmp_path / "backup")
    assert verify(place.url, place.keys_url, place.master, place.files, PATIENT) == []


async def test_a_damaged_backup_is_refused(place: Place, clock: Clock, tmp_path: Path) -> None:
    database = await place.open(clock)
    await fill(database)
    await database.close()
    _backup(place, tmp_path / "backup")
    there = _beside(place, f"sqlite:///{tmp_path}/there/gyeot.db", tmp_path / "there")
    data = tmp_path / "backup" / "data.jsonl.gz"

    data.write_bytes(data.read_bytes() + b"\0")
    with pytest.raises(ArchiveError, match="damaged"):
        _restore(there, tmp_path / "backup")
    (tmp_path / "backup" / "manifest.json").unlink()
    with pytest.raises(ArchiveError, match="no whole backup"):
        _restore(there, tmp_path / "backup")


async def test_keys_of_a_backup_need_the_master_key(
    place: Place, clock: Clock, tmp_path: Path
) -> None:
    database = await place.open(clock)
    hers, _ = await fill(database)
    await database.close()
    _backup(place, tmp_path / "backup")
    there = _beside(place, f"sqlite:///{tmp_path}/there/gyeot.db", tmp_path / "there")
    _restore(there, tmp_path / "backup")

    keys = KeyStore(there.keys_url, place.master)
    assert keys.sealer(hers)
    keys.close()
