"""Random walks over the shipped scripts: nobody gets stuck, nothing private is said back."""

import random

import pytest

from flows.bundle import compile_sources, shipped
from flows.compiled import CompiledFlow
from flows.dialogues import Player, status_of
from flows.effects import Say
from flows.events import Closed, Event, EventNotAllowed, Released, Replied, Said, Took
from flows.messages import Kind
from flows.state import State

CANARIES = ("카나리아김", "010-7391-4482", "대구로 카나리길 77", "카나리아 비밀말")
TEXTS = (
    *CANARIES,
    "네",
    "아니요",
    "1",
    "뒤로",
    "모르겠어요",
    "어제",
    "2026-11-03",
    "계속",
    "처음",
    "🙂",
    "ㅁ" * 300,
    "문 앞에 그 사람이 있어요",
    "죽고 싶어요",
    "상담사 바꿔 주세요",
    "제가 쓴 거 다 지워 주세요",
    "대화 가리기",
    "나갈게요",
)
WALKS = 120
STEPS = 45
MANY_WALKS = 3400


@pytest.fixture(scope="module")
def flow() -> CompiledFlow:
    return compile_sources(shipped())


def _step(player: Player, dice: random.Random) -> Event:
    roll = dice.random()
    channel = player.channel
    if status_of(player.state) == "live":
        staff: list[Event] = [
            Released(channel),
            Closed(channel),
            Replied("네, 듣고 있어요.", "별"),
        ]
        return dice.choice(staff)
    if roll < 0.72 and player.buttons:
        button = dice.choice([b for b in player.buttons if b.data] or player.buttons)
        return Said(channel, Kind.PRESS, button.label, button.data)
    if roll < 0.94:
        return Said(channel, text=dice.choice(TEXTS))
    if roll < 0.97:
        return Took(channel, "상담사 별")
    return Said(channel, dice.choice([Kind.OPEN, Kind.FILES, Kind.OTHER, Kind.EDIT]))


@pytest.mark.parametrize("channel", ["telegram", "kakao", "web"])
def test_random_walks_never_get_stuck_and_never_say_private_things_back(
    flow: CompiledFlow, channel: str
) -> None:
    _walk_all(flow, channel, range(WALKS))


@pytest.mark.faults
@pytest.mark.timeout(600)  # two minutes on a quiet machine
@pytest.mark.parametrize("channel", ["telegram", "kakao", "web"])
def test_ten_thousand_walks_never_say_private_things_back(
    flow: CompiledFlow, channel: str
) -> None:
    _walk_all(flow, channel, range(1000, 1000 + MANY_WALKS))


def _walk_all(flow: CompiledFlow, channel: str, seeds: range) -> None:
    for seed in seeds:
        dice = random.Random(seed)  # noqa: S311  # a replayable walk, no secret
        player = Player(flow, channel)
        player.feed(Said(channel, text="안녕하세요"))
        for _ in range(STEPS):
            event = _step(player, dice)
            try:
                player.feed(event)
            except EventNotAllowed:
                continue
            told = " ".join(bubble.text for bubble in player.bubbles)
            if channel != "web" or "verified" not in player.state.flags:
                assert not any(canary in told for canary in CANARIES), (seed, player.state.step)
            assert State.unpack(player.state.pack()) == player.state, seed
            if isinstance(event, Said) and status_of(player.state) == "bot":
                assert player.buttons, (seed, player.state.step)


def test_a_walk_gives_the_same_turns_again(flow: CompiledFlow) -> None:
    def walk() -> list[str]:
        dice, player, said = random.Random(7), Player(flow, "web"), []  # noqa: S311
        for _ in range(STEPS):
            try:
                player.feed(_step(player, dice))
            except EventNotAllowed:
                continue
            said += [bubble.text for bubble in player.bubbles]
        return said

    assert walk() == walk()


def test_bubbles_hold_only_buttons_that_every_channel_can_carry(flow: CompiledFlow) -> None:
    dice = random.Random(11)  # noqa: S311
    for _ in range(60):
        player = Player(flow, "kakao")
        for _ in range(STEPS):
            try:
                player.feed(_step(player, dice))
            except EventNotAllowed:
                continue
            for bubble in player.bubbles:
                buttons = [*bubble.choices, *bubble.fixed]
                assert len([b for b in buttons if not b.path]) <= 10, player.state.step
                assert all(len(b.data.encode()) <= 60 for b in buttons)
                assert isinstance(Say(bubble), Say)
