"""Who holds a conversation, and how a counselor's act becomes a turn."""

from dataclasses import dataclass

from bot.turns import apply, play
from bot.versions import Versions
from flows.events import Event
from storage.conversation import Conversation
from storage.database import Database
from storage.entries import Entry
from storage.page import Page


class Taken(Exception):  # it is an answer to the desk, not a fault
    """Another counselor was faster; `staff_id` names the winner."""

    def __init__(self, staff_id: int | None) -> None:
        """Keep the winner."""
        super().__init__("taken")
        self.staff_id = staff_id


class NotYours(Exception):  # likewise
    """The conversation is not held by this counselor, or is gone."""


class Stale(Exception):  # likewise
    """The conversation has changed hands since the page that asks was drawn."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Whose act it is, and what her page believes.

    Attributes:
        epoch: The epoch that the page showed; None asks for no comparison.
    """

    staff_id: int
    pseudonym: str = ""
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What all acts of counselors share."""

    database: Database
    versions: Versions

    def event(self, page: Page, conversation: Conversation, event: Event) -> Conversation:
        """Let the engine take an event of a counselor, and write what it led to."""
        flow = self.versions.lead(conversation)
        apply(page, conversation, play(page, flow, conversation, event))
        if not conversation.parted:
            page.save()
        return conversation


def existing(page: Page) -> Conversation:
    """Return the conversation of a turn. Raises `NotYours` when there is none any more."""
    conversation = page.conversation()
    if conversation is None or conversation.parted:
        raise NotYours
    return conversation


def held(page: Page, hold: Hold) -> Conversation:
    """Return the conversation that this counselor holds.

    Raises:
        NotYours: she does not hold it, or took it anew since her page was drawn.
    """
    conversation = existing(page)
    if conversation.status != "live" or conversation.staff_id != hold.staff_id:
        raise NotYours
    if hold.epoch is not None and hold.epoch != conversation.epoch:
        raise NotYours
    return conversation


def note(page: Page, text: str, *, kind: str = "note", by: Hold | None = None) -> int:
    """Write a line that only staff see: `note` of the house, `internal` or `whisper` of staff."""
    sender, staff_id = (by.pseudonym, by.staff_id) if by else (None, None)
    return page.add(Entry(author="system", kind=kind, text=text, sender=sender, staff_id=staff_id))
