"""Who works here comes in with the right password only, and not for ever."""

import pytest

from storage import staff
from storage.database import Database
from storage.staff import Newcomer, StaffError, TooManyTriesError
from tests.storage.places import Clock

MINJI = Newcomer("minji", "counselor", "a long pass phrase", "별")


async def test_the_right_password_opens(database: Database) -> None:
    added = await staff.add(database, MINJI)

    signed = await staff.sign_in(database, "minji", "a long pass phrase")

    assert signed is not None
    assert signed.staff == added
    assert (added.pseudonym, added.role) == ("별", "counselor")
    found = await staff.signed_in(database, signed.token)
    assert found is not None
    assert (found.staff, found.csrf) == (added, signed.csrf)
    assert await staff.everyone(database) == [added]
    await staff.sign_out(database, signed.token)
    assert await staff.signed_in(database, signed.token) is None


async def test_wrong_names_and_passwords_open_nothing(database: Database) -> None:
    await staff.add(database, MINJI)

    assert await staff.sign_in(database, "minji", "another pass phrase") is None
    assert await staff.sign_in(database, "nobody", "a long pass phrase") is None
    assert await staff.signed_in(database, "no token") is None


async def test_too_many_tries_must_wait(database: Database, clock: Clock) -> None:
    await staff.add(database, MINJI)
    for _ in range(staff.TRIES):
        assert await staff.sign_in(database, "minji", "wrong") is None

    with pytest.raises(TooManyTriesError):
        await staff.sign_in(database, "minji", "a long pass phrase")

    clock.now += 15 * 60_000
    assert await staff.sign_in(database, "minji", "a long pass phrase") is not None


async def test_a_sign_in_ends_when_nothing_is_done(database: Database, clock: Clock) -> None:
    await staff.add(database, MINJI)
    signed = await staff.sign_in(database, "minji", "a long pass phrase")
    assert signed is not None

    for _ in range(3):
        clock.now += 29 * 60_000
        assert await staff.signed_in(database, signed.token) is not None
    clock.now += 30 * 60_000
    assert await staff.signed_in(database, signed.token) is None
    await staff.forget_old(database)
    assert await staff.signed_in(database, signed.token) is None


async def test_a_sign_in_ends_after_twelve_hours(database: Database, clock: Clock) -> None:
    await staff.add(database, MINJI)
    signed = await staff.sign_in(database, "minji", "a long pass phrase")
    assert signed is not None

    for _ in range(35):
        clock.now += 20 * 60_000
        assert await staff.signed_in(database, signed.token) is not None
    clock.now += 20 * 60_000
    assert await staff.signed_in(database, signed.token) is None


async def test_who_left_is_out_at_once(database: Database) -> None:
    added = await staff.add(database, MINJI)
    signed = await staff.sign_in(database, "minji", "a long pass phrase")
    assert signed is not None

    await staff.dismiss(database, added.id)

    assert await staff.signed_in(database, signed.token) is None
    assert await staff.sign_in(database, "minji", "a long pass phrase") is None
    assert await staff.everyone(database) == []


@pytest.mark.parametrize(
    ("newcomer", "why"),
    [
        (Newcomer("minji", "boss", "a long pass phrase", "별"), "no such role"),
        (Newcomer("minji", "counselor", "short", "별"), "at least 12"),
        (MINJI, "taken"),
    ],
)
async def test_who_cannot_be_added_is_told_why(
    database: Database, newcomer: Newcomer, why: str
) -> None:
    if why == "taken":
        await staff.add(database, MINJI)

    with pytest.raises(StaffError, match=why):
        await staff.add(database, newcomer)
