"""What the desk reads: the queue, the words with their delivery, the files."""

from functools import partial

import pytest
from sqlmodel import Session

from flows.messages import Attachment
from storage import attachments, conversations, outbox, transcripts, voices
from storage.attachments import PIECE, Wanted
from storage.database import Database
from storage.entries import Entry, Person
from storage.errors import GoneError, SealError
from storage.page import Page
from storage.tables import AttachmentRow
from tests.storage.places import HER, NOON, START, Clock, Place, bot_says, says

PHOTO = Attachment("photo", "file-id", "사진.jpg", "image/jpeg", 12)


async def _waits(database: Database, address: str, urgency: int, since: int) -> int:
    def job(page: Page) -> int:
        conversation = page.begin(1, START)
        conversation.status = "waiting"
        conversation.urgency = urgency
        conversation.waiting_since = since
        return conversation.id

    return await database.turn(Person("web", address), job)


async def test_the_most_urgent_who_waited_longest_comes_first(database: Database) -> None:
    third = await _waits(database, "c", 1, NOON + 1)
    second = await _waits(database, "b", 1, NOON)
    first = await _waits(database, "a", 0, NOON + 9)
    bot = await database.turn(HER, says("말"))

    queue = await conversations.queue(database)

    assert [conversation.id for conversation in queue] == [first, second, third]
    assert queue[0].state == START
    assert queue[0].address == "a"
    assert await conversations.count(database) == {"waiting": 3, "live": 0}
    assert [each.id for each in await conversations.recent(database)] == [bot]


async def test_what_changed_long_ago_is_not_recent(database: Database, clock: Clock) -> None:
    await database.turn(HER, says("말"))
    clock.now += 3 * 3_600_000
    later = await database.turn(Person("web", "b"), says("말"))

    assert [each.id for each in await conversations.recent(database)] == [later]
    assert await conversations.find(database, 17) is None


async def test_an_address_knows_its_place(database: Database) -> None:
    number = await database.turn(HER, says("말"))

    assert await voices.place(database, *HER[:2]) == (number, 0, "ko")
    assert await voices.place(database, "web", "nobody") is None


async def test_the_words_are_read_with_their_delivery(database: Database, clock: Clock) -> None:
    number = await database.turn(HER, says("말", "하나", "둘"))
    whole = await transcripts.read(database, number)

    assert [written.delivery for written in whole.entries] == [None, "ready", "ready"]
    assert [written.entry.text for written in whole.entries] == ["말", "하나", "둘"]
    assert (whole.seq, whole.at, whole.entries[0].at) == (3, NOON, NOON)

    clock.now += 1_000
    (due,) = await outbox.claim(database, "telegram", 10, 30)
    await outbox.settle(database, [due.sent("900", "901")])
    await database.turn(number, bot_says("셋"))
    new = await transcripts.read(database, number, whole.seq, NOON + 1)
    assert [written.seq for written in new.entries] == [4]
    (changed,) = new.changed
    assert (changed.seq, changed.delivery) == (2, "sent")
    assert changed.platform_ids == ("900", "901")
    one = await transcripts.one(database, number, 2)
    assert one == changed
    assert await transcripts.one(database, number, 9) is None


def _add(entry: Entry, page: Page) -> None:
    page.add(entry)


async def test_edits_are_versions_of_what_they_replace(database: Database) -> None:
    number = await database.turn(HER, says("처음"))
    for text in ("둘째", "셋째"):
        edit = Entry("person", "edit", text, edits=1)
        await database.turn(number, partial(_add, edit))

    versions = transcripts.versions((await transcripts.read(database, number)).entries)

    assert [written.entry.text for written in versions[1]] == ["둘째", "셋째"]


async def test_nobody_reads_what_is_not_there(database: Database) -> None:
    with pytest.raises(GoneError):
        await transcripts.read(database, 17)


async def _wanted(database: Database) -> Wanted:
    def job(page: Page) -> None:
        page.begin(1, START)
        page.attach(page.add(Entry("person", "files", attachments=(PHOTO,))), 0, PHOTO)

    await database.turn(HER, job)
    (wanted,) = await attachments.claim(database, 10, 30)
    return wanted


@pytest.mark.parametrize("size", [0, 12, PIECE, PIECE + 1, 3 * PIECE])
async def test_a_file_comes_back_as_it_was(database: Database, size: int) -> None:
    wanted = await _wanted(database)
    content = bytes(number % 251 for number in range(size))

    await attachments.keep(database, wanted, content, "image/png")

    kept, read = await attachments.read(database, wanted.conversation_id, 1, 0)
    assert read == content
    assert (kept.status, kept.attachment.name) == ("kept", "사진.jpg")
    assert (kept.attachment.mime, kept.attachment.size) == ("image/png", size)
    assert await attachments.of(database, wanted.conversation_id) == [kept]


async def test_a_file_is_fetched_by_one_at_a_time(database: Database, clock: Clock) -> None:
    wanted = await _wanted(database)

    assert wanted.attachment == PHOTO
    assert await attachments.claim(database, 10, 30) == []
    clock.now += 30_000
    (again,) = await attachments.claim(database, 10, 30)
    assert (again.tries, again.seq) == (2, 1)
    await attachments.refuse(database, again, "too large")
    (refused,) = await attachments.of(database, wanted.conversation_id)
    assert (refused.status, refused.reason) == ("refused", "too large")
    clock.now += 60_000
    assert await attachments.claim(database, 10, 30) == []
    with pytest.raises(GoneError):
        await attachments.read(database, wanted.conversation_id, 1, 0)


async def test_whoever_looks_hears_that_a_file_has_come_or_never_will(database: Database) -> None:
    for settled in ("kept", "refused"):
        wanted = await _wanted(database)
        listening = database.signals.subscribe()

        if settled == "kept":
            await attachments.keep(database, wanted, b"12", "image/png")
        else:
            await attachments.refuse(database, wanted, "too large")

        assert wanted.conversation_id in listening.take()
        listening.close()


async def test_pieces_of_a_file_cannot_be_moved_or_left_out(
    database: Database, place: Place
) -> None:
    wanted = await _wanted(database)
    await attachments.keep(database, wanted, bytes(3 * PIECE), "image/png")
    (path,) = place.files.iterdir()
    whole = path.read_bytes()
    piece = len(whole) // 3

    for altered in (
        whole[: 2 * piece],
        whole[piece:],
        whole[piece : 2 * piece] + whole[:piece] + whole[2 * piece :],
        whole[:-1],
        whole[:2],
        b"",
    ):
        path.write_bytes(altered)
        with pytest.raises(SealError):
            await attachments.read(database, wanted.conversation_id, 1, 0)


async def test_what_a_killed_upload_left_is_swept(database: Database, place: Place) -> None:
    wanted = await _wanted(database)
    await attachments.keep(database, wanted, b"12", "image/png")
    (place.files / "left.part").touch()
    (place.files / "left").touch()

    assert await attachments.sweep(database) == 2
    assert len(list(place.files.iterdir())) == 1


async def test_a_file_of_someone_erased_is_not_kept(database: Database, place: Place) -> None:
    wanted = await _wanted(database)
    await database.turn(HER, lambda page: page.erase("chat"))

    with pytest.raises(GoneError):
        await attachments.keep(database, wanted, b"12", "image/png")

    assert list(place.files.iterdir()) == []
    assert await attachments.claim(database, 10, 30) == []


async def test_a_row_that_went_while_a_file_was_written_leaves_no_file(
    database: Database, place: Place
) -> None:
    wanted = await _wanted(database)

    def gone(session: Session) -> None:
        session.delete(session.get_one(AttachmentRow, (wanted.conversation_id, 1, 0)))

    await database.write(gone)
    with pytest.raises(GoneError):
        await attachments.keep(database, wanted, b"12", "image/png")
    assert list(place.files.iterdir()) == []
