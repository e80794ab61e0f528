"""Education from the request to the feedback and the year in numbers."""

import asyncio
import re

import pytest
from sqlmodel import select

from bot import maintenance
from storage.public_tables import EducationRow
from tests.bot.civic import education_fields, got, posted, today
from tests.bot.town import Town

TOKEN = re.compile(r'href="(/education/[^"?]+)"')


async def asked(town: Town) -> tuple[str, str]:
    """Return the path of the requester's page and the number of a new request."""
    status, html = await posted(town, "/education", await education_fields(town))
    assert status == 200, html
    found = TOKEN.search(html)
    assert found
    async with town.desk("supervisor") as desk:
        _, body = await desk.call("GET", "/desk/api/education")
    return found[1], body["requests"][0]["id"]


async def test_a_request_goes_from_the_form_to_the_feedback_and_into_the_year(town: Town) -> None:
    path, number = await asked(town)
    day = today(town, 20)
    async with town.desk("admin") as desk:
        call = f"/desk/api/education/{number}"
        confirmed = {"held_on": day, "instructor": "강사 하나", "answer": "오전 10시"}
        assert (await desk.call("POST", f"{call}/confirm", confirmed))[0] == 200
        _, seen = await got(town, path)
        held = {"attended": 118, "minutes": 50}
        assert (await desk.call("POST", f"{call}/hold", held))[0] == 200
        _, ask = await got(town, path)
        rated, _ = await posted(town, path, [("rating", "5"), ("feedback", "좋았어요")])
        again, _ = await posted(town, path, [("rating", "1")])
        _, body = await desk.call("GET", "/desk/api/education")

    assert "강사 하나" in seen
    assert "오전 10시" in seen
    assert 'name="rating"' in ask
    assert (rated, again) == (200, 409)
    one = next(each for each in body["requests"] if each["id"] == number)
    assert (one["status"], one["rating"], one["body"]["feedback"]) == ("rated", 5, "좋았어요")
    year = next(each for each in body["years"] if each["year"] == day[:4])
    assert year["held"] >= 1
    assert year["attended"] >= 118


async def test_the_same_form_twice_is_one_request(town: Town) -> None:
    fields = await education_fields(town)

    answers = await asyncio.gather(*(posted(town, "/education", fields) for _ in range(4)))

    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people", "0"), ("people", "viele"), ("people", "999999"), ("kind", "castle"),
        ("date1", "2020-01-01"), ("date1", "never"), ("consent", ""), ("contact", " "),
        ("form", ""),
    ],
)  # fmt: skip
async def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(
    town: Town, name: str, value: str
) -> None:
    fields = [(key, value if key == name else old) for key, old in await education_fields(town)]

    status, html = await posted(town, "/education", fields)

    assert status == 400
    assert "맞지 않는 칸" in html
    if name != "contact":
        assert "담당 선생님" in html
    assert "&lt;b&gt;오전이 좋아요" in html
    assert "<b>오전" not in html


async def test_two_of_the_staff_cannot_both_decide(town: Town) -> None:
    _, number = await asked(town)
    call = f"/desk/api/education/{number}"
    async with town.desk("supervisor") as one, town.desk("admin") as two:
        statuses = [
            (await one.call("POST", f"{call}/decline", {"answer": "일정이 없어요"}))[0],
            (
                await two.call(
                    "POST", f"{call}/confirm", {"held_on": today(town, 9), "instructor": "가"}
                )
            )[0],
            (await two.call("POST", f"{call}/hold", {"attended": 1, "minutes": 1}))[0],
            (await two.call("POST", f"{call}/rate", {"rating": 5}))[0],
            (await two.call("POST", f"{call}/hold", {}))[0],
        ]

    assert statuses == [200, 409, 409, 404, 400]


async def test_a_stranger_finds_nothing_and_another_site_posts_nothing(town: Town) -> None:
    fields = await education_fields(town)
    headers = {"Origin": "https://evil.example"}
    async with town.http.post(f"{town.url}/education", data=fields, headers=headers) as answer:
        foreign = answer.status

    assert foreign == 400
    assert (await got(town, "/education/not-a-token"))[0] == 404
    assert (await posted(town, "/education/not-a-token", [("rating", "3")]))[0] == 404


async def test_the_door_shows_no_menu_of_victims(town: Town) -> None:
    _, html = await got(town, "/education")

    assert 'href="/chat"' not in html
    assert "data-exit" in html


async def test_what_names_somebody_is_sealed(town: Town) -> None:
    await asked(town)

    rows = await town.house.database.read(lambda db: db.exec(select(EducationRow)).all())
    findings = await maintenance.verify(town.house.settings)

    assert rows
    assert not [row.id for row in rows if "담당 선생님".encode() in str(row).encode() + row.body]
    assert [one for one in findings if "education" in str(one)] == []


async def test_a_browser_tells_our_own_site_where_a_form_comes_from(town: Town) -> None:
    async with town.http.get(f"{town.url}/education") as answer:
        html, policy = await answer.text(), answer.headers["Referrer-Policy"]

    assert policy == "same-origin"
    assert 'name="referrer" content="same-origin"' in html
