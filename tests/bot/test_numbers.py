"""Numbers at the desk and for the public: protected, published, compared, downloaded."""

import csv
import io
import re
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.numbers.publishing import packed, prepare, publish, unpacked
from bot.numbers.sources import Conversations, Indicator
from flows.engine import begin
from flows.numbers.cells import EVERYBODY, Dimension, Layout, Record
from storage import audit
from storage.entries import Person
from storage.page import Page
from tests.bot.civic import got, today
from tests.bot.town import Town

DAYS = (datetime(2026, 1, 1, tzinfo=UTC).date(), datetime(2026, 7, 1, tzinfo=UTC).date())


class Invented:
    """Somebody to count, without a town."""

    source = "invented"

    def __init__(self, many: dict[str, int]) -> None:
        self.many = many

    def layout(self) -> Layout:
        values = {name: {"ko": f"=값 {name}", "en": name} for name in self.many}
        return Layout({"a": Dimension("a", {"ko": "갈래", "en": "Kind"}, values)}, (("a",),))

    async def count(self, *_: object) -> tuple[list[Record], list[Indicator]]:
        records: list[Record] = [
            {"a": name} for name, many in self.many.items() for _ in range(many)
        ]
        return records, [Indicator("x", {"ko": "중앙값", "en": "Median"}, None)]


async def test_what_is_published_is_shown_with_bars_and_as_csv_without_formulas(
    town: Town,
) -> None:
    number = await publish(town.house.database, Invented({"x": 40, "y": 22, "z": 3}), DAYS, 1)

    status, html = await got(town, f"/numbers/{number}")
    _, english = await got(town, f"/en/numbers/{number}")
    _, sheet = await got(town, f"/numbers/{number}.csv")
    _, listed = await got(town, "/numbers")

    rows = list(csv.reader(io.StringIO(sheet.lstrip("\ufeff"))))
    assert status == 200
    assert ["'=값 x", "40"] in rows
    assert ["'=값 z", ""] in rows
    assert 'role="img"' in html
    assert html.count("data-exit") == 2
    assert "Kind" in english
    assert f'href="/numbers/{number}"' in listed
    assert "2026년 6월 30일" in html
    assert not re.search(r"<td>(?:[0-4]|22)</td>", html)


async def test_a_second_release_hides_what_would_tell_of_few(town: Town) -> None:
    database = town.house.database
    first = Invented({"p": 40, "q": 30})
    first.source = "again"
    await publish(database, first, DAYS, 1)

    second = Invented({"p": 42, "q": 30})
    second.source = "again"
    sheet = await prepare(database, second, *DAYS)

    assert EVERYBODY not in sheet.published.cells
    assert frozenset({("a", "p")}) not in sheet.published.cells
    assert frozenset({("a", "q")}) in sheet.published.cells


async def test_a_sheet_is_read_back_as_it_was_kept(town: Town) -> None:
    sheet = await prepare(town.house.database, Invented({"x": 9, "y": 31}), *DAYS)

    again = unpacked(packed(sheet))

    assert again.published == sheet.published
    assert again.layout.keys() == sheet.layout.keys()


async def test_conversations_and_applications_are_counted(town: Town) -> None:
    database = town.house.database
    flow = town.house.versions.of(town.house.versions.newest)
    fields = {"services": ["legal", "medical"], "applicant": "adult"}
    codes = count()

    def talk(page: Page) -> None:
        page.begin(1, begin(flow))
        page.submit(fields, f"R{page.now}{next(codes)}", 1, "received")

    for _ in range(6):
        await database.turn(Person("web", town.name()), talk)
    now = datetime.fromtimestamp(database.clock() / 1000, UTC).date()
    counting = Conversations(database, flow)
    records, _ = await counting.count(now.replace(day=1), now.replace(year=now.year + 1))

    adults = [
        one for one in records if one["applicant"] == "adult" and one["service_legal"] == "yes"
    ]
    assert len(adults) >= 6
    assert {one["channel"] for one in adults} >= {"web"}


async def test_the_desk_counts_only_days_that_are_over(town: Town) -> None:
    async with town.desk("supervisor") as desk:
        good, body = await desk.call("GET", f"/desk/api/numbers?until={today(town)}")
        wrong = [
            (await desk.call("GET", f"/desk/api/numbers?{query}"))[0]
            for query in (
                f"until={today(town, 1)}", "first=nonsense", "first=1990-01-01",
                f"first={today(town)}", "source=survey:1", "source=other",
            )
        ]  # fmt: skip

    assert good == 200
    assert {"everybody", "tables", "indicators", "until"} == set(body)
    assert wrong == [400] * 6


async def test_a_download_needs_a_reason_that_stands_in_the_access_log(town: Town) -> None:
    async with town.desk("admin") as desk:
        without, _ = await desk.call("POST", "/desk/api/numbers/sheet", {"reason": " "})
        status, sheet = await desk.call("POST", "/desk/api/numbers/sheet", {"reason": "월간 보고"})
        published, made = await desk.call("POST", "/desk/api/numbers/releases", {})
        _, listed = await desk.call("GET", "/desk/api/numbers/releases")

    lines = await audit.lines(town.house.database)
    assert (without, status, published) == (400, 200, 200)
    assert "신청한 지원" in sheet.decode()
    assert any(one.action == "download numbers" and "월간 보고" in one.detail for one in lines)
    assert made["id"] in [one["id"] for one in listed]


@pytest.mark.parametrize("path", ["/numbers/999999", "/numbers/999999.csv"])
async def test_a_release_that_is_not_there_is_not_found(town: Town, path: str) -> None:
    assert (await got(town, path))[0] == 404
