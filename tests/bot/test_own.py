"""What she keeps for herself: behind her word, never overwritten, hers to take away."""

import csv
import io
import statistics
import time
from typing import Any

import pytest

from storage import keepsakes
from storage.keepsakes import Keepsake, unbroken
from tests.bot.town import Town

TOKEN = "a-token-of-her-own-tab-that-is-long-enough"
WORD = "달빛 자전거"
Json = dict[str, Any]


async def ask(town: Town, act: str, token: str, **body: Any) -> tuple[int, bytes]:  # noqa: ANN401  # JSON
    address = f"{town.url}/chat/own/{act}"
    async with town.http.post(address, json={"token": token, **body}) as answer:
        return answer.status, await answer.read()


async def look(town: Town, token: str) -> Json:
    address = f"{town.url}/chat/own/look"
    async with town.http.post(address, json={"token": token, "word": WORD}) as answer:
        assert answer.status == 200
        told: Json = await answer.json()
        return told


async def opened(town: Town) -> str:
    """Open a talk in a tab and choose a word there; returns the tab's token."""
    async with town.tab() as tab:
        token = str(tab.opened["token"])
    status, _ = await ask(town, "word", token, word=WORD)
    assert status == 200
    return token


def incident(**change: Any) -> Json:  # noqa: ANN401  # JSON
    return {"day": "2026-11-20", "act": "watch", "place": "home", "what": "집 앞", **change}


async def test_an_entry_is_kept_corrected_and_taken_out(town: Town) -> None:
    token = await opened(town)
    say: Json = {"word": WORD, "kind": "incident"}

    changes: tuple[Json, ...] = (
        {"data": incident()},
        {"data": incident(what="집 앞 골목", breach=True), "replaces": 1},
        {"data": incident(act="contact", count=37)},
        {"data": None, "replaces": 3},
    )
    for body in changes:
        status, _ = await ask(town, "keep", token, **say, **body)
        assert status == 200
    told = await look(town, token)

    assert [(one["number"], one["data"]["what"]) for one in told["log"]] == [(2, "집 앞 골목")]
    assert told["pattern"]["breaches"] == 1
    assert told["unbroken"] is True


async def test_her_plan_begins_with_what_fits(town: Town) -> None:
    token = await opened(town)
    told = await look(town, token)
    first = told["fitting"][0]

    await ask(town, "keep", token, word=WORD, kind="plan", data={"way": first})
    again = await look(town, token)

    assert again["plan"][0]["data"]["way"] == first
    assert first not in again["fitting"]


async def test_a_copy_for_the_police_holds_every_version_and_no_formula(town: Town) -> None:
    token = await opened(town)
    for body in ({"data": incident(what="=HYPERLINK(1)")}, {"data": None, "replaces": 1}):
        await ask(town, "keep", token, word=WORD, kind="incident", **body)

    status, content = await ask(town, "copy", token, word=WORD, name="log.csv")

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert status == 200
    assert [row[0] for row in rows[1:]] == ["1", "2"]
    assert rows[1][8] == "'=HYPERLINK(1)"
    assert len(rows[2][-1]) == 64


@pytest.mark.parametrize("name", ["log.pdf", "plan.pdf"])
async def test_a_copy_on_paper_has_a_harmless_cover(town: Town, name: str) -> None:
    token = await opened(town)
    await ask(town, "keep", token, word=WORD, kind="plan", data={"way": "bag"})

    status, content = await ask(town, "copy", token, word=WORD, name=name)

    first = content.split(b"endstream")[0]
    assert status == 200
    assert content.startswith(b"%PDF-1.4")
    assert "메모".encode("utf-16-be").hex().encode() in first
    assert first.count(b"Tj") == 2
    assert b"/Title (Notes)" in content


async def test_nobody_learns_anything_without_the_word(town: Town) -> None:
    token = await opened(town)
    other = f"{TOKEN}-unknown"

    answers = {
        await ask(town, act, who, word=word, kind="plan", data={"way": "bag"}, name="log.csv")
        for act in ("look", "keep", "copy")
        for who, word in ((token, "틀린 말"), (other, WORD), (other, ""))
    }

    assert answers == {(403, b'{"error":"word"}')}


async def test_known_and_unknown_take_as_long(town: Town) -> None:
    token = await opened(town)
    took: dict[bool, list[float]] = {True: [], False: []}

    for number in range(60):
        known = number % 2 == 0
        began = time.perf_counter()
        await ask(town, "look", token if known else f"{TOKEN}{number}", word="틀린 말")
        took[known].append(time.perf_counter() - began)

    assert abs(statistics.median(took[True]) - statistics.median(took[False])) < 0.005


def test_a_changed_entry_shows() -> None:
    first = Keepsake(1, 5, {"what": "a"}, None, "")
    first = Keepsake(1, 5, {"what": "a"}, None, keepsakes.link(keepsakes.FIRST, first))
    second = Keepsake(2, 6, {"what": "b"}, None, "")
    second = Keepsake(2, 6, {"what": "b"}, None, keepsakes.link(first.digest, second))

    assert unbroken([first, second])
    assert not unbroken([Keepsake(1, 5, {"what": "x"}, None, first.digest), second])
    assert not unbroken([second])
