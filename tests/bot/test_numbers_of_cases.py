"""Cases in numbers: what was given, how soon, how many check-ins were answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from bot.numbers.followed import Cases, indicators
from bot.numbers.publishing import Sheet
from bot.numbers.shown import tables
from bot.numbers.surveyed import Answers
from flows.network import network
from flows.numbers.cells import Layout
from flows.numbers.hiding import protect
from flows.surveys.sitting import compiled
from storage.casework import case_records
from storage.casework.case_records import NewRecord
from storage.casework.counting import Story
from tests.bot.casework.acting import applies, opens
from tests.bot.town import Town
from tests.flows.numbers.attacker import Attacker
from tests.flows.numbers.making import dice

HOUR = 60 * 60 * 1000
Json = Any


def _figures(stories: list[Story]) -> dict[str, float | None]:
    return {one.name: one.value for one in indicators(stories)}


async def test_what_was_given_is_counted_from_the_first_hello(town: Town) -> None:
    database = town.house.database
    she = await applies(town)
    async with town.desk() as desk:
        case = await opens(desk, she.conversation)
        sent = await case.sent("legal")
        for event in ("accept", "deliver"):
            await case.does(f"/referrals/{sent['referral']['id']}/move", event=event)
        for what in ("breach", "contact"):
            record = NewRecord("recurrence", "open", {"what": what, "text": "x"})
            await case_records.add(database, int(case.case), record)
    today = datetime.fromtimestamp(database.clock() / 1000, UTC).date()
    services = {one.id: one.name for one in network().services.values()}

    found, _ = await Cases(database, services).count(
        today - timedelta(days=1), today + timedelta(days=2)
    )

    mine = [one for one in found if one["given_legal"] == "yes" and one["breach"] == "yes"]
    assert mine
    assert mine[0]["given_counseling"] == "no"
    assert (mine[0]["door"], mine[0]["applicant"]) == ("chat", "adult")
    assert "canary" not in str(found)


def test_a_figure_needs_thirty_cases_and_tells_of_no_few() -> None:
    story = Story(0, "chat", 2, "active", {}, (("legal", "delivered"),), 5 * HOUR, 2, 1, 0)
    many = [story] * 30

    assert _figures(many) == {
        "to_first_service": 5.0,
        "services_started": 1.0,
        "follow_ups_kept": 50.0,
        "breaches": None,
    }
    assert set(_figures(many[:29]).values()) == {None}
    few = [*many, *[replace(story, breaches=1)] * 4]
    assert _figures(few)["breaches"] is None
    assert _figures([*few, replace(story, breaches=1)])["breaches"] == 14.0
    silent = [replace(story, answered=2)] * 28 + [story] * 4
    assert _figures(silent)["follow_ups_kept"] is None


async def test_the_desk_shows_cases_as_a_source_of_their_own(town: Town) -> None:
    async with town.desk("supervisor") as desk:
        status, body = await desk.call("GET", "/desk/api/numbers?source=followed")

    assert status == 200
    assert "to_first_service" in [one["name"] for one in body["indicators"]]


def _district_type_age() -> Layout:
    script = (files("flows") / "surveys" / "experience.yaml").read_text(encoding="utf-8")
    whole = Answers(None, 1, compiled(script)).layout()  # type: ignore[arg-type]  # nothing is read
    table = next(names for names in whole.tables if len(names) == 3)
    return Layout({name: whole.dimensions[name] for name in table}, (table,))


def test_district_type_and_age_together_give_nobody_away() -> None:
    random, layout = dice(7), _district_type_age()
    people = [
        {one.name: random.choice([*one.values]) for one in layout.dimensions.values()}
        for _ in range(900)
    ]
    counts = layout.count(people)

    published = protect(layout, counts)

    shown = published.cells
    deep = [key for key in shown if len(key) == 3]
    assert deep
    assert min(shown[key] for key in deep) >= 10
    assert any(5 <= many < 10 and key not in shown for key, many in counts.items())
    values = {name: [*one.values] for name, one in layout.dimensions.items()}
    found = Attacker(values, shown).finds()
    assert [key for key, many in found.items() if many < (10 if len(key) == 3 else 5)] == []
    titles = [one.title for one in tables(Sheet(layout, published, []), "ko")]
    assert len(titles) == 3 + len(layout.dimensions["region"].values)
