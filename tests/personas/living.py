"""A year of somebody's life with us: from the application to a closed and destroyed case."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.personas.asking import Story
from tests.personas.center import API, Center, File, Json
from tests.personas.people import Person

MINUTES = 3 / 24 / 60
"""After so long the house has looked again at what it keeps an eye on."""


async def is_helped(center: Center, conversation: str, story: Story) -> File:
    """Open the case of a conversation and bring every service to her."""
    opened = await center.call(f"POST {API}/cases", conversation=conversation)
    again = await center.call(f"POST {API}/cases", conversation=conversation)
    assert (opened["new"], again) == (True, {"case": opened["case"], "new": False})
    file = File(center, opened["case"])
    shown = await file.reads()
    assert {one["service"] for one in shown["referrals"]} == {*story.services}
    for service in shown["referrals"]:
        await file.gives(service, "chat")
    if story.facility:
        await _stays(file, story.facility)
    if story.escort:
        await _is_escorted(file, story.escort)
    return file


async def is_taken_in(center: Center, door: str, **given: Any) -> tuple[File, str]:  # noqa: ANN401  # JSON
    """Take in a caller or a referral by the police; returns the case and the receipt."""
    fields = {"services": ["legal", "counseling"], "applicant": "adult", "contact_way": "phone"}
    fields |= {"phone_number": "010-9876-5432", "contact_times": ["day"], "called_name": "나무"}
    taken = await center.call(
        f"POST {API}/contacts", door=door, how="phone", consent=True, fields=fields, **given
    )
    file = File(center, taken["case"])
    shown = await file.reads()
    assert {one["service"] for one in shown["referrals"]} == {"legal", "counseling"}
    for service in shown["referrals"]:
        await file.gives(service, "phone")
    return file, taken["receipt"]


async def _stays(file: File, wish: tuple[str, str, int]) -> None:
    facility, kind, people = wish
    held = await file.does("/places/hold", facility=facility, kind=kind, people=people)
    party = held["stays"][0]["party"]
    for event in ("admit", "leave"):
        await file.does(f"/places/{party}/move", event=event)


async def _is_escorted(file: File, agency: str) -> None:
    day = await file.center.today() + timedelta(days=3)
    times = [{"start": f"{day}T09:00:00+09:00", "end": f"{day}T12:00:00+09:00"}]
    asked = await file.does("/escorts", agency=agency, times=times, way="집에서 회사까지")
    for event in ("book", "finish"):
        await file.does(f"/escorts/{asked['escort']}/move", event=event)


async def is_protected(file: File, order: str) -> str:
    """Enter an order that begins today; reminders stand four and three weeks before its end."""
    today = await file.center.today()
    number = await file.keeps("order", order=order, began=today.isoformat())
    (kept,) = [one for one in await file.records("order") if one["id"] == number]
    end = date.fromisoformat(kept["fields"]["last_day"])
    reminded = [one["due"][:10] for one in await file.records("task") if one["ref"] == number]
    wanted = [max(end - timedelta(days=each), today) for each in (28, 21)]
    assert sorted(reminded) == [day.isoformat() for day in sorted(set(wanted))], reminded
    return number


async def is_asked(she: Person, file: File, story: Story) -> None:
    """Let every check-in come at its time; who was silent answers the next one for both."""
    for number, after in enumerate(story.check_ins):
        await file.does("/check-ins", after=[after])
        await file.center.passes({"1d": 1, "1w": 7, "1m": 30, "3m": 91, "6m": 182}[after] + 1)
        if story.silent and number == 0:
            await she.hears("안부를 여쭤요")
            await file.center.passes(2)
            await file.until(lambda one: _stands(one, "silent") == 1, "her silence is raised")
        if story.channel == "kakao":
            await she.says("안녕하세요")
        await she.hears("You asked me to look in" if story.english else "안부를 여쭤요")
        await she.presses("I am all right" if story.english else "괜찮아요")
        await she.settles()
        await file.center.passes(MINUTES)
        await file.until(_answered(number + 1), "her answer is noted")


def _answered(times: int) -> Callable[[Json], bool]:
    return lambda shown: _stands(shown, "answer") >= times


def _stands(shown: Json, status: str) -> int:
    kinds = [one["status"] for one in shown["records"] if one["kind"] == "check_in"]
    return kinds.count(status)


async def renews(file: File, order: str) -> None:
    """Four weeks before its end the renewal is due; it is extended twice and no more."""
    for extension in range(3):
        (kept,) = [one for one in await file.records("order") if one["id"] == order]
        last = date.fromisoformat(kept["fields"]["last_day"])
        tasks = [one for one in await file.records("task") if one["ref"] == order]
        waiting = [one for one in tasks if one["status"] == "open"]
        assert {(last - date.fromisoformat(one["due"][:10])).days for one in waiting} == {28, 21}
        words = "연장을 신청할지" if extension < 2 else "더 늘릴 수 없어요"
        assert all(words in one["fields"]["what"] for one in waiting)
        await file.does(f"/records/{order}/extend", 200 if extension < 2 else 400)
    await file.does(f"/records/{order}/move", event="breach")


async def comes_back(file: File) -> None:
    """It happens again: a case that was followed is active, with a plan against the next time."""
    await file.does("/move", event="follow")
    await file.keeps("recurrence", what="contact", text="다시 연락이 옴")
    assert (await file.reads())["case"]["status"] == "active"
    review = await file.center.today()
    await file.keeps(
        "prevention",
        trigger="기념일",
        change="번호를 바꿈",
        watches="별",
        review=(review + timedelta(days=30)).isoformat(),
    )


async def ends(file: File, supervisor: Center) -> None:
    """Close the case; a year later it is destroyed, and registers and access log show it all."""
    case = await file.reads()
    closed = await file.does("/move", event="close")
    assert closed["status"] == "closed"
    actions = [one["action"] for one in await _access(file, supervisor)]
    given = len(file.sent)
    for doing, times in (("open", 1), ("consent", given), ("move", 1)):
        assert actions.count(f"case: {doing}") >= times, (doing, actions)
    assert actions.count("case: send referral") == 2 * given  # once in vain
    assert actions.count("case: agency accept") == given
    handle = case["case"]["handle"]
    kept = await supervisor.call(f"GET {API}/registers")
    assert len([one for one in kept["consents"] if one["case"] == handle]) == given
    told = [one["recipient"] for one in kept["provisions"] if one["case"] == handle]
    assert sorted(told) == sorted(file.sent)


async def _access(file: File, supervisor: Center) -> list[Json]:
    told: list[Json] = await supervisor.call(f"GET {API}/cases/{file.number}/access")
    return told


async def is_destroyed(file: File, supervisor: Center) -> None:
    """A year after it was closed nothing is left of it but the proof."""
    handle = (await file.reads())["case"]["handle"]
    await file.center.passes(367)
    for _ in range(50):
        kept = await supervisor.call(f"GET {API}/registers")
        if handle in {one["case"] for one in kept["destructions"] if one["proven_at"]}:
            break
        await asyncio.sleep(0.2)
    await file.center.call(f"GET {API}/cases/{file.number}", 404)
