"""What admins keep beside the scripts: dialogues that must go as written."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from storage.studio_tables import SavedDialogueRow
from storage.types import milliseconds, moment

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class SavedDialogue:
    """One dialogue as text; `at` is milliseconds since 1970."""

    name: str
    text: str
    author: str
    at: int


async def keep_dialogue(database: "Database", name: str, text: str, author: str) -> None:
    """Keep a dialogue under its name; an empty text takes it away."""
    now = moment(database.clock())

    def job(session: Session) -> None:
        known = session.get(SavedDialogueRow, name)
        if known is not None:
            session.delete(known)
            session.flush()
        if text:
            session.add(SavedDialogueRow(name=name, text=text, author=author, at=now))

    await database.write(job)


async def dialogues(database: "Database") -> list[SavedDialogue]:
    """Return every saved dialogue by name."""
    wanted = select(SavedDialogueRow).order_by(col(SavedDialogueRow.name))
    rows = await database.read(lambda session: session.exec(wanted).all())
    return [SavedDialogue(row.name, row.text, row.author, milliseconds(row.at)) for row in rows]
