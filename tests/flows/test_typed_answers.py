"""A typed yes belongs to what the engine asked last, and only if it was seen."""

from dataclasses import replace

import pytest

from flows.bundle import compile_sources, shipped
from flows.compiled import CompiledFlow
from flows.dialogues import Player
from flows.events import Said
from flows.proposals import FRESH, KEPT


@pytest.fixture(scope="module")
def flow() -> CompiledFlow:
    return compile_sources(shipped())


def _after(flow: CompiledFlow, *texts: str) -> Player:
    player = Player(flow, "kakao")
    for text in texts:
        player.feed(Said("kakao", text=text))
    return player


@pytest.mark.parametrize("yes", ["네", "응", "1", "네, 위험해요", "yes"])
def test_yes_to_the_gentle_question_is_danger(flow: CompiledFlow, yes: str) -> None:
    player = _after(flow, "안녕하세요", "지금 무서워요", yes)

    assert player.summoned == 0
    assert "safe_now" not in player.state.answers


@pytest.mark.parametrize("yes", ["네", "1", "지워 주세요"])
def test_yes_to_whether_to_erase_erases(flow: CompiledFlow, yes: str) -> None:
    player = _after(flow, "안녕하세요", "지우기", yes)

    assert player.erased
    assert "safe_now" not in player.state.answers


def test_a_question_to_erase_that_never_arrived_is_not_answered(flow: CompiledFlow) -> None:
    player = _after(flow, "안녕하세요", "지우기")
    player.state = replace(player.state, memory={**player.state.memory, "unseen": "1"})

    player.feed(Said("kakao", text="네"))
    player.feed(Said("kakao", text="네"))

    assert not player.erased


def test_a_question_to_erase_that_was_left_is_over(flow: CompiledFlow) -> None:
    player = _after(flow, "안녕하세요", "지우기", "괜찮아요", "네")

    assert not player.erased


@pytest.mark.parametrize(
    ("text", "kept"), [("지워 주세요", False), ("네, 위험해요", False), ("네, 적어 주세요", True)]
)
def test_the_button_of_another_question_accepts_no_proposal(
    flow: CompiledFlow, text: str, *, kept: bool
) -> None:
    player = _after(flow, "안녕하세요")
    proposed = {KEPT: '{"called_name": "별"}', FRESH: "1"}
    player.state = replace(player.state, memory={**player.state.memory, **proposed})

    player.feed(Said("kakao", text=text))

    assert ("called_name" in player.state.answers) is kept
