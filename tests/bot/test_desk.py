"""The desk over real HTTP: who may do what, one voice at a time, each word once."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator, Iterator

import aiohttp
import orjson
import pytest
from aiohttp import web

from bot.app import application
from tests.bot.desk_acts import raw, waiting
from tests.bot.town import PASSWORD, ROLES, Town, kakao_address

SERVES = {"counselor", "supervisor"}
LEADS = {"supervisor", "admin"}
EVERYBODY = set(ROLES)
POLICY = {
    ("POST", "/desk/api/sign-out"): EVERYBODY,
    ("GET", "/desk/api/me"): EVERYBODY,
    ("GET", "/desk/api/queue"): SERVES,
    ("GET", "/desk/api/canned"): SERVES,
    ("GET", "/desk/api/conversations/{id}"): SERVES,
    ("GET", "/desk/api/conversations/{id}/entries"): SERVES,
    ("GET", "/desk/api/conversations/{id}/files/{seq}/{n}"): SERVES,
    ("POST", "/desk/api/conversations/{id}/take"): SERVES,
    ("POST", "/desk/api/conversations/{id}/say"): SERVES,
    ("POST", "/desk/api/conversations/{id}/release"): SERVES,
    ("POST", "/desk/api/conversations/{id}/close"): SERVES,
    ("POST", "/desk/api/conversations/{id}/admit"): SERVES,
    ("POST", "/desk/api/conversations/{id}/erase"): SERVES,
    ("GET", "/desk/api/numbers"): LEADS,
    ("POST", "/desk/api/numbers/sheet"): LEADS,
    ("GET", "/desk/api/numbers/releases"): LEADS | {"auditor"},
    ("POST", "/desk/api/numbers/releases"): LEADS,
    ("GET", "/desk/api/education"): LEADS,
    ("POST", "/desk/api/education/{id}/{act}"): LEADS,
    ("GET", "/desk/api/surveys"): LEADS,
    ("POST", "/desk/api/surveys"): LEADS,
    ("POST", "/desk/api/surveys/{id}/invite"): LEADS,
    ("POST", "/desk/api/surveys/{id}/destroy"): LEADS,
    ("GET", "/desk/api/log"): {"auditor", "supervisor"},
    ("GET", "/desk/api/log/{month}"): {"auditor", "supervisor"},
    ("POST", "/desk/api/log/{month}"): {"auditor", "supervisor"},
    ("GET", "/desk/api/breaches"): LEADS | {"auditor"},
    ("POST", "/desk/api/breaches"): LEADS,
    ("GET", "/desk/api/breaches/{id}/{person}"): {"supervisor"},
    ("POST", "/desk/api/breaches/{id}/tell"): {"supervisor"},
    ("POST", "/desk/api/breaches/{id}/{act}"): LEADS,
}
"""Who may use which route; a route that is not named here is a failure."""

OPEN = {
    ("POST", "/desk/api/sign-in"),
    ("GET", "/desk/socket"),
    ("GET", "/desk"),
    ("GET", "/desk/office"),
}


def routes(app: web.Application) -> Iterator[tuple[str, str]]:
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if path.startswith("/desk") and route.method != "HEAD":
            yield route.method, path


async def test_every_route_has_its_policy_and_keeps_it(town: Town) -> None:
    found = set(routes(application(town.house)))
    assert found == POLICY.keys() | OPEN

    wrong = []
    for role in (*ROLES, "nobody"):
        async with town.desk(role if role != "nobody" else "counselor") as desk:
            for (method, path), allowed in POLICY.items():
                if role == "nobody":
                    desk.http.cookie_jar.clear()
                elif path.endswith("sign-out"):
                    continue
                real = re.sub(r"\{\w+\}", "999999", path)
                status, _ = await desk.call(method, real, {} if method == "POST" else None)
                refused = status in {401, 403}
                if refused != (role not in allowed) or status >= 500:
                    wrong.append((role, method, path, status))
    assert wrong == []


async def test_a_wrong_password_an_unknown_name_and_many_tries_are_refused(town: Town) -> None:
    async with aiohttp.ClientSession() as http:
        tries = [("counselor", "wrong password here"), ("nobody-of-this-name", PASSWORD)]
        tries += [("flooded-name", "x")] * 11
        statuses = []
        for name, password in tries:
            body = {"name": name, "password": password}
            async with http.post(f"{town.url}/desk/api/sign-in", json=body) as answer:
                statuses.append(answer.status)

    assert statuses[:2] == [401, 401]
    assert statuses[-1] == 429


async def test_a_change_needs_the_csrf_token_and_our_own_page(town: Town) -> None:
    number = await waiting(town, town.name())
    path = f"/desk/api/conversations/{number}/take"
    async with town.desk() as desk:
        for headers in (
            {"X-Gyeot-Csrf": ""},
            {"X-Gyeot-Csrf": "x" * 43},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://[x"},
            {"Sec-Fetch-Site": "cross-site"},
        ):
            status, _ = await desk.call("POST", path, {}, headers)
            assert status == 403, headers
        async with desk.http.ws_connect(f"{town.url}/desk/socket") as ours:
            assert not ours.closed
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await desk.http.ws_connect(
                f"{town.url}/desk/socket", headers={"Origin": "https://evil.example"}
            )


@pytest.mark.parametrize("header", [b"X-Gyeot-Csrf", b"X-Gyeot-Secret", b"Origin"])
async def test_bytes_that_are_no_text_in_a_header_are_refused(town: Town, header: bytes) -> None:
    path = b"/hooks/kakao" if header == b"X-Gyeot-Secret" else b"/desk/api/sign-in"
    address = town.url.removeprefix("http://").encode()
    request = b"\r\n".join(
        [
            b"POST " + path + b" HTTP/1.1",
            b"Host: " + address,
            header + b": \xff\xfe\xed\xa0\x80",
            b"Content-Length: 2",
            b"Connection: close",
            b"",
            b"{}",
        ]
    )

    answer = await asyncio.to_thread(raw, town.house.settings.port, request)

    assert answer.split(b" ")[1][:1] == b"4"


async def test_a_sign_out_ends_the_sign_in(town: Town) -> None:
    async with town.desk() as desk:
        cookies = {cookie.key: cookie.value for cookie in desk.http.cookie_jar}
        assert (await desk.call("POST", "/desk/api/sign-out", {}))[0] == 200
        desk.http.cookie_jar.update_cookies(cookies)

        assert (await desk.call("GET", "/desk/api/me"))[0] == 401


async def test_of_several_counselors_one_takes_and_the_others_learn_who(town: Town) -> None:
    for _ in range(2):
        number = await waiting(town, town.name())
        names = ("counselor", "counselor2", "counselor3", "counselor4")
        async with (
            town.desk(names[0]) as one,
            town.desk(names[1]) as two,
            town.desk(names[2]) as three,
            town.desk(names[3]) as four,
        ):
            answers = await asyncio.gather(
                *(desk.act(number, "take", epoch=0) for desk in (one, two, three, four))
            )

        statuses = [status for status, _ in answers]
        winner = statuses.index(200)
        assert sorted(statuses) == [200, 409, 409, 409]
        told = {body["by"] for status, body in answers if status == 409}
        assert told == {f"상담사 {names[winner]}"}


async def test_words_with_the_same_id_reach_her_once(town: Town) -> None:
    person = town.name()
    number = await waiting(town, person)
    own = uuid.uuid4().hex
    async with town.desk() as desk:
        await desk.act(number, "take")

        said = await asyncio.gather(*(desk.say(number, "별이에요", own) for _ in range(5)))

    assert {status for status, _ in said} == {200}
    assert len({body["seq"] for _, body in said}) == 1
    written = await town.written("kakao", kakao_address(person))
    assert [one.entry.text for one in written if one.author == "counselor"] == ["별이에요"]


async def test_an_id_used_in_one_conversation_says_nothing_of_another(town: Town) -> None:
    people = town.name(), town.name()
    numbers = [await waiting(town, person) for person in people]
    own = uuid.uuid4().hex
    async with town.desk() as desk:
        for number in numbers:
            await desk.act(number, "take")
            assert (await desk.say(number, f"대화 {number}", own))[0] == 200

    for number, person in zip(numbers, people, strict=True):
        written = await town.written("kakao", kakao_address(person))
        said = [one.entry.text for one in written if one.author == "counselor"]
        assert said == [f"대화 {number}"]


async def test_only_who_holds_a_conversation_may_write_release_or_close(town: Town) -> None:
    number = await waiting(town, town.name())
    async with town.desk("counselor") as holder, town.desk("counselor2") as other:
        await holder.act(number, "take")

        refused = [
            (await other.say(number, "저도요"))[0],
            (await other.act(number, "release"))[0],
            (await other.act(number, "close"))[0],
        ]

        assert refused == [409, 409, 409]
        assert (await holder.act(number, "release"))[0] == 200
        assert (await holder.say(number, "아직 저예요"))[0] == 409


async def test_a_long_text_in_pieces_arrives_whole(town: Town) -> None:
    number = await waiting(town, town.name())
    text = "가" * 4000
    async with town.desk() as desk:
        await desk.act(number, "take")

        async def slowly() -> AsyncIterator[bytes]:
            body = orjson.dumps({"id": uuid.uuid4().hex, "text": text})
            for at in range(0, len(body), 5000):
                yield body[at : at + 5000]
                await asyncio.sleep(0.02)

        path = f"{town.url}/desk/api/conversations/{number}/say"
        headers = {"X-Gyeot-Csrf": desk.csrf}
        async with desk.http.post(path, data=slowly(), headers=headers) as answer:
            assert answer.status == 200, await answer.text()
        too_long, _ = await desk.say(number, "가" * 4001)
        empty, _ = await desk.say(number, " \n ")

    assert (too_long, empty) == (400, 400)
