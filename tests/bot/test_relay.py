"""Who called 112 for her, and when, stands in the record."""

from tests.bot.desk_acts import audited, waiting
from tests.bot.town import Town


async def test_a_call_for_her_is_recorded_with_its_ground(town: Town) -> None:
    number = await waiting(town, town.name())

    async with town.desk() as desk:
        refused, _ = await desk.act(number, "relay", to="112")
        status, _ = await desk.act(number, "relay", to="112", basis="문 앞에 있다고 함, 마포구")
        told = await desk.show(number)

    assert refused == 400
    assert status == 200
    assert "relay" in await audited(town, number)
    (note,) = [one for one in told["entries"] if one["text"].startswith("relayed")]
    assert "상담사 counselor" in note["text"]
    assert note["at"]
