"""The five hundred words again: PostgreSQL's data files, its log of changes, other talks."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.bot.safe_rooms import Room, open_room
from tests.bot.test_canaries import KINDS, PEOPLE, _content, _files, _forms, lives_through, made
from tests.servers.postgresql import PostgresServer, fresh_database

pytestmark = pytest.mark.faults


async def test_nothing_of_them_is_found_in_what_postgresql_writes(tmp_path: Path) -> None:
    people = [made(person) for person in range(PEOPLE)]
    known = "an-address-that-must-be-found"
    with PostgresServer() as server, fresh_database(server.url) as url:
        async with open_room(tmp_path, url) as room:
            for person, words in enumerate(people):
                await lives_through(room, person, words)
            reached = [await _reached(room, f"her{person}") for person in range(PEOPLE)]
        _flushed(url, known)
        sinks = [_content(path) for path in _files(server.folder)]

    found = [
        word
        for words in people
        for word in words.values()
        for form in _forms(word)
        if any(form in sink for sink in sinks)
    ]
    crossed = [
        word
        for person, texts in enumerate(reached)
        for other, words in enumerate(people)
        for word in words.values()
        if other != person and any(word in text for text in texts)
    ]

    assert any(known.encode() in sink for sink in sinks)  # the search would find something
    assert len(people) * len(KINDS) == 500
    assert found == []
    assert crossed == []


async def _reached(room: Room, address: str) -> list[str]:
    """Return everything that stands in somebody's talk, said or on its way."""
    return [one.entry.text for one in await room.written(address)]


def _flushed(url: str, known: str) -> None:
    """Write everything to the files, and something that the search must find."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as raw:
        raw.execute("CREATE TABLE known (word text)")
        raw.execute("INSERT INTO known VALUES (%s)", [known])
        raw.execute("CHECKPOINT")
