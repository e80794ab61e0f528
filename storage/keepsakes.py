"""Her own things: the log of what happens and her plan, sealed, numbered, never overwritten.

Each entry carries the digest of the one before it in its kind, so that what was changed or
taken out later shows. A correction is a new entry that names the one it replaces.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage.conversation import Conversation
from storage.errors import GoneError
from storage.keepsake_table import KeepsakeRow
from storage.page import Page
from storage.types import milliseconds

if TYPE_CHECKING:
    from storage.database import Database

FIRST = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Keepsake:
    """One entry, opened.

    Attributes:
        at: When it was written, in milliseconds since 1970.
        replaces: The number of the entry that it corrects or, without data, takes out.
        digest: Of this entry and all before it, as 64 hexadecimal digits.
    """

    number: int
    at: int
    data: dict[str, Any] | None
    replaces: int | None
    digest: str


def add_in(page: Page, kind: str, data: dict[str, Any] | None, replaces: int | None) -> Keepsake:
    """Add an entry within a turn; without data it takes out the one it replaces."""
    conversation = page.save()
    kept = read_in(page, kind)
    before = kept[-1].digest if kept else FIRST
    number = len(kept) + 1
    new = Keepsake(number, page.now, data, replaces, "")
    digest = link(before, new)
    body = orjson.dumps({"data": data, "replaces": replaces, "digest": digest})
    sealed = conversation.key().seal(place(conversation.id, kind, number), body)
    row = conversation.id, kind, number, page.now, sealed
    page.batch.change(page.batch.sql.records.insert_keepsake, [row])
    return Keepsake(number, page.now, data, replaces, digest)


def read_in(page: Page, kind: str) -> list[Keepsake]:
    """Return all entries of a kind, the oldest first."""
    conversation = page.save()
    rows = page.batch.query(page.batch.sql.records.keepsakes, (conversation.id, kind))
    return [_opened(conversation, kind, *row) for row in sorted(rows)]


async def exist(database: "Database", conversation_id: int) -> bool:
    """Say whether she keeps anything."""

    def job(session: Session) -> bool:
        rows = select(KeepsakeRow.number).where(
            col(KeepsakeRow.conversation_id) == conversation_id
        )
        return session.exec(rows).first() is not None

    return await database.read(job)


def link(before: str, entry: Keepsake) -> str:
    """Return the digest of an entry: anybody can compute it again from an export."""
    told = {"before": before, "number": entry.number, "at": entry.at, "data": entry.data}
    told["replaces"] = entry.replaces
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def unbroken(entries: list[Keepsake]) -> bool:
    """Say whether nothing was changed, moved or taken out since it was written."""
    before = FIRST
    for number, entry in enumerate(entries, 1):
        if entry.number != number or entry.digest != link(before, entry):
            return False
        before = entry.digest
    return True


def standing(entries: list[Keepsake]) -> list[Keepsake]:
    """Return the entries that stand: neither corrected nor taken out."""
    gone = {entry.replaces for entry in entries}
    return [one for one in entries if one.data is not None and one.number not in gone]


def place(conversation_id: int, kind: str, number: int) -> str:
    """Return where the body of an entry stands."""
    return f"keepsake|body|{conversation_id}|{kind}|{number}"


def _opened(
    conversation: Conversation, kind: str, number: int, at: int | datetime, body: bytes
) -> Keepsake:
    if conversation.sealer is None:
        raise GoneError("this conversation was erased")
    packed = orjson.loads(conversation.sealer.open(place(conversation.id, kind, number), body))
    when = milliseconds(at) if isinstance(at, datetime) else int(at)
    return Keepsake(number, when, packed["data"], packed["replaces"], packed["digest"])
