"""What she applied for: sealed with a key of its own, found by the hash of its receipt code."""

from dataclasses import dataclass
from typing import Any

import orjson

from storage.batch import Batch, Draft
from storage.connection import Row
from storage.keys import KeyStore


@dataclass(frozen=True, slots=True)
class Application:
    """One application, opened.

    Attributes:
        version: The number of the flow version it was made with.
        receipt: The code she was given.
        submitted_at: Milliseconds since 1970.
    """

    id: int
    conversation_id: int
    status: str
    version: int
    receipt: str
    fields: dict[str, Any]
    submitted_at: int


def submit_in(batch: Batch, draft: Draft, application: Application) -> None:
    """Write an application within a turn; what had its receipt code before is replaced.

    The given id is not used.
    """
    body = orjson.dumps({"receipt": application.receipt, "fields": application.fields})
    status, version, at = application.status, application.version, application.submitted_at
    if known := batch.query(
        batch.sql.records.application_by, (hashed(batch.keys, application.receipt),)
    ):
        number = known[0][0]
        sealed = batch.keys.sealers([number])[number].seal(place(number), body)
        draft.write(batch.sql.records.update_application, (status, version, sealed, at, number))
        return
    number, sealer = batch.keys.spare()
    draft.write(
        batch.sql.records.insert_application,
        (
            number,
            application.conversation_id,
            hashed(batch.keys, application.receipt),
            application.status,
            application.version,
            sealer.seal(place(number), body),
            application.submitted_at,
        ),
    )


def newest_in(batch: Batch, conversation_id: int) -> Application | None:
    """Return the newest application of a conversation."""
    rows = batch.query(batch.sql.records.application_of, (conversation_id,))
    return opened(batch.keys, max(rows, key=lambda row: (row[-1], row[0]))) if rows else None


def find_in(batch: Batch, receipt: str) -> Application | None:
    """Return the application with this receipt code."""
    rows = batch.query(batch.sql.records.application_by, (hashed(batch.keys, receipt),))
    return opened(batch.keys, rows[0]) if rows else None


def progress_in(batch: Batch, application_id: int) -> list[tuple[str, str]]:
    """Return the service and the status of each referral that an application led to."""
    rows = batch.query(batch.sql.records.progress_of, (application_id,))
    return [(service, status) for service, status in rows]


def hashed(keys: KeyStore, receipt: str) -> bytes:
    """Return the hash by which a receipt code is found, however it was typed."""
    return keys.hash("receipt", "".join(filter(str.isalnum, receipt)).upper())


def place(number: int) -> str:
    """Return where the body of an application stands."""
    return f"application|body|{number}|0"


def opened(keys: KeyStore, row: Row) -> Application:
    """Return the application that a row holds."""
    number, conversation_id, _, status, version, sealed, submitted_at = row
    body = orjson.loads(keys.sealer(number).open(place(number), sealed))
    return Application(
        number, conversation_id, status, version, body["receipt"], body["fields"], submitted_at
    )
