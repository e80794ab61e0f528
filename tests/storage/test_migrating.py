"""The tables that migrations make are the tables that we use."""

import pytest
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from storage import migrating
from storage.connection import parsed
from storage.errors import OutdatedError


def test_the_newest_migration_is_the_one_we_expect() -> None:
    assert migrating.newest() == migrating.HEAD


def test_migrations_make_the_tables_that_we_use(database_url: str) -> None:
    said = migrating.migrate(database_url, database_url)

    assert "nothing to 0010" in said
    assert migrating.check(database_url) == []
    assert "up to date" in migrating.migrate(database_url, database_url)


def test_an_empty_database_is_made_ready_at_once(database_url: str) -> None:
    migrating.ready(database_url)
    migrating.ready(database_url)

    assert migrating.check(database_url) == []
    assert "up to date" in migrating.migrate(database_url, database_url)


def test_an_older_database_is_refused_until_it_is_migrated(database_url: str) -> None:
    migrating.migrate(database_url, database_url)
    engine = create_engine(parsed(database_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        for name in ("timer", "sign_in", "staff", "audit"):
            SQLModel.metadata.tables[name].drop(connection)
    engine.dispose()

    with pytest.raises(OutdatedError, match="gyeot migrate"):
        migrating.ready(database_url)


def test_tables_of_an_unknown_version_are_refused(database_url: str) -> None:
    engine = create_engine(parsed(database_url))
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
    engine.dispose()

    with pytest.raises(OutdatedError, match="no known version"):
        migrating.ready(database_url)
