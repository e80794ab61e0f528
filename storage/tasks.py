"""What counselors and supervisors must look after; a silence is one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import urandom
from typing import TYPE_CHECKING, Any

import orjson
from sqlmodel import Session, col, select

from storage.desk_tables import TaskRow
from storage.errors import GoneError, SealError
from storage.sealing import Sealer

if TYPE_CHECKING:
    from storage.database import Database

OPEN, DONE = "open", "done"
MOST = 200


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look after.

    Attributes:
        kind: `blocked`, `exit`, `silent`, `returned`, `lower`, `quieted`, `break-glass`,
            `unreadable`, `conflict` or `call back`.
        role: Who is told: `counselor` or `supervisor`.
        at: When it came up, in milliseconds.
        due: When it should be done.
        body: Details; `did` is what was done.
    """

    conversation_id: int
    kind: str
    role: str
    at: int
    due: int
    id: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)


async def add(database: "Database", task: Task) -> bool:
    """Note a task; False when the same one is open already, or the conversation is gone."""
    number = int.from_bytes(urandom(7))
    try:
        sealer = database.keys.sealer(task.conversation_id)
        body = sealer.seal(place(task.conversation_id, number), orjson.dumps(dict(task.body)))
    except (GoneError, SealError):
        return False

    def job(session: Session) -> bool:
        same = select(TaskRow.id).where(
            TaskRow.conversation_id == task.conversation_id,
            TaskRow.kind == task.kind,
            TaskRow.status == OPEN,
        )
        if session.exec(same).first() is not None:
            return False
        session.add(
            TaskRow(
                id=number,
                conversation_id=task.conversation_id,
                kind=task.kind,
                role=task.role,
                status=OPEN,
                at=task.at,
                due=task.due,
                done_by=None,
                done_at=None,
                body=body,
            )
        )
        return True

    return await database.write(job)


async def todo(database: "Database", roles: tuple[str, ...]) -> list[Task]:
    """Return the open tasks of these roles, the first due first."""
    wanted = select(TaskRow).where(TaskRow.status == OPEN, col(TaskRow.role).in_(roles))
    by_due = wanted.order_by(col(TaskRow.due)).limit(MOST)
    rows = await database.read(lambda session: session.exec(by_due).all())
    sealers = database.keys.sealers(list({row.conversation_id for row in rows}))
    opened = (_opened(sealers.get(row.conversation_id), row) for row in rows)
    return [task for task in opened if task is not None]


async def finish(
    database: "Database", number: int, staff_id: int, roles: tuple[str, ...], did: str
) -> Task | None:
    """Note that an open task of these roles is done, and how; None when there is none."""
    found = await database.read(lambda session: session.get(TaskRow, number))
    if found is None or found.status != OPEN or found.role not in roles:
        return None
    sealer = database.keys.sealers([found.conversation_id]).get(found.conversation_id)
    task = _opened(sealer, found)
    if task is None or sealer is None:
        return None
    body = orjson.dumps({**task.body, "did": did})
    sealed = sealer.seal(place(task.conversation_id, number), body)
    now = database.clock()

    def job(session: Session) -> bool:
        row = session.get(TaskRow, number, with_for_update=True)
        if row is None or row.status != OPEN:
            return False
        row.status, row.done_by, row.done_at, row.body = DONE, staff_id, now, sealed
        return True

    return task if await database.write(job) else None


async def settle(database: "Database", conversation_id: int, *kinds: str) -> None:
    """Note that open tasks of these kinds are done because she is heard of again."""

    def job(session: Session) -> None:
        mine = select(TaskRow).where(
            TaskRow.conversation_id == conversation_id,
            TaskRow.status == OPEN,
            col(TaskRow.kind).in_(kinds),
        )
        for row in session.exec(mine):
            row.status, row.done_at = DONE, database.clock()

    await database.write(job)


def place(conversation_id: int, number: int) -> str:
    """Return where the body of a task stands."""
    return f"desk_task|body|{conversation_id}|{number}"


def _opened(sealer: Sealer | None, row: TaskRow) -> Task | None:
    if sealer is None:
        return None
    try:
        body = orjson.loads(sealer.open(place(row.conversation_id, row.id), row.body))
    except SealError:
        return None
    return Task(row.conversation_id, row.kind, row.role, row.at, row.due, row.id, body)
