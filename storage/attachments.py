"""Files that came with messages: sealed in pieces on disk, each row with its file.

A row is `wanted` with its message; whoever fetches it claims it, and keeps or refuses it.
The file is on disk under its name before the row says that it is kept.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from struct import Struct
from typing import Any

import orjson
from sqlmodel import Session, col, select

from flows.messages import Attachment
from storage.announcing import Kept, packed, place
from storage.database import Database
from storage.errors import GoneError, SealError
from storage.sealing import Sealer
from storage.tables import AttachmentRow

PIECE = 1 << 20
PART = ".part"

_SIZE = Struct("!I")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is ours to fetch until the lease ends."""

    conversation_id: int
    seq: int
    n: int
    attachment: Attachment
    tries: int


async def claim(database: Database, limit: int, lease_s: float) -> list[Wanted]:
    """Claim files to be fetched, the longest wanted first."""
    now = database.clock()

    def job(session: Session) -> list[AttachmentRow]:
        due = select(AttachmentRow).where(
            col(AttachmentRow.status) == "wanted", col(AttachmentRow.due) <= now
        )
        due = due.order_by(col(AttachmentRow.due)).limit(limit)
        rows = list(session.exec(due.with_for_update(skip_locked=True)).all())
        for row in rows:
            row.due = now + round(lease_s * 1000)
            row.tries += 1
            session.add(row)
        return rows

    rows = await database.write(job)
    sealers = database.keys.sealers([row.conversation_id for row in rows])
    wanted = (_wanted(sealers.get(row.conversation_id), row) for row in rows)
    return [one for one in wanted if one is not None]


def _wanted(sealer: Sealer | None, row: AttachmentRow) -> Wanted | None:
    """Return what is to be fetched; None when it cannot be read: the others must not wait."""
    if sealer is None:
        return None
    try:
        attachment = _opened(sealer, row).attachment
    except SealError:
        return None
    return Wanted(row.conversation_id, row.seq, row.n, attachment, row.tries)


async def keep(database: Database, wanted: Wanted, content: bytes, mime: str) -> Kept:
    """Keep the bytes of a file whose true type is known.

    Raises:
        GoneError: the conversation was erased meanwhile.
    """
    sealer = database.keys.sealer(wanted.conversation_id)
    name = token_hex(16)
    attachment = replace(wanted.attachment, mime=mime, size=len(content), source="")
    digest = hashlib.sha256(content).hexdigest()
    kept = Kept(wanted.seq, wanted.n, "kept", attachment, digest)

    def job(session: Session) -> None:
        at = wanted.conversation_id, wanted.seq, wanted.n
        _write(database.files / name, sealer, _where(at), content)
        try:
            _settle(session, sealer, wanted.conversation_id, (kept, name))
            session.flush()
        except BaseException:
            (database.files / name).unlink()
            raise

    await database.write(job)
    database.changed({wanted.conversation_id})
    return kept


async def refuse(database: Database, wanted: Wanted, reason: str) -> None:
    """Say that a file is not kept, and why."""
    sealer = database.keys.sealer(wanted.conversation_id)
    kept = Kept(wanted.seq, wanted.n, "refused", wanted.attachment, reason=reason)
    await database.write(
        lambda session: _settle(session, sealer, wanted.conversation_id, (kept, None))
    )
    database.changed({wanted.conversation_id})


async def of(database: Database, conversation_id: int) -> list[Kept]:
    """Return what is known of a conversation's files."""
    sealer = database.keys.sealer(conversation_id)

    def job(session: Session) -> list[AttachmentRow]:
        mine = select(AttachmentRow).where(AttachmentRow.conversation_id == conversation_id)
        ordered = mine.order_by(col(AttachmentRow.seq), col(AttachmentRow.n))
        return list(session.exec(ordered))

    found = []
    for row in await database.read(job):
        with suppress(SealError):  # one that was altered must not hide the others
            found.append(_opened(sealer, row))
    return found


async def read(database: Database, conversation_id: int, seq: int, n: int) -> tuple[Kept, bytes]:
    """Return a file that is kept.

    Raises:
        GoneError: there is none.
        SealError: it is not what was kept.
    """
    sealer = database.keys.sealer(conversation_id)

    def job(session: Session) -> tuple[Kept, bytes]:
        row = session.get(AttachmentRow, (conversation_id, seq, n))
        if row is None or row.file is None:
            raise GoneError("there is no such file")
        at = conversation_id, seq, n
        return _opened(sealer, row), check(database.files / row.file, sealer, at, row.body)

    return await database.read(job)


async def sweep(database: Database) -> int:
    """Remove files that no row knows: of uploads that were killed. Returns how many."""

    def job(session: Session) -> int:
        found = [path for path in database.files.iterdir() if path.is_file()]
        known = set(session.exec(select(AttachmentRow.file)))
        stray = [path for path in found if path.name not in known]
        for path in stray:
            path.unlink(missing_ok=True)
        return len(stray)

    return await database.write(job)


def check(path: Path, sealer: Sealer, at: tuple[int, int, int], body: bytes) -> bytes:
    """Return the bytes of a file if they are what its row says was kept.

    Args:
        path: Where it lies.
        sealer: The key of its conversation.
        at: The conversation, the entry, and which file of it.
        body: What is kept of it in its row, sealed.

    Raises:
        SealError: it is not what was kept.
        GoneError: it is not there.
    """
    known = orjson.loads(sealer.open(place(*at), body))
    content = content_of(path, sealer, _where(at))
    if hashlib.sha256(content).hexdigest() != known[5]:
        raise SealError("a file is not what was kept")
    return content


def content_of(path: Path, sealer: Sealer, where: str) -> bytes:
    """Open all pieces of a file, in their order.

    Raises:
        SealError: a piece is missing, altered or in another place.
        GoneError: the file is not there.
    """
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        raise GoneError("a file is missing") from None
    pieces = list(_split(sealed))
    last = len(pieces) - 1
    opened = [
        sealer.open(f"{where}|{index}|{int(index == last)}", piece)
        for index, piece in enumerate(pieces)
    ]
    return b"".join(opened)


def _where(at: tuple[int, int, int]) -> str:
    return f"attachment|piece|{at[0]}|{at[1]}|{at[2]}"


def _write(path: Path, sealer: Sealer, where: str, content: bytes) -> None:
    """Have a sealed file on disk under its name, whole or not at all."""
    part = path.with_name(path.name + PART)
    starts = range(0, max(1, len(content)), PIECE)
    with part.open("xb") as file:
        for index, start in enumerate(starts):
            at = f"{where}|{index}|{int(index == len(starts) - 1)}"
            piece = sealer.seal(at, content[start : start + PIECE])
            file.write(_SIZE.pack(len(piece)) + piece)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _split(sealed: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(sealed):
        if at + _SIZE.size > len(sealed):
            raise SealError("a file ends in the middle")
        (size,) = _SIZE.unpack_from(sealed, at)
        at += _SIZE.size
        yield sealed[at : at + size]
        at += size


def _settle(
    session: Session, sealer: Sealer, conversation_id: int, settled: tuple[Kept, str | None]
) -> None:
    kept, name = settled
    row = session.get(AttachmentRow, (conversation_id, kept.seq, kept.n), with_for_update=True)
    if row is None:
        raise GoneError("the conversation was erased")
    row.status = kept.status
    row.file = name
    row.body = sealer.seal(place(conversation_id, kept.seq, kept.n), packed(kept))
    session.add(row)


def _opened(sealer: Sealer, row: AttachmentRow) -> Kept:
    body: list[Any] = orjson.loads(
        sealer.open(place(row.conversation_id, row.seq, row.n), row.body)
    )
    return Kept(row.seq, row.n, row.status, Attachment(*body[:5]), body[5], body[6])
