"""Every saved conversation goes as it is written, in short turns that leave the ways out."""

from pathlib import Path

import pytest

from flows.bundle import compile_bundle, compile_sources, gather, shipped, with_start
from flows.compiled import CompiledFlow
from flows.dialogues import Dialogue, Player, read_dialogue, replay, status_of
from flows.events import Said
from flows.messages import Button
from flows.texts import fold

TESTS = Path(__file__).parents[1]
DIALOGUES = sorted((TESTS / "dialogues").glob("*.yaml"))
MOST_INPUTS = 34
CRIES = (
    "살려주세요", "도와주세요", "ㅅㄹㅈㅅㅇ", "tkffuwntpdy", "112", "help me",
    "cứu tôi", "救命", "助けて", "ช่วยด้วย", "помогите",
)  # fmt: skip


@pytest.fixture(scope="module")
def flow() -> CompiledFlow:
    return compile_sources(shipped())


def _read(path: Path) -> Dialogue:
    return read_dialogue(path.read_text(encoding="utf-8"), path.name)


def test_there_are_dialogues_for_everything() -> None:
    assert len(DIALOGUES) >= 60
    assert {_read(path).channel for path in DIALOGUES} == {"telegram", "kakao", "web"}


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_a_dialogue_goes_as_it_is_written(flow: CompiledFlow, path: Path) -> None:
    assert replay(flow, _read(path)) == []


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_each_turn_of_a_dialogue_is_short_and_leaves_the_ways_out(
    flow: CompiledFlow, path: Path
) -> None:
    dialogue = _read(path)
    player = Player(flow, dialogue.channel, dialogue.language)

    for beat in dialogue.talk:
        player.play(beat)

        assert len(player.bubbles) <= 3
        status = status_of(player.state)
        if not player.bubbles or status == "closed":
            continue
        ways = {_command(button) for bubble in player.bubbles for button in bubble.fixed}
        assert "emergency" in ways
        assert status in {"waiting", "live"} or "counselor" in ways or _settles(player)


def _command(button: Button) -> str:
    return button.data.removeprefix("!")


def _settles(player: Player) -> bool:
    """A question of the engine itself (erase, language, pause): two taps lead to a person."""
    data = [button.data for bubble in player.bubbles for button in bubble.choices]
    return any(one.startswith("!") for one in data)


@pytest.mark.parametrize("cry", CRIES)
def test_a_cry_for_help_calls_a_person_from_the_first_word_on(
    flow: CompiledFlow, cry: str
) -> None:
    player = Player(flow, "telegram")

    player.feed(Said("telegram", text=cry))

    assert player.summoned == 0
    assert "112" in player.bubbles[0].text


def test_no_choice_hides_a_cry_or_a_way_out(flow: CompiledFlow) -> None:
    ways_out = {
        word
        for word, command in flow.phrases.words.items()
        if command in {"emergency", "counselor", "exit", "erase", "menu", "back", "pause"}
    }
    kept = ways_out | {fold(cry) for cry in CRIES}

    hidden = [
        (place.name, option.id, sorted(option.words & kept))
        for place in flow.places.values()
        for option in place.options
        if option.words & kept and option.id != "menu"
    ]

    assert hidden == []


@pytest.mark.parametrize("channel", ["web", "telegram", "kakao"])
def test_an_application_for_two_services_takes_few_inputs(
    flow: CompiledFlow, channel: str
) -> None:
    dialogue = _read(TESTS / "dialogues" / f"apply-two-services-{channel}.yaml")

    inputs = [beat for beat in dialogue.talk if beat.she is not None or beat.presses is not None]

    assert replay(flow, dialogue) == []
    assert len(inputs) <= MOST_INPUTS


def test_the_workload_has_fourteen_answers_and_ends() -> None:
    text = (TESTS / "bench" / "workload.yaml").read_text(encoding="utf-8")
    flow = compile_bundle(gather(with_start(shipped(), text, "workload.yaml")), "workload")
    player = Player(flow, "web")
    yes_or_no = ["예", "예", "아니오", "아니오", "예", "아니오", "아니오", "예", "아니오"]
    story = "요즘 계속 잠을 못 자고 집에 가면 마음이 답답해요."
    inputs = ["한국어", *yes_or_no, "가족, 건강", "채팅, 문자", story, "제출"]

    for number, said in enumerate(inputs, start=1):
        player.feed(Said("web", text=said))
        assert f"Q{number:02d}" in player.bubbles[-1].text

    assert len(inputs) == 14
    assert status_of(player.state) == "closed"
