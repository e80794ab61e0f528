"""Drafts of the scripts: every revision of every file is kept, and nobody overwrites another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.errors import StorageError
from storage.studio_tables import DraftFileRow, DraftRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database

OPEN, PROPOSED, DONE = "open", "proposed", "done"


class NoDraftError(StorageError):
    """There is no such draft, or it is not open any more."""


class StaleError(StorageError):
    """Somebody saved before; `revision` is hers, `author` her name."""

    def __init__(self, revision: int, author: str) -> None:
        """Keep who was first."""
        super().__init__("somebody saved before")
        self.revision = revision
        self.author = author


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft; `at` and `changed_at` are milliseconds since 1970."""

    id: int
    title: str
    base: int
    revision: int
    status: str
    version: int | None
    author: str
    changed_by: str
    at: int
    changed_at: int


@dataclass(frozen=True, slots=True)
class Saving:
    """What somebody saves: the files that change, and the revision that she saw."""

    draft: int
    revision: int
    files: Mapping[str, str]
    author: str


async def begin(
    database: "Database", title: str, base: int, files: Mapping[str, str], author: str
) -> Draft:
    """Begin a draft with the files of a version."""
    now = moment(database.clock())

    def job(session: Session) -> Draft:
        row = DraftRow(
            title=title, base=base, revision=1, status=OPEN, version=None, author=author,
            changed_by=author, at=now, changed_at=now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for name, text in files.items():
            session.add(
                DraftFileRow(
                    draft_id=row.id or 0, name=name, revision=1, text=text, author=author, at=now
                )
            )
        return _draft(row)

    return await database.write(job)


async def save(database: "Database", saving: Saving) -> Draft:
    """Keep changed files as the next revision.

    Raises:
        NoDraftError: it is gone or not open.
        StaleError: somebody else saved since; nothing was kept.
    """
    now = moment(database.clock())

    def job(session: Session) -> Draft:
        held = select(DraftRow).where(DraftRow.id == saving.draft).with_for_update()
        row = session.exec(held).first()
        if row is None or row.status != OPEN:
            raise NoDraftError("this draft is not open")
        if row.revision != saving.revision:
            raise StaleError(row.revision, row.changed_by)
        row.revision += 1
        row.changed_by, row.changed_at = saving.author, now
        for name, text in saving.files.items():
            session.add(
                DraftFileRow(
                    draft_id=saving.draft,
                    name=name,
                    revision=row.revision,
                    text=text,
                    author=saving.author,
                    at=now,
                )
            )
        return _draft(row)

    return await database.write(job)


async def settle(database: "Database", number: int, status: str, version: int | None) -> None:
    """Propose a draft, open it again, or put it away."""

    def job(session: Session) -> None:
        row = session.get(DraftRow, number)
        if row is None:
            raise NoDraftError("there is no such draft")
        row.status, row.version = status, version

    await database.write(job)


async def settle_version(database: "Database", version: int, status: str) -> None:
    """Open the draft of a version again after it was refused, or put it away once it is live."""

    def job(session: Session) -> None:
        proposed = select(DraftRow).where(DraftRow.version == version, DraftRow.status == PROPOSED)
        for row in session.exec(proposed):
            row.status = status

    await database.write(job)


async def find(database: "Database", number: int) -> Draft | None:
    """Return a draft by its number."""
    row = await database.read(lambda session: session.get(DraftRow, number))
    return _draft(row) if row else None


async def unfinished(database: "Database") -> list[Draft]:
    """Return the drafts that are open or proposed, the newest first."""
    wanted = select(DraftRow).where(col(DraftRow.status) != DONE)
    newest = wanted.order_by(col(DraftRow.id).desc())
    rows = await database.read(lambda session: session.exec(newest).all())
    return [_draft(row) for row in rows]


async def files(database: "Database", number: int, revision: int | None = None) -> dict[str, str]:
    """Return the files of a draft as they were at a revision, the last if None."""
    wanted = select(DraftFileRow).where(DraftFileRow.draft_id == number)
    if revision is not None:
        wanted = wanted.where(DraftFileRow.revision <= revision)
    in_order = wanted.order_by(col(DraftFileRow.revision))
    rows = await database.read(lambda session: session.exec(in_order).all())
    return {row.name: row.text for row in rows if row.text} if rows else {}


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id or 0, title=row.title, base=row.base, revision=row.revision, status=row.status,
        version=row.version, author=row.author, changed_by=row.changed_by,
        at=milliseconds(row.at), changed_at=milliseconds(row.changed_at),
    )  # fmt: skip
