"""Duties: the log is reviewed, breaches are told and reported, what is due is destroyed."""

from datetime import timedelta

from sqlmodel import Session, select

from bot import maintenance
from bot.duties import retention
from flows.surveys.sitting import shipped_survey
from storage import audit
from storage.education import requests
from storage.education.requests import Wish
from storage.public_tables import BreachNoticeRow, EducationRow
from storage.survey import rounds
from storage.types import moment
from tests.bot.civic import got
from tests.bot.desk_acts import waiting
from tests.bot.town import Town

HOUR_MS = 3_600_000
WORDS = {
    "what": "목록 파일이 잘못 보내짐",
    "items": "접수번호, 연락 방법",
    "when": "어제",
    "harm": "없음",
}


async def test_the_log_of_a_month_is_reviewed_once(town: Town) -> None:
    async with town.desk("auditor") as desk, town.desk("supervisor") as other:
        _, listed = await desk.call("GET", "/desk/api/log")
        due = listed["due"]
        empty, _ = await desk.call("POST", f"/desk/api/log/{due}", {"findings": " "})
        signed, _ = await desk.call("POST", f"/desk/api/log/{due}", {"findings": "이상 없음"})
        again, _ = await other.call("POST", f"/desk/api/log/{due}", {"findings": "다시"})
        _, after = await desk.call("GET", "/desk/api/log")
        coming, _ = await desk.call("POST", "/desk/api/log/2099-01", {"findings": "미리"})
        strange, _ = await desk.call("GET", "/desk/api/log/2026-13")

    assert (empty, signed, again, coming, strange) == (400, 200, 409, 400, 400)
    mine = next(one for one in after["reviews"] if one["month"] == due)
    assert (mine["findings"], mine["by"]) == ("이상 없음", "auditor")


async def test_a_month_shows_who_did_what_how_often_and_every_download(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor") as desk:
        await desk.show(number)
    async with town.desk("admin") as desk:
        await desk.call("POST", "/desk/api/numbers/sheet", {"reason": "점검용"})
    async with town.desk("auditor") as desk:
        _, listed = await desk.call("GET", "/desk/api/log")
        year, month = map(int, listed["due"].split("-"))
        now = f"{year + month // 12}-{month % 12 + 1:02}"
        _, body = await desk.call("GET", f"/desk/api/log/{now}")

    people = {one["name"]: one["actions"] for one in body["people"]}
    assert people["counselor"]["read"] >= 1
    assert body["whole"] is True
    assert any("점검용" in one["why"] and one["name"] == "admin" for one in body["downloads"])


async def test_a_breach_is_told_to_everybody_and_reported_before_it_is_closed(town: Town) -> None:
    people = [await waiting(town, town.name()) for _ in range(2)]
    noticed = town.house.database.clock() - HOUR_MS
    async with town.desk("supervisor") as desk:
        begun = {**WORDS, "noticed_at": noticed, "concerned": [str(one) for one in people]}
        _, made = await desk.call("POST", "/desk/api/breaches", begun)
        path = f"/desk/api/breaches/{made['id']}"
        early, _ = await desk.call("POST", f"{path}/close", {"text": "끝"})
        _, way = await desk.call("GET", f"{path}/{people[0]}")
        told = [
            (await desk.call("POST", f"{path}/tell", {"person": str(one), "way": "channel"}))[0]
            for one in (*people, people[0])
        ]
        wrong, _ = await desk.call("POST", f"{path}/tell", {"person": "5", "way": "pigeon"})
        unreported, _ = await desk.call("POST", f"{path}/close", {"text": "끝"})
        reported, _ = await desk.call("POST", f"{path}/report", {"text": "신고함"})
        closed, _ = await desk.call("POST", f"{path}/close", {"text": "끝"})
        late, _ = await desk.call("POST", f"{path}/note", {"text": "더"})
        _, listed = await desk.call("GET", "/desk/api/breaches")

    assert way["channel"] == "kakao"
    assert (early, unreported, reported, closed, late) == (409, 409, 200, 200, 409)
    assert (told, wrong) == ([200, 200, 409], 400)
    mine = next(one for one in listed["breaches"] if one["id"] == made["id"])
    assert mine["due"] - mine["noticed_at"] == 72 * HOUR_MS
    assert [one["act"] for one in mine["body"]["steps"]] == ["report", "close"]


async def test_who_cannot_be_reached_is_told_in_public_for_thirty_days(town: Town) -> None:
    person = await waiting(town, town.name())
    words = {**WORDS, "what": "<b>목록</b> 파일", "measures": "비밀번호를 바꿈"}
    async with town.desk("supervisor") as desk:
        noticed = town.house.database.clock() - HOUR_MS
        begun = {**words, "noticed_at": noticed, "concerned": [str(person)]}
        _, made = await desk.call("POST", "/desk/api/breaches", begun)
        _, before = await got(town, "/notice")
        path = f"/desk/api/breaches/{made['id']}/tell"
        await desk.call("POST", path, {"person": str(person), "way": "site"})
    status, korean = await got(town, "/notice")
    _, english = await got(town, "/en/notice")

    assert status == 200
    assert "목록" not in before
    assert "&lt;b&gt;목록&lt;/b&gt; 파일" in korean
    assert "비밀번호를 바꿈" in english
    assert str(person) not in korean + english
    assert korean.count("data-exit") == 2
    assert "noindex" in korean
    assert len(korean.encode()) < 50_000
    await _told_long_ago(town, int(made["id"]))
    assert "목록" not in (await got(town, "/notice"))[1]


async def _told_long_ago(town: Town, number: int) -> None:
    def job(session: Session) -> None:
        mine = select(BreachNoticeRow).where(BreachNoticeRow.breach_id == number)
        for row in session.exec(mine):
            row.told_at = moment(town.house.database.clock()) - timedelta(days=30, minutes=1)
            session.add(row)

    await town.house.database.write(job)


async def test_a_breach_without_words_or_in_the_future_is_refused(town: Town) -> None:
    now = town.house.database.clock()
    async with town.desk("admin") as desk:
        statuses = [
            (await desk.call("POST", "/desk/api/breaches", body))[0]
            for body in (
                {"noticed_at": now},
                {**WORDS, "noticed_at": now + HOUR_MS},
                {**WORDS, "noticed_at": "yesterday"},
                {**WORDS, "noticed_at": now, "concerned": ["x"]},
            )
        ]

    assert statuses == [400] * 4


async def test_what_the_consents_promised_to_destroy_is_destroyed_and_proved(town: Town) -> None:
    database = town.house.database
    name = town.name()
    wish = Wish("school", "pupils", "visit", 30, {"contact": "담당", "organization": name})
    assert await requests.add(database, f"form-{name}", f"token-{name}", wish)
    long_ago = database.clock() - int(timedelta(days=4 * 365).total_seconds() * 1000)
    made = await rounds.add(database, "옛 조사", shipped_survey(), (long_ago, long_ago + 1000))

    def age(db: Session) -> None:
        row = db.exec(select(EducationRow).order_by(EducationRow.created_at.desc())).first()  # type: ignore[attr-defined]  # a column
        assert row is not None
        row.changed_at = moment(long_ago)

    await database.write(age)
    gone = await retention.destroy_due(database)
    again = await retention.destroy_due(database)

    assert gone["education"] == 1
    assert again == {"education": 0, "survey": 0}
    kept = await requests.by_token(database, f"token-{name}")
    assert kept is not None
    assert (kept.wish.people, kept.wish.body) == (30, {})
    old = await rounds.find(database, made.id)
    assert old is not None
    assert old.destroyed
    actions = [line.action for line in await audit.lines(database)]
    assert "destroy education" in actions
    assert await maintenance.verify(town.house.settings) == []
