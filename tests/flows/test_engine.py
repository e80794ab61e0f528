"""The engine beside what dialogues show: paging, corrections, calls, loops, risk, purity."""

import pytest

from flows.bundle import compile_sources, shipped
from flows.engine import advance
from flows.events import Closed, EventNotAllowed, FlowError, Released, Replied, Said, Took
from flows.messages import Kind
from flows.state import LIVE, State
from tests.flows.making import made, player, press, say
from tests.flows.small_scripts import CALLS, LOOP, MANY, MOMENT, ORDER, RISK


def test_many_choices_are_paged_and_every_one_can_be_reached() -> None:
    talk = player(MANY)

    pages = []
    for _ in range(3):
        labels = [b.label for b in talk.bubbles[-1].choices]
        pages.append(labels)
        press(talk, "1:+")

    assert all(len(page) <= 7 for page in pages)
    shown = {label for page in pages for label in page if label.startswith("선택")}
    assert shown == {f"선택{n}" for n in range(1, 15)}


def test_a_typed_number_names_a_choice_of_any_page() -> None:
    talk = player(MANY)

    say(talk, "13")

    assert talk.state.answers["one"] == "c13"


@pytest.mark.parametrize(
    "typed", ["선택1, 선택3", "선택1/선택3", "choice 1、Choice 3", "선택1\n선택3"]
)
def test_several_choices_may_be_typed_as_a_list(typed: str) -> None:
    talk = player(MANY)
    say(talk, "1")

    say(talk, typed)

    assert talk.state.answers["two"] == ("c1", "c3")


def test_a_list_with_a_stranger_in_it_chooses_nothing() -> None:
    talk = player(MANY)
    say(talk, "1")

    told = say(talk, "선택1, 무언가")

    assert "two" not in talk.state.answers
    assert talk.state.step == "t0/two"
    assert told


def test_several_choices_toggle_and_need_one_at_least() -> None:
    talk = player(MANY)
    say(talk, "1")

    press(talk, "2:=")
    assert "two" not in talk.state.answers
    for data in ("2:c1", "2:c2", "2:c1", "2:="):
        press(talk, data)

    assert talk.state.answers["two"] == ("c2",)


def test_a_choice_that_stands_alone_takes_the_others_away() -> None:
    talk = player(MANY)
    say(talk, "1")

    press(talk, "2:c1")
    press(talk, "2:none")

    assert talk.state.answers["two"] == ("none",)


def test_a_correction_keeps_what_does_not_depend_and_asks_again_what_does() -> None:
    talk = player(ORDER)
    for text in ("빨강", "진하게", "3"):
        say(talk, text)

    press(talk, "4:@kind")
    say(talk, "파랑")
    asked_again = talk.state.step
    say(talk, "연하게")

    assert asked_again == "t0/shade"
    assert talk.state.step == "t0/check"
    assert talk.state.answers == {"kind": "blue", "shade": "연하게", "size": 3.0}


def test_a_correction_to_the_same_answer_asks_nothing_again() -> None:
    talk = player(ORDER)
    for text in ("빨강", "진하게", "3"):
        say(talk, text)

    press(talk, "4:@kind")
    say(talk, "빨강")

    assert talk.state.step == "t0/check"
    assert talk.state.answers["shade"] == "진하게"


def test_called_flows_return_in_the_order_they_were_called() -> None:
    talk = player(*CALLS)
    steps = []
    for text in ("1", "2", "3", "4", "5"):
        steps.append(talk.state.step)
        say(talk, text)

    assert steps == ["t0/a", "t1/c", "t2/e", "t1/d", "t0/b"]
    assert talk.state.step == "@closed"
    assert talk.state.stack == ()


def test_back_goes_into_the_flows_that_were_left() -> None:
    talk = player(*CALLS)
    for text in ("1", "2", "3", "4"):
        say(talk, text)
    steps = []
    for _ in range(4):
        press(talk, "!back")
        steps.append((talk.state.step, talk.state.stack))

    assert steps == [
        ("t1/d", ("t0/call",)),
        ("t2/e", ("t0/call", "t1/deep")),
        ("t1/c", ("t0/call",)),
        ("t0/a", ()),
    ]
    for text in ("1", "2", "3", "4", "5"):
        say(talk, text)
    assert talk.state.step == "@closed"


def test_a_loop_that_never_waits_is_an_error_and_no_hang() -> None:
    flow = made(LOOP)

    with pytest.raises(FlowError, match="100 steps"):
        advance(flow, State(step="@closed"), Said("web", Kind.OPEN), MOMENT)


@pytest.mark.parametrize(
    ("step", "event"),
    [
        ("t0/kind", Replied("안녕하세요", "별")),
        ("@waiting", Replied("안녕하세요", "별")),
        ("@closed", Replied("안녕하세요", "별")),
        (LIVE, Took("web", "하늘")),
        ("t0/kind", Released("web")),
        ("@closed", Closed("web")),
        (LIVE, Released("web", "no/such")),
    ],
)
def test_what_a_state_does_not_know_is_refused(
    step: str, event: Replied | Took | Released | Closed
) -> None:
    with pytest.raises(EventNotAllowed):
        advance(made(ORDER), State(step=step), event, MOMENT)


def test_a_turn_leaves_the_state_it_was_given_as_it_was() -> None:
    talk = player(ORDER)
    say(talk, "빨강")
    before = talk.state
    packed = before.pack()

    turns = [
        advance(talk.flow, before, Said("web", text="진하게"), MOMENT),
        advance(talk.flow, before, Said("web", text="진하게"), MOMENT),
        advance(talk.flow, before, Said("web", Kind.PRESS, "", "!back"), MOMENT),
    ]

    assert before.pack() == packed
    assert turns[0] == turns[1]
    assert turns[0].state != before


@pytest.mark.parametrize("later", ["no", "unknown", "skip"])
def test_no_later_answer_lowers_what_was_reached(later: str) -> None:
    talk = player(RISK)
    press(talk, "1:yes")
    assert talk.state.risk == 1

    press(talk, "!back")
    press(talk, f"3:{later}")

    assert talk.state.risk == 1


def test_an_unknown_answer_alone_raises_nothing() -> None:
    talk = player(RISK)

    press(talk, "1:unknown")

    assert talk.state.risk == 4


def test_several_lifting_rules_lift_once() -> None:
    talk = player(RISK)

    press(talk, "1:yes")
    press(talk, "2:near")

    assert talk.state.risk == 0
    assert {"armed", "near", "nearer"} <= set(talk.state.because)


def test_a_double_tap_answers_once_and_an_old_button_answers_nothing() -> None:
    talk = player(RISK)
    press(talk, "1:no")
    state = talk.state

    assert press(talk, "1:no") == []
    told = press(talk, "1:yes")

    assert talk.state.answers == state.answers
    assert talk.state.step == state.step
    assert told


@pytest.mark.parametrize(
    "data", ["", ":", "1", "1:", "x:y", "999:yes", "!", "!nothing", "!correct:x", "!language:xx"]
)
def test_buttons_that_nobody_made_change_no_answer(data: str) -> None:
    talk = player(RISK)

    press(talk, data)

    assert talk.state.answers == {}
    assert talk.state.step == "t0/weapon"


def test_a_state_survives_its_packing() -> None:
    talk = player(ORDER)
    for text in ("빨강", "진하게", "3"):
        say(talk, text)

    assert State.unpack(talk.state.pack()) == talk.state


def test_the_shipped_version_is_one_machine() -> None:
    flow = compile_sources(shipped())

    assert flow.machine.models == []
