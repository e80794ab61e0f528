"""`verify` finds what is wrong, each kind of it, and nothing on a sound store."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, create_engine, select, text
from sqlmodel import SQLModel

from storage import verify as verifying
from storage.connection import parsed
from storage.errors import MissingKeyError
from storage.findings import Finding, Patience
from storage.keys import KeyStore
from storage.master import MasterKey
from storage.verify import verify
from tests.storage.full import fill
from tests.storage.places import NOON, Clock, Place, place_at

PATIENT = Patience(outbox_ms=10**14, files_ms=10**14)

FAULTS: tuple[tuple[str, str], ...] = (
    ("I2", "DELETE FROM transcript WHERE conversation_id = :hers AND seq = 2"),
    ("I2", "UPDATE conversation SET seq = seq - 1 WHERE id = :hers"),
    ("I2", "DELETE FROM conversation WHERE id = :hers"),
    ("I1", "UPDATE inbox SET last_seq = 99 WHERE message_id = '1'"),
    ("I3", "UPDATE outbox SET seq = 50 WHERE conversation_id = :hers"),
    ("I3", "UPDATE outbox SET status = 'lost'"),
    ("I3", "UPDATE outbox SET status = 'dead', reason = NULL"),
    ("I3", "UPDATE outbox SET status = 'ready', due = -1000000000000000"),
    ("I3", "UPDATE attachment SET status = 'wanted', due = -1000000000000000"),
    ("I5", "UPDATE transcript SET epoch = 3 WHERE conversation_id = :hers AND seq = 1"),
    ("I7", "UPDATE outbox SET epoch = 9"),
    ("I7", "UPDATE conversation SET status = 'live'"),
    ("I6", "UPDATE voice SET conversation_id = 5 WHERE conversation_id = :hers"),
    ("I3", "DELETE FROM attachment"),
    ("I10", "UPDATE attachment SET seq = 40"),
    (
        "I10",
        (
            "UPDATE conversation SET state = (SELECT state FROM conversation WHERE id = :other)"
            " WHERE id = :hers"
        ),
    ),
    ("I10", "UPDATE conversation SET address = state WHERE id = :hers"),
    (
        "I10",
        (
            "UPDATE transcript SET body = (SELECT body FROM transcript"
            " WHERE conversation_id = :hers AND seq = 1) WHERE conversation_id = :hers AND seq = 3"
        ),
    ),
    (
        "I10",
        (
            "UPDATE outbox SET platform_ids = (SELECT platform_ids FROM outbox"
            " WHERE conversation_id = :other) WHERE conversation_id = :hers"
        ),
    ),
    (
        "I10",
        (
            "UPDATE voice SET address = (SELECT address FROM voice WHERE conversation_id = :other)"
            " WHERE conversation_id = :hers"
        ),
    ),
    ("I6", "UPDATE voice SET channel = 'kakao' WHERE conversation_id = :hers"),
    ("I10", "UPDATE application SET id = :other"),
    ("I10", "UPDATE preference SET name = 'another'"),
    ("I10", "UPDATE timer SET id = 5"),
    ("I10", "UPDATE desk_task SET id = 5"),
    ("I10", "UPDATE desk_draft SET staff_id = 5"),
    ("I10", "UPDATE desk_grant SET staff_id = 5"),
    ("I10", "UPDATE second_factor SET staff_id = 5"),
    ("I10", "UPDATE audit SET staff_id = 2 WHERE number = 1"),
    ("I10", "DELETE FROM audit WHERE number = 1"),
    ("I12", "UPDATE conversation SET parted = 1 WHERE id = :hers"),
    ("I12", "UPDATE conversation SET parted = 2 WHERE id = :hers"),
)
"""What is broken, and by what."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "AGAIN_SECONDS", 0)


@pytest.fixture
async def numbers(place: Place, clock: Clock) -> tuple[int, int]:
    """A store that is full and closed: her conversation and another's."""
    database = await place.open(clock)
    numbers = await fill(database)
    await database.close()
    return numbers


def _found(place: Place, patience: Patience = PATIENT) -> list[Finding]:
    return verify(place.url, place.keys_url, place.master, place.files, patience)


def _run(engine: Engine, statement: str, numbers: tuple[int, int]) -> None:
    with engine.begin() as connection:
        wanted = {
            name: number
            for name, number in zip(("hers", "other"), numbers, strict=True)
            if f":{name}" in statement
        }
        connection.execute(text(statement), wanted)


def _copied(engine: Engine) -> dict[Table, list[Any]]:
    with engine.connect() as connection:
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name != "staff"]
        return {table: [*connection.execute(select(table)).mappings()] for table in tables}


def _put_back(engine: Engine, sound: dict[Table, list[Any]]) -> None:
    with engine.begin() as connection:
        for table, rows in sound.items():
            connection.execute(table.delete())
            if rows:
                connection.execute(table.insert(), rows)


@pytest.mark.usefixtures("numbers")
def test_nothing_is_found_on_a_sound_store(place: Place) -> None:
    assert _found(place) == []


def test_each_planted_fault_is_found(place: Place, numbers: tuple[int, int]) -> None:
    engine = create_engine(parsed(place.url))
    sound = _copied(engine)

    keys = KeyStore(place.keys_url, place.master)
    missed = []
    for invariant, statement in FAULTS:
        _run(engine, statement, numbers)
        found = verifying.look(engine, (keys, place.files, NOON, PATIENT))
        if invariant not in {finding.invariant for finding in found}:
            missed.append((statement, found))
        _put_back(engine, sound)
    keys.close()
    engine.dispose()

    assert missed == []
    assert _found(place) == []


@pytest.mark.usefixtures("numbers")
def test_a_file_that_is_missing_altered_or_strange_is_found(place: Place) -> None:
    (kept,) = place.files.iterdir()
    content = kept.read_bytes()

    kept.unlink()
    assert [finding.what for finding in _found(place)] == ["a file is missing"]
    kept.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert [finding.invariant for finding in _found(place)] == ["I3"]
    kept.write_bytes(content[: 1 << 20])
    assert [finding.invariant for finding in _found(place)] == ["I3"]
    kept.write_bytes(content)
    (place.files / "stray").touch()
    assert [finding.what for finding in _found(place)] == ["belongs to no row"]


def test_a_missing_key_is_found(place: Place, numbers: tuple[int, int]) -> None:
    keys = KeyStore(place.keys_url, place.master)
    keys.shred(numbers[:1])
    keys.close()

    assert {finding.what for finding in _found(place)} >= {"is alive without a key"}


async def test_a_page_of_the_file_that_was_overwritten_is_found(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "gyeot.db"
    place = place_at(f"sqlite:///{path}", tmp_path)
    database = await place.open(clock)
    await fill(database)
    await database.close()

    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 8] = b"\xff" * 8
    path.write_bytes(content)

    assert "I10" in {finding.invariant for finding in _found(place)}


@pytest.mark.usefixtures("numbers")
def test_another_master_key_is_refused(place: Place, tmp_path: Path) -> None:
    another = MasterKey.create(tmp_path / "another.key")

    with pytest.raises(MissingKeyError):
        verify(place.url, place.keys_url, another, place.files)


async def test_nothing_is_found_while_the_store_is_in_use(place: Place, clock: Clock) -> None:
    database = await place.open(clock)
    await fill(database)

    found = _found(place)

    await database.close()
    assert found == []
