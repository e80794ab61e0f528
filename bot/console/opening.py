"""Which conversations somebody may open, and finding them."""

from bot.console import shapes
from bot.console.gate import Caller
from bot.console.tools import Tools
from flows.answers import NotUnderstood, read_code
from flows.texts import fold
from storage import conversations, grants, transcripts
from storage.conversation import Conversation
from storage.errors import GoneError
from storage.page import Page

SEARCHED = 100
"""How many of one's own conversations are read for words."""
RECENT_MS = 2 * 60 * 60 * 1000
CALLED = frozenset({"waiting", "live"})


async def may_open(tools: Tools, caller: Caller, conversation: Conversation) -> bool:
    """Say whether somebody may read a conversation.

    Supervisors may; counselors what waits or goes on or was spoken lately, what they held
    themselves, and what they gave a reason for within the hour.
    """
    lately = tools.database.clock() - conversation.changed_at <= RECENT_MS
    if caller.role == "supervisor" or conversation.status in CALLED or lately:
        return True
    number, staff_id = conversation.id, caller.staff_id
    return await grants.held(tools.database, number, staff_id) or await grants.has(
        tools.database, number, staff_id
    )


async def barred_to(tools: Tools, caller: Caller) -> set[int]:
    """Return the conversations that somebody must not know."""
    return await tools.live.barred(caller.staff_id)


async def matching(tools: Tools, query: str, own: list[int]) -> dict[int, list[int]]:
    """Return the conversations that match, each with the entries that hold the words."""
    found: dict[int, list[int]] = {}
    owner = await _by_receipt(tools, query)
    if owner is not None:
        found[owner] = []
    for row in tools.board.snapshot():
        if query in row["handle"]:
            found[int(row["id"])] = []
    words = fold(query)
    for one in await conversations.some(tools.database, own[:SEARCHED]):
        if query in shapes.handle(one.id):
            found.setdefault(one.id, [])
        if words and not one.parted and one.sealer is not None:
            seqs = await _said_in(tools, one.id, words)
            if seqs:
                found[one.id] = seqs
    return found


async def _by_receipt(tools: Tools, query: str) -> int | None:
    try:
        code = read_code(query)
    except NotUnderstood:
        return None

    def job(page: Page) -> int | None:
        application = page.find_receipt(code)
        return application.conversation_id if application else None

    return await tools.database.turn(None, job)


async def _said_in(tools: Tools, number: int, words: str) -> list[int]:
    try:
        reading = await transcripts.read(tools.database, number)
    except GoneError:
        return []
    return [one.seq for one in reading.entries if words in fold(one.entry.text)][-5:]
