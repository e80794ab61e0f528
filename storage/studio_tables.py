"""The tables of the studio: drafts, who published what, saved dialogues, and what leads on."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.types import COUNTER, Instant


class DraftRow(SQLModel, table=True):
    """One change of the scripts that somebody works on."""

    __tablename__ = "draft"

    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTER)
    title: str
    base: int
    """The version from which it began."""
    revision: int
    """Counts every change; who saves names the one that she saw."""
    status: str = Field(index=True)
    """`open`, `proposed` or `done`."""
    version: int | None
    """The version that it became."""
    author: str
    changed_by: str
    at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)


class DraftFileRow(SQLModel, table=True):
    """One file of a draft as it was from one revision on."""

    __tablename__ = "draft_file"

    draft_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    author: str
    at: datetime = Field(sa_type=Instant)


class PublicationRow(SQLModel, table=True):
    """One act on a version: proposed, published, withdrawn, rolled back; never changed."""

    __tablename__ = "publication"

    id: int | None = Field(default=None, primary_key=True, sa_type=COUNTER)
    version: int = Field(index=True)
    act: str
    author: str
    reason: str
    at: datetime = Field(sa_type=Instant)


class MoveRow(SQLModel, table=True):
    """Conversations of one version go on under another at their next message."""

    __tablename__ = "flow_move"

    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    goal: int
    steps: str
    """JSON: the old step to the new one, for those whose name changed."""
    author: str
    at: datetime = Field(sa_type=Instant)


class SavedDialogueRow(SQLModel, table=True):
    """A conversation that must go as it is written, replayed before every publication."""

    __tablename__ = "saved_dialogue"

    name: str = Field(primary_key=True)
    text: str
    author: str
    at: datetime = Field(sa_type=Instant)
