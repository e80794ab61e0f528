"""Where a store under test lives, and what is said in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows.engine import State
from storage.database import Database
from storage.entries import Entry, Person
from storage.master import MasterKey
from storage.page import Page

NOON = 1_795_564_800_000
START = State(step="opening/hello")
HER = Person("telegram", "address-of-her")


class Clock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


@dataclass(frozen=True, slots=True)
class Place:
    """The two databases, the master key and the files of one store."""

    url: str
    keys_url: str
    master: MasterKey
    files: Path

    async def open(self, clock: Callable[[], int]) -> Database:
        return await Database.open(self.url, self.keys_url, self.master, self.files, clock)


def place_at(url: str, folder: Path) -> Place:
    """Return a new place: keys beside SQLite's file, or in their own schema of PostgreSQL."""
    keys_url = f"sqlite:///{folder}/keys.db" if url.startswith("sqlite") else url
    return Place(url, keys_url, MasterKey.create(folder / "master.key"), folder / "files")


def says(text: str, *answers: str, deliver: str = "ready") -> Callable[[Page], int]:
    """Return a job: she says this, the bot answers; it returns the conversation's id."""

    def job(page: Page) -> int:
        conversation = page.conversation() or page.begin(1, START)
        page.add(Entry("person", text=text))
        for answer in answers:
            page.add(Entry("bot", text=answer), deliver=deliver)
        return conversation.id

    return job


def bot_says(text: str, deliver: str = "ready") -> Callable[[Page], int]:
    """Return a job: the bot says this in a conversation that is; it returns the number."""
    return lambda page: page.add(Entry("bot", text=text), deliver=deliver)
