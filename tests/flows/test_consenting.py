"""A consent asked in the middle of a flow: her open question is asked again after her tap."""

from datetime import UTC, datetime

from flows.bundle import compile_sources, shipped
from flows.effects import Consent, Say
from flows.engine import advance, begin
from flows.events import AskedConsent, Event, Moment, Said
from flows.messages import Kind
from flows.state import State

NOW = Moment(datetime(2026, 11, 24, 10, tzinfo=UTC), "ABCDEFGH", "link")
FLOW = compile_sources(shipped())
LINES = {"ko": ("[동의] 전체", "[민감] 항목"), "en": ("[Consent] whole", "[Sensitive] items")}
MASKED = {"ko": ("[동의] 가림", "[민감] 항목"), "en": ("[Consent] masked", "[Sensitive] items")}


def _after(state: State, event: Event) -> tuple[State, list[Say], list[Consent]]:
    turn = advance(FLOW, state, event, NOW)
    says = [one for one in turn.effects if isinstance(one, Say)]
    return turn.state, says, [one for one in turn.effects if isinstance(one, Consent)]


def _asks(state: State, channel: str) -> tuple[State, list[Say], list[Consent]]:
    service = {"ko": "법률 지원", "en": "Legal help"}
    return _after(state, AskedConsent(channel, "7", service, LINES, MASKED))


def _tap(state: State, data: str, channel: str) -> tuple[State, list[Say], list[Consent]]:
    return _after(state, Said(channel, Kind.PRESS, "단추", data))


def test_her_open_question_stands_again_beside_the_way_back() -> None:
    state, opened, _ = _after(begin(FLOW, "ko"), Said("web", Kind.OPEN))
    open_choices = opened[-1].message.choices
    state, asked, _ = _asks(state, "web")
    state, _, nothing = _tap(state, "!consent:7:yes", "web")
    state, told, given = _tap(state, "!consent:7:no", "web")

    assert asked[-1].message.text == "[동의] 전체"
    assert nothing == []
    assert given == [Consent("7", "yes")]
    assert told[-1].message.choices[:-1] == open_choices
    assert told[-1].message.choices[-1].data == "!consent:7:back"
    state, back, taken = _tap(state, "!consent:7:back", "web")
    assert taken == [Consent("7", "back")]
    assert back[-1].message.choices == open_choices
    assert _tap(state, "!consent:7:back", "web")[2] == []


def test_a_messenger_reads_the_masked_words_in_every_state() -> None:
    state, (asked,), _ = _asks(begin(FLOW, "en"), "telegram")

    assert "masked" in asked.message.text
    assert "whole" not in asked.message.text
    assert [one.data for one in asked.message.choices][-1] == "!consent:7:web"
    _, (refused,), told = _tap(state, "!consent:7:no", "telegram")
    assert told == [Consent("7", "no")]
    assert refused.message.text.startswith("All right")


def test_a_second_yes_gives_nothing_twice() -> None:
    state, _, _ = _asks(begin(FLOW, "ko"), "web")
    state, _, _ = _tap(state, "!consent:7:yes", "web")
    state, _, first = _tap(state, "!consent:7:yes", "web")
    _, _, second = _tap(state, "!consent:7:yes", "web")

    assert (first, second) == ([Consent("7", "all")], [])
