"""What goes out goes out in order, under a lease, and never over a counselor's word."""

import asyncio

from storage import outbox
from storage.database import Database
from storage.entries import Entry, Person
from storage.page import Page
from tests.storage.places import HER, NOON, Clock, Place, bot_says, says


async def test_what_is_ready_is_claimed_once(database: Database) -> None:
    number = await database.turn(HER, says("안녕하세요", "반가워요"))

    claimed = await outbox.claim(database, "telegram", 10, 30)

    assert [(due.conversation_id, due.seq, due.address) for due in claimed] == [
        (number, 2, HER.address)
    ]
    assert claimed[0].message.text == "반가워요"
    assert (claimed[0].attempts, claimed[0].ambiguous) == (1, False)
    assert await outbox.claim(database, "telegram", 10, 30) == []
    assert await outbox.claim(database, "kakao", 10, 30) == []


async def test_entries_of_one_conversation_go_out_in_order(database: Database) -> None:
    await database.turn(HER, says("안녕하세요", "하나", "둘", "셋"))
    sent = []

    while claimed := await outbox.claim(database, "telegram", 10, 30):
        assert len(claimed) == 1
        sent.append(claimed[0].message.text)
        await outbox.settle(database, [claimed[0].sent("900")])

    assert sent == ["하나", "둘", "셋"]


async def test_what_failed_is_tried_again_when_it_is_due(database: Database, clock: Clock) -> None:
    await database.turn(HER, says("안녕하세요", "하나", "둘"))
    (due,) = await outbox.claim(database, "telegram", 10, 30)

    await outbox.settle(database, [due.again(NOON + 5_000, "slow down")])

    assert await outbox.claim(database, "telegram", 10, 30) == []
    clock.now += 5_000
    (again,) = await outbox.claim(database, "telegram", 10, 30)
    assert (again.seq, again.attempts, again.ambiguous) == (due.seq, 2, False)


async def test_what_can_never_be_sent_does_not_hold_up_the_rest(database: Database) -> None:
    await database.turn(HER, says("안녕하세요", "하나", "둘"))
    (due,) = await outbox.claim(database, "telegram", 10, 30)

    await outbox.settle(database, [due.dead("blocked")])

    (rest,) = await outbox.claim(database, "telegram", 10, 30)
    assert rest.message.text == "둘"


async def test_a_lease_that_ran_out_is_given_again_as_ambiguous(
    database: Database, clock: Clock
) -> None:
    await database.turn(HER, says("안녕하세요", "하나"))
    (first,) = await outbox.claim(database, "telegram", 10, 30)
    clock.now += 30_000

    (second,) = await outbox.claim(database, "telegram", 10, 30)

    assert (second.seq, second.attempts, second.ambiguous) == (first.seq, 2, True)
    await outbox.settle(database, [first.dead("too late to say so")])
    clock.now += 30_000
    (third,) = await outbox.claim(database, "telegram", 10, 30)
    await outbox.settle(database, [second.sent("900")])
    await outbox.settle(database, [third.again(NOON, "no")])
    clock.now += 60_000
    assert await outbox.claim(database, "telegram", 10, 30) == []


async def test_a_late_sent_is_believed(database: Database, clock: Clock) -> None:
    await database.turn(HER, says("안녕하세요", "하나"))
    (first,) = await outbox.claim(database, "telegram", 10, 30)
    clock.now += 30_000
    await outbox.claim(database, "telegram", 10, 30)

    await outbox.settle(database, [first.sent("900")])

    clock.now += 60_000
    assert await outbox.claim(database, "telegram", 10, 30) == []


async def test_the_bot_never_speaks_over_a_counselor(database: Database) -> None:
    number = await database.turn(HER, says("안녕하세요", "하나", "둘"))
    (flying,) = await outbox.claim(database, "telegram", 10, 30)

    def take(page: Page) -> int:
        page.save().epoch += 1
        in_flight = page.drop_older()
        page.add(Entry("counselor", text="제가 왔어요", sender="별"), deliver="ready")
        return in_flight

    assert await database.turn(number, take) == 1

    await outbox.settle(database, [flying.sent("900")])
    (claimed,) = await outbox.claim(database, "telegram", 10, 30)
    assert claimed.message.text == "제가 왔어요"
    assert claimed.message.sender == "별"


async def test_a_stale_word_of_the_bot_dies_when_it_is_claimed(database: Database) -> None:
    number = await database.turn(HER, says("안녕하세요", "하나"))

    def raised(page: Page) -> None:
        page.save().epoch += 1

    await database.turn(number, raised)

    assert await outbox.claim(database, "telegram", 10, 30) == []
    await database.turn(number, bot_says("새 말"))
    (claimed,) = await outbox.claim(database, "telegram", 10, 30)
    assert claimed.message.text == "새 말"


async def test_a_counselors_words_outlive_the_release(database: Database) -> None:
    number = await database.turn(HER, says("안녕하세요"))

    def words_then_release(page: Page) -> None:
        page.add(Entry("counselor", text="곧 다시 올게요"), deliver="ready")
        page.save().epoch += 1
        page.drop_older()

    await database.turn(number, words_then_release)

    (claimed,) = await outbox.claim(database, "telegram", 10, 30)
    assert claimed.message.text == "곧 다시 올게요"


async def test_later_is_later(database: Database, clock: Clock) -> None:
    number = await database.turn(HER, says("안녕하세요"))

    def later(page: Page) -> None:
        page.add(Entry("bot", text="잘 지내세요?"), deliver="ready", due=NOON + 86_400_000)

    await database.turn(number, later)

    assert await outbox.claim(database, "telegram", 10, 30) == []
    clock.now += 86_400_000
    assert len(await outbox.claim(database, "telegram", 10, 30)) == 1


async def test_what_waits_is_collected_in_order(database: Database) -> None:
    kakao = Person("kakao", "her key")
    number = await database.turn(kakao, says("안녕하세요", "반가워요", deliver="sent"))
    assert await database.turn(kakao, lambda page: page.waiting(10)) == []

    for text in ("하나", "둘", "셋"):
        await database.turn(number, bot_says(text))

    def collect(page: Page) -> list[str]:
        waiting = page.waiting(2)
        page.mark([seq for seq, _ in waiting], "sent")
        return [message.text for _, message in waiting]

    assert await database.turn(kakao, collect) == ["하나", "둘"]
    assert await database.turn(kakao, collect) == ["셋"]
    assert await database.turn(kakao, collect) == []
    found = await database.turn(kakao, Page.conversation)
    assert found is not None
    assert found.held == 0


async def test_two_processes_never_claim_the_same(place: Place, clock: Clock) -> None:
    one, other = await place.open(clock), await place.open(clock)
    for turn in range(40):
        await one.turn(Person("telegram", f"address {turn}"), says("말", "하나", "둘"))
    claimed: list[tuple[int, int]] = []

    async def work(database: Database) -> None:
        for _ in range(60):
            mine = await outbox.claim(database, "telegram", 3, 30)
            claimed.extend((due.conversation_id, due.seq) for due in mine)
            await outbox.settle(database, [due.sent() for due in mine])

    await asyncio.gather(*(work(database) for database in (one, other, one, other)))

    await one.close()
    await other.close()
    assert len(claimed) == 80
    assert len(set(claimed)) == 80
