"""Connections to PostgreSQL; only those who use it import its driver."""

from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format
from sqlalchemy import URL

from storage.lists import ARRAYS

ERRORS = (psycopg.Error,)
CONFLICTS = (
    psycopg.errors.UniqueViolation,
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
)
SETTINGS = (
    "-c synchronous_commit=on -c statement_timeout=10000"
    " -c idle_in_transaction_session_timeout=60000"
)


def connect(url: URL) -> "psycopg.Connection[tuple[Any, ...]]":
    """Return a connection that takes whole columns as values."""
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    raw = psycopg.connect(
        plain,
        options=SETTINGS,
        connect_timeout=5,
        keepalives_idle=10,
        tcp_user_timeout=10_000,
    )
    for carrier, number in ARRAYS.items():
        dumper = type(f"{carrier.__name__}Dumper", (_AsIs,), {"oid": number})
        raw.adapters.register_dumper(carrier, dumper)
    return raw


class _AsIs(Dumper):
    format = Format.BINARY

    def dump(self, obj: Any) -> Buffer | None:  # noqa: ANN401  # as the driver calls it
        return bytes(obj)
