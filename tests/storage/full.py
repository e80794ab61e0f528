"""A store in which something of everything is, with words that must be found nowhere."""

from flows.messages import Attachment
from storage import attachments, audit, factors, grants, outbox, staff, tasks, unsent
from storage.database import Database
from storage.entries import Entry, Person
from storage.page import Page
from storage.tasks import Task
from tests.storage.places import HER, NOON, START

CANARIES = (
    "canary-text",
    "canary-answer",
    "canary-address",
    "canary-receipt",
    "canary-field",
    "canary-word",
    "canary-wish",
    "canary-timer",
    "canary-name",
    "canary-bytes",
    "canary-platform",
    "canary-token",
    "canary-task",
    "canary-draft",
    "canary-reason",
)
SAID = {"why": "canary-task"}
OTHER = Person("telegram", "canary-address")


async def fill(database: Database) -> tuple[int, int]:
    """Fill a store; returns her conversation, and another's."""
    hers = await database.turn(HER, _everything)
    other = await database.turn(OTHER, _everything_of_another)
    (wanted,) = await attachments.claim(database, 10, 30)
    await attachments.keep(database, wanted, b"canary-bytes" * 200_000, "image/png")
    for due in await outbox.claim(database, "telegram", 10, 30):
        await outbox.settle(database, [due.sent("canary-platform")])
    await audit.record(database, hers, 1, "read", "desk")
    await audit.record(database, other, 1, "read", "desk")
    newcomer = staff.Newcomer("minji", "counselor", "a long pass phrase", "별")
    worker = await staff.add(database, newcomer)
    await tasks.add(database, Task(hers, "silent", "counselor", NOON, NOON, body=SAID))
    await unsent.keep(database, hers, worker.id, "canary-draft")
    await grants.give(database, hers, worker.id, "canary-reason")
    await factors.begin(database, worker.id)
    return hers, other


def _everything(page: Page) -> int:
    page.seen("telegram", "1")
    conversation = page.begin(1, START)
    photo = Attachment("photo", "file-id", "canary-name.png", "image/png")
    page.add(Entry("person", text="canary-text", platform_id="canary-platform"))
    page.attach(page.add(Entry("person", "files", attachments=(photo,))), 0, photo)
    page.add(Entry("bot", text="canary-answer"), deliver="ready")
    page.keep_word("code_word", "canary-word")
    page.submit({"name": "canary-field"}, "canary-receipt", 1, "submitted")
    page.remember("contact", "canary-wish")
    page.timer("check_in", NOON * 2, {"text": "canary-timer"})
    page.make_link("web", "canary-token", 60_000)
    page.move_position("telegram", 77)
    return conversation.id


def _everything_of_another(page: Page) -> int:
    page.seen("telegram", "2")
    conversation = page.begin(1, START)
    page.add(Entry("person", text="canary-text of another"))
    page.add(Entry("bot", text="canary-answer to another"), deliver="ready")
    return conversation.id
