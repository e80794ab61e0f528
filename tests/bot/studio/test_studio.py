"""The studio's routes: admins only; drafts, checks, two persons, back again."""

from typing import Any

import pytest

from bot.app import application
from tests.bot.desks import Desk
from tests.bot.town import ROLES, Town

API = "/studio/api"
GETS = (
    "overview", "versions/{version}", "versions/{version}/watch", "compare/{old}/{new}",
    "mapping/{old}/{new}", "drafts/{draft}", "drafts/{draft}/check", "drafts/{draft}/changes",
    "settings",
)  # fmt: skip
POSTS = (
    "drafts", "drafts/{draft}/edit", "drafts/{draft}/write", "drafts/{draft}/drop",
    "drafts/{draft}/try", "drafts/{draft}/dialogue", "drafts/{draft}/propose",
    "versions/{version}/publish", "versions/{version}/refuse", "versions/{version}/roll_back",
    "versions/{version}/review", "versions/{version}/withdraw", "versions/{version}/move",
    "dialogues/{name}/drop", "settings/{name}",
)  # fmt: skip


async def _post(desk: Desk, path: str, **body: Any) -> tuple[int, Any]:  # noqa: ANN401  # JSON
    return await desk.call("POST", f"{API}/{path}", body)


async def _get(desk: Desk, path: str) -> Any:  # noqa: ANN401  # JSON
    status, told = await desk.call("GET", f"{API}/{path}")
    assert status == 200, told
    return told


async def _begun(desk: Desk, title: str) -> tuple[int, int]:
    status, draft = await _post(desk, "drafts", title=title)
    assert status == 200, draft
    return draft["id"], draft["revision"]


def _said(text: str, language: str = "ko") -> dict[str, Any]:
    path = ["steps", "phone", "say", 0, language]
    return {"file": "opening.yaml", "act": "set", "path": path, "value": text}


async def test_every_route_is_for_admins_only(town: Town) -> None:
    found = {
        (route.method, route.resource.canonical)
        for route in application(town.house).router.routes()
        if route.resource and route.resource.canonical.startswith(API) and route.method != "HEAD"
    }
    wanted = {("GET", f"{API}/{path}") for path in GETS}
    wanted |= {("POST", f"{API}/{path}") for path in POSTS}
    assert found == wanted

    wrong = []
    for role in ROLES:
        async with town.desk(role) as desk:
            for method, path in sorted(wanted):
                real = path.replace("{name}", "nothing").replace("{", "").replace("}", "")
                for word in ("version", "old", "new", "draft"):
                    real = real.replace(f"/{word}/", "/99999/").removesuffix(f"/{word}") + (
                        "/99999" if real.endswith(f"/{word}") else ""
                    )
                status, _ = await desk.call(method, real, {} if method == "POST" else None)
                refused = status in {401, 403}
                if refused != (role != "admin") or status >= 500:
                    wrong.append((role, method, real, status))
    assert wrong == []


async def test_a_change_goes_live_by_two_persons_and_comes_back_by_one(town: Town) -> None:
    before = town.house.versions.newest
    words = f"바뀐 질문이에요? {before}"
    async with town.desk("admin") as first, town.desk("admin2") as second:
        draft, revision = await _begun(first, "ask otherwise")
        status, saved = await _post(
            first, f"drafts/{draft}/edit", revision=revision, edit=_said(words)
        )
        assert status == 200, saved
        assert "# The order is that of crisis-chat practice" in _text(saved, "opening.yaml")
        changes = (await _get(first, f"drafts/{draft}/changes"))["changes"]
        assert [change["place"] for change in changes] == ["opening/phone"]

        status, proposed = await _post(first, f"drafts/{draft}/propose", reason="clearer")
        assert status == 200, proposed
        number = proposed["version"]
        alone, _ = await _post(first, f"versions/{number}/publish", reason="me too")
        both, told = await _post(second, f"versions/{number}/publish", reason="read it")
        assert (alone, both) == (409, 200), told
        assert town.house.versions.newest == number
        answer = await town.kakao(town.name(), "안녕하세요")
        assert answer["template"]["outputs"]

        status, _ = await _post(second, f"versions/{before}/roll_back", reason="wait")
        assert status == 200
        assert town.house.versions.newest == before
        book = (await _get(first, "overview"))["book"]

    assert [(act["act"], act["author"]) for act in book[:3]] == [
        ("rolled_back", "admin2"),
        ("published", "admin2"),
        ("proposed", "admin"),
    ]


async def test_a_broken_draft_is_shown_with_its_place_and_never_proposed(town: Town) -> None:
    live = town.house.versions.newest
    async with town.desk("admin") as desk:
        draft, revision = await _begun(desk, "broken")
        edit = {"file": "opening.yaml", "act": "remove", "path": ["steps", "not_now"]}
        status, _ = await _post(desk, f"drafts/{draft}/edit", revision=revision, edit=edit)
        assert status == 200
        proof = await _get(desk, f"drafts/{draft}/check")
        status, refused = await _post(desk, f"drafts/{draft}/propose", reason="no")

    assert any("no step 'not_now'" in one["reason"] for one in proof["problems"])
    assert all(one["file"] == "opening.yaml" and one["line"] for one in proof["problems"])
    assert status == 409
    assert refused["found"]["problems"]
    assert town.house.versions.newest == live


async def test_two_who_change_other_places_are_merged_and_the_same_place_is_shown(
    town: Town,
) -> None:
    async with town.desk("admin") as first, town.desk("admin2") as second:
        draft, seen = await _begun(first, "two at once")
        await _post(first, f"drafts/{draft}/edit", revision=seen, edit=_said("첫째가 바꿨어요."))
        status, merged = await _post(
            second, f"drafts/{draft}/edit", revision=seen, edit=_said("Second changed.", "en")
        )
        late, conflict = await _post(
            second, f"drafts/{draft}/edit", revision=seen, edit=_said("둘째도 바꿨어요.")
        )

    assert (status, merged["merged_with"]) == (200, "admin")
    assert "첫째가 바꿨어요." in _text(merged, "opening.yaml")
    assert "Second changed." in _text(merged, "opening.yaml")
    assert (late, conflict["error"], conflict["text"]) == (409, "conflict", "첫째가 바꿨어요.")


async def test_a_played_talk_becomes_a_dialogue_that_notices_a_change(town: Town) -> None:
    name = f"talk {town.house.versions.newest}"
    acts = [
        {"kind": "open"},
        {"kind": "press", "text": "네, 괜찮아요", "data": "1:yes"},
    ]
    trial = {"channel": "kakao", "language": "ko", "start": None, "acts": acts}
    async with town.desk("admin") as desk:
        draft, revision = await _begun(desk, "dialogue")
        status, tried = await _post(desk, f"drafts/{draft}/try", **trial)
        assert (status, tried["stands"]["step"]) == (200, "opening/phone"), tried
        status, kept = await _post(desk, f"drafts/{draft}/dialogue", title=name, trial=trial)
        assert status == 200, kept
        good = await _get(desk, f"drafts/{draft}/check")
        edit = _said("아주 다른 말이에요.")
        await _post(desk, f"drafts/{draft}/edit", revision=revision, edit=edit)
        bad = await _get(desk, f"drafts/{draft}/check")
        await _post(desk, f"dialogues/{name}/drop")

    assert [one["ok"] for one in good["dialogues"] if one["name"] == name] == [True]
    (went,) = [one for one in bad["dialogues"] if one["name"] == name]
    assert not went["ok"]
    assert "아주 다른 말" in went["found"]


async def test_an_emergency_withdrawal_is_by_one_and_reviewed_by_another(town: Town) -> None:
    before = town.house.versions.newest
    async with town.desk("admin") as first, town.desk("admin2") as second:
        draft, revision = await _begun(first, "withdrawn soon")
        await _post(
            first, f"drafts/{draft}/edit", revision=revision, edit=_said(f"거둘 말이에요 {before}")
        )
        _, proposed = await _post(first, f"drafts/{draft}/propose", reason="try")
        number = proposed["version"]
        await _post(second, f"versions/{number}/publish", reason="ok")
        async with town.tab() as tab:
            await tab.next("entry")
        status, _ = await _post(first, f"versions/{number}/withdraw", reason="a wrong number")
        assert status == 200
        assert town.house.versions.newest == before
        assert town.house.versions.moves[number].goal == before
        mine, _ = await _post(first, f"versions/{number}/review", reason="me")
        hers, _ = await _post(second, f"versions/{number}/review", reason="right")

    assert (mine, hers) == (409, 200)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: *a\n",
        "gyeot: !!python/object:os.system 1\n",
        "a: " + "x" * 1_000_001,
        "<script>alert(1)</script>",
        "a: [b\n",
        "\x00",
    ],
)
async def test_bad_files_leave_the_draft_usable_and_the_live_version_untouched(
    town: Town, text: str
) -> None:
    live = town.house.versions.newest
    async with town.desk("admin") as desk:
        draft, revision = await _begun(desk, "bad")
        status, _ = await _post(
            desk, f"drafts/{draft}/write", revision=revision, files={"bad.yaml": text}
        )
        proof = await _get(desk, f"drafts/{draft}/check")
        opened = await _get(desk, f"drafts/{draft}")

    assert status == 200
    assert any(one["file"] == "bad.yaml" for one in proof["problems"])
    assert opened["picture"]["nodes"]
    assert town.house.versions.newest == live


async def test_hours_and_canned_replies_are_kept_and_reach_the_desk(town: Town) -> None:
    canned = [{"title": "인사", "text": "안녕하세요."}]
    async with town.desk("admin") as desk, town.desk("counselor") as counselor:
        status, _ = await _post(desk, "settings/canned", value=canned)
        wrong, _ = await _post(desk, "settings/hours", value=[{"day": "someday"}])
        open_days = [{"day": "mon", "opens": "09:00", "closes": "18:00"}]
        await _post(desk, "settings/hours", value=open_days)
        kept = await _get(desk, "settings")
        _, shown = await counselor.call("GET", "/desk/api/canned")
        _, hours = await counselor.call("GET", "/desk/api/hours")
        await _post(desk, "settings/hours", value=[])
        await _post(desk, "settings/canned", value=[])

    assert (status, wrong) == (200, 400)
    assert kept["canned"] == canned
    assert canned[0] in [{"title": one["title"], "text": one["text"]} for one in shown]
    assert hours["hours"]["week"] == {"mon": [["09:00", "18:00"]]}
    assert kept["hours"][0] == open_days[0]
    assert {day["opens"] for day in kept["hours"][1:]} == {""}


def _text(model: Any, name: str) -> str:  # noqa: ANN401  # JSON
    return next(str(file["text"]) for file in model["files"] if file["name"] == name)


async def test_people_are_moved_by_a_mapping_that_is_proposed(town: Town) -> None:
    before = town.house.versions.newest
    person = town.name()
    async with town.desk("admin") as first, town.desk("admin2") as second:
        await town.kakao(person, "안녕하세요")
        draft, revision = await _begun(first, f"renamed {before}")
        rename = {"file": "opening.yaml", "act": "rename", "path": ["steps", "start"]}
        rename |= {"value": "hello"}
        await _post(first, f"drafts/{draft}/edit", revision=revision, edit=rename)
        status, proposed = await _post(first, f"drafts/{draft}/propose", reason="a name")
        assert status == 200, proposed
        number = proposed["version"]
        await _post(second, f"versions/{number}/publish", reason="ok")
        mapping = await _get(first, f"mapping/{before}/{number}")
        steps = {one["step"]: one["to"] for one in mapping["steps"] if one["gone"]}
        status, told = await _post(
            first, f"versions/{before}/move", reason="new name", goal=number, steps=steps
        )
        answer = await town.kakao(person, "네, 괜찮아요")
        await _post(second, f"versions/{before}/roll_back", reason="done")

    assert steps == {"opening/start": "opening/hello"}
    assert status == 200, told
    assert all(
        one["people"] is None or one["people"] >= 5 or not one["people"]
        for one in mapping["steps"]
    )
    assert "볼 수 있는 사람" in str(answer)
