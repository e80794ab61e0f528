"""Places, escorts and lent things over HTTP; a case is closed only when nothing stands open."""

import asyncio

from tests.bot.casework.acting import applies, opens
from tests.bot.town import Town

TIMES = [{"start": "2026-12-01T09:00:00+09:00", "end": "2026-12-01T19:00:00+09:00"}]


async def test_two_counselors_on_the_last_place(town: Town) -> None:
    async with town.desk() as desk:
        cases = []
        for _ in range(6):
            she = await applies(town, facility_kind="men")
            cases.append(await opens(desk, she.conversation))
        wanted = {"facility": "men_1", "kind": "men"}

        answers = await asyncio.gather(*(one.post("/places/hold", **wanted) for one in cases))

        statuses = sorted(status for status, _ in answers)
        assert statuses == [200, 200, 200, 200, 409, 409]
        assert {body["error"] for status, body in answers if status == 409} == {"full"}
        held = [body["stays"][0] for status, body in answers if status == 200]
        assert len({one["place"] for one in held}) == 4
        for case, (status, body) in zip(cases, answers, strict=True):
            if status == 200:
                party = body["stays"][0]["party"]
                await case.does(f"/places/{party}/move", event="release")


async def test_the_board_shows_who_is_there_only_to_those_who_know_the_case(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk, town.desk("counselor2") as other:
        case = await opens(desk, she.conversation)
        wanted = {"facility": "women_2", "kind": "women"}
        held = (await case.does("/places/hold", **wanted))["stays"][0]
        _, mine = await desk.call("GET", "/cases/api/places")
        _, theirs = await other.call("GET", "/cases/api/places")
        await case.does(f"/places/{held['party']}/move", event="release")

    def place(board: list[dict[str, list[dict[str, str]]]]) -> dict[str, str]:
        rooms = next(one["rooms"] for one in board if one["id"] == "women_2")  # type: ignore[comparison-overlap]  # JSON
        return next(one for one in rooms if one["place"] == held["place"])

    assert place(mine)["stay"]
    assert place(theirs)["status"] == "held"
    assert place(theirs)["stay"] is None


async def test_an_escort_keeps_to_the_limits_of_the_directory(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        asked = {"agency": "guard_company", "way": "집에서 법원까지"}
        made = await case.does("/escorts", **asked, times=TIMES)
        booked = await case.does(f"/escorts/{made['escort']}/move", event="book")
        more = [{"start": "2026-12-01T20:00:00+09:00", "end": "2026-12-01T21:00:00+09:00"}]
        too_long = await case.post("/escorts", **asked, times=more)
        days = [
            {
                "start": f"2026-12-{day:02}T09:00:00+09:00",
                "end": f"2026-12-{day:02}T10:00:00+09:00",
            }
            for day in range(2, 9)
        ]
        too_many = await case.post("/escorts", **asked, times=days)
        naive = await case.post(
            "/escorts", **asked, times=[{"start": "2026-12-02T09:00", "end": "x"}]
        )

    assert booked["guards"] == ["경호 1", "경호 2"]
    assert (too_long[0], too_many[0], naive[0]) == (409, 409, 400)
    assert "10" in too_long[1]["text"]
    assert "7" in too_many[1]["text"]


async def test_a_case_is_closed_only_when_nothing_stands_open(town: Town) -> None:
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        lent = await case.does("/records", kind="lent", fields={"item": "휴대전화", "tag": "P-7"})
        sent = await case.sent("legal")
        refused = await case.post("/move", event="close")
        await case.does(f"/records/{lent['record']}/move", event="back")
        await case.does(f"/referrals/{sent['referral']['id']}/move", event="withdraw")
        done = await case.post("/move", event="close")

    assert refused[0] == 409
    assert "빌려준 물건" in refused[1]["text"]
    assert "legal" in refused[1]["text"]
    assert done[0] == 200
