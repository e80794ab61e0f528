"""Doors: how a person comes from one device to another without anybody else coming too."""

from dataclasses import replace

from flows.answers import NotUnderstood, read_code
from storage import conversations, voices
from storage.database import Database
from storage.entries import Entry, Person
from storage.page import Page

JOINING = "joining"
URGENCY = 2


class Doors:
    """One-time links, and coming back by receipt code and code word."""

    def __init__(self, database: Database) -> None:
        """Open the doors of a database."""
        self._database = database

    async def enter(self, token: str, address: str) -> bool:
        """Use a one-time link; False when it is used, too old or unknown.

        Her web page goes on where the messenger stands, and sees only what comes after.
        """
        if await voices.place(self._database, "web", address) is not None:
            return False  # a link never joins two conversations
        number = await self._database.turn(None, lambda page: page.use_link("web", token))
        if number is None:
            return False
        return await self._join(number, address, frozenset(), "joined: web link")

    async def _join(self, number: int, address: str, flags: frozenset[str], note: str) -> bool:
        conversation = await conversations.find(self._database, number)
        if conversation is None or conversation.parted:
            return False
        since = conversation.seq

        def job(page: Page) -> bool:
            joined = page.join(number, since)
            if joined is None:
                return False
            kept = joined.state.flags - {"verified"} | flags
            joined.state = replace(joined.state, flags=kept)
            page.add(Entry(author="system", kind="note", text=note))
            return True

        return await self._database.turn(Person("web", address), job)

    async def knock(self, address: str, receipt: str, word: str) -> None:
        """Ask to come back from another device.

        Right, wrong and unknown look alike to the one who asks. When both are right, a
        counselor is asked to let her in.
        """
        try:
            code = read_code(receipt)
        except NotUnderstood:
            code = ""

        def check(page: Page) -> int | None:
            application = page.find_receipt(code)
            owner = application.conversation_id if application else None
            right = page.check_word("code_word", word, owner)
            return owner if right else None

        owner = await self._database.turn(None, check)
        if owner is not None:
            await self._database.turn(owner, lambda page: _knocked(page, address))

    async def admit(self, conversation_id: int, staff_id: int) -> bool:
        """Let in the device that knocked with the right code and word; False when none did."""

        def waiting(page: Page) -> str:
            conversation = page.conversation()
            address = conversation.state.memory.get(JOINING, "") if conversation else ""
            if conversation and address:
                memory = {k: v for k, v in conversation.state.memory.items() if k != JOINING}
                conversation.state = replace(conversation.state, memory=memory)
                page.audit(staff_id, "admit", "")
                page.save()
            return address

        address = await self._database.turn(conversation_id, waiting)
        if not address:
            return False

        known = frozenset({"verified"})
        return await self._join(conversation_id, address, known, "joined: code and word")


def _knocked(page: Page, address: str) -> None:
    conversation = page.conversation()
    if conversation is None or conversation.parted:
        return
    memory = {**conversation.state.memory, JOINING: address}
    because = conversation.state.because
    if "joining" not in because:
        because = (*because, "joining")
    conversation.state = replace(conversation.state, memory=memory, because=because)
    conversation.urgency = min(conversation.urgency, URGENCY)
    if conversation.status in {"bot", "closed"}:
        conversation.status = "waiting"
        conversation.waiting_since = page.now
    page.add(Entry(author="system", kind="note", text="knocked: code and word were right"))
