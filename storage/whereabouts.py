"""Where the conversations of a version stand, for counting: no words, no address, no answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from sqlmodel import Session, col, select

from flows.engine import State
from storage.conversation import place
from storage.errors import SealError
from storage.tables import ConversationRow
from storage.types import milliseconds

if TYPE_CHECKING:
    from storage.database import Database

AT_ONCE = 500
MOST = 20_000
"""So many of the newest conversations are counted."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one conversation stands; nothing in it says whose it is.

    Attributes:
        passed: The steps she answered before this one, as far as the conversation remembers.
    """

    version: int
    status: str
    step: str
    resume: str | None
    passed: tuple[str, ...]
    changed_at: int


async def of_version(database: "Database", version: int | None = None) -> list[Whereabouts]:
    """Return where conversations stand, of one version or of all, at most `MOST`."""
    wanted = select(ConversationRow).where(col(ConversationRow.parted) == 0)
    if version is not None:
        wanted = wanted.where(ConversationRow.version == version)
    newest = wanted.order_by(col(ConversationRow.hour).desc()).limit(MOST)

    def job(session: Session) -> list[Whereabouts]:
        return list(_opened(database, list(session.exec(newest).all())))

    return await database.read(job)


def _opened(database: "Database", rows: list[ConversationRow]) -> Iterator[Whereabouts]:
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        sealers = database.keys.sealers([row.id for row in some])
        for row in some:
            sealer = sealers.get(row.id)
            if sealer is None or row.state is None:
                continue
            try:
                body = sealer.open(place(row.id, "state"), row.state)
            except SealError:
                continue  # `verify` tells of it; a count need not
            state = State.unpack(orjson.loads(body))
            yield Whereabouts(
                version=row.version,
                status=row.status,
                step=state.step,
                resume=state.resume,
                passed=tuple(mark.partition("|")[0] for mark in state.trail),
                changed_at=milliseconds(row.changed_at),
            )
