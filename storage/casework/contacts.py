"""Doors beside the chat: a caller of 1366, a referral by the police; not each becomes a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from os import urandom
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage import applications, words
from storage.casework.case_files import cleaned
from storage.casework.sealed import Body, opened_or_none, sealed
from storage.casework.tables import ContactRow
from storage.records import ApplicationRow, SecretRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact, opened."""

    id: int
    door: str
    application_id: int | None
    case_id: int | None
    staff_id: int
    at: int
    body: Body


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted of a contact, and the application if she consented to one.

    Attributes:
        receipt: The code she is given; empty when no application is made.
        word: Her code word; with it she can ask in the chat how far it is.
    """

    door: str
    staff_id: int
    body: Body
    fields: Mapping[str, Any]
    version: int
    receipt: str = ""
    word: str = ""


async def note(database: "Database", noted: Noted) -> tuple[int, int | None]:
    """Keep a contact, and its application; returns their ids."""

    def job(session: Session) -> tuple[int, int | None]:
        number, _ = database.keys.spare()
        application = database.keys.spare()[0] if noted.receipt else None
        session.add(
            ContactRow(
                id=number,
                door=noted.door,
                application_id=application,
                case_id=None,
                staff_id=noted.staff_id,
                at=moment(database.clock()),
                body=sealed(database.keys, number, "contact", cleaned(noted.body)),
            )
        )
        if application is not None:
            session.add(_application(database, application, noted))
            if noted.word:
                session.add(_secret(database, application, noted.word))
        return number, application

    return await database.write(job)


async def everything(database: "Database", staff_id: int | None = None) -> list[Contact]:
    """Return contacts that became no case, the newest first; of all staff, or of one."""
    wanted = select(ContactRow).where(col(ContactRow.case_id).is_(None))
    if staff_id is not None:
        wanted = wanted.where(ContactRow.staff_id == staff_id)
    newest = wanted.order_by(col(ContactRow.at).desc()).limit(200)
    rows = await database.read(lambda session: session.exec(newest).all())
    return [_contact(database, row) for row in rows]


def _contact(database: "Database", row: ContactRow) -> Contact:
    body = opened_or_none(database.keys, row.id, "contact", row.body)
    return Contact(
        id=row.id,
        door=row.door,
        application_id=row.application_id,
        case_id=row.case_id,
        staff_id=row.staff_id,
        at=milliseconds(row.at),
        body=body or {},
    )


def _application(database: "Database", number: int, noted: Noted) -> ApplicationRow:
    """Return the same application as the chat's; without a conversation it is its own."""
    body = orjson.dumps({"receipt": noted.receipt, "fields": dict(noted.fields)})
    return ApplicationRow(
        id=number,
        conversation_id=number,
        receipt=applications.hashed(database.keys, noted.receipt),
        status="received",
        version=noted.version,
        body=database.keys.sealer(number).seal(applications.place(number), body),
        submitted_at=moment(database.clock()),
    )


def _secret(database: "Database", number: int, word: str) -> SecretRow:
    salt = urandom(words.SALT_BYTES)
    return SecretRow(
        conversation_id=number,
        kind="code_word",
        salt=salt,
        verifier=database.keys.verifier(salt, words.normal(word)),
        at=moment(database.clock()),
    )
