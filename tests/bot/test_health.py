"""What an operator may watch: whether it runs, whether it can keep messages, and counts."""

from tests.bot.town import Town, skill


async def test_it_says_that_it_runs_and_that_it_can_keep_messages(town: Town) -> None:
    for place in ("healthz", "readyz"):
        async with town.http.get(f"{town.url}/{place}") as answer:
            told = await answer.json()
            assert answer.status == 200
            assert told["ok"] is True


async def test_answers_are_counted_by_place_and_status_and_nothing_else(town: Town) -> None:
    person = town.name()
    before = await _counts(town)

    await town.post_kakao(skill(person, "안녕하세요"))
    await town.post_kakao(skill(person, "안녕하세요"), {"X-Gyeot-Secret": "wrong"})
    async with town.http.get(f"{town.url}/nowhere/{person}") as answer:
        assert answer.status == 404
    after = await _counts(town)

    risen = {line: after[line] - before.get(line, 0) for line in after}
    assert risen['gyeot_requests_total{place="/hooks/kakao",status="200"}'] == 1
    assert risen['gyeot_requests_total{place="/hooks/kakao",status="401"}'] == 1
    assert risen['gyeot_requests_total{place="elsewhere",status="404"}'] == 1
    assert not any(person in line for line in after)


async def _counts(town: Town) -> dict[str, float]:
    async with town.http.get(f"{town.url}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    counted = [line.rpartition(" ") for line in lines if line.startswith("gyeot_requests_total")]
    return {name: float(number) for name, _, number in counted}
