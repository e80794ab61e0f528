"""A draft is played with the faults that networks have."""

from flows.bundle import compile_sources, shipped
from flows.dialogues import read_dialogue, replay
from flows.trying import Act, Trial, dialogue_of, tried

FLOW = compile_sources(shipped())
OPEN = Act(kind="open")
YES = Act(kind="press", text="네, 괜찮아요", data="1:yes")


def test_a_message_that_was_overtaken_arrives_after_the_next_one() -> None:
    held = Act(kind="text", text="네, 괜찮아요", fault="reordered")
    menu = Act(kind="text", text="메뉴")

    turns, player = tried(FLOW, Trial(acts=(OPEN, held, menu)))

    assert [turn.travels for turn in turns] == ["", "late", "", "arrives"]
    assert turns[1].bubbles == ()
    assert turns[2].act == menu
    assert turns[3].act == held
    assert turns[3].bubbles
    alone, _ = tried(FLOW, Trial(acts=(OPEN, menu, held.model_copy(update={"fault": ""}))))
    assert turns[3].bubbles == alone[2].bubbles
    assert player.state.step == turns[3].step


def test_an_overtaken_message_stays_on_its_way_while_nothing_follows() -> None:
    held = YES.model_copy(update={"fault": "reordered"})

    turns, player = tried(FLOW, Trial(acts=(OPEN, held)))

    assert turns[-1].travels == "late"
    assert player.state.step == turns[0].step


def test_a_played_fault_is_kept_in_the_order_in_which_it_arrived() -> None:
    held = YES.model_copy(update={"fault": "reordered"})
    trial = Trial(acts=(OPEN, held, Act(kind="text", text="메뉴")))

    text = dialogue_of(FLOW, trial, "바뀐 순서")

    assert text.index("메뉴") < text.index("presses")
    assert replay(FLOW, read_dialogue(text, "kept.yaml")) == []
