"""A typed answer to a consent: only what is plain, alone, and can mean nothing else is one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.bundle import compile_sources, shipped
from flows.consent_words import meant
from flows.effects import Consent, Say, Summon
from flows.engine import advance, begin
from flows.events import AskedConsent, Event, Moment, Replied, Said, Ticked, Took
from flows.messages import Kind
from flows.state import State

START = datetime(2026, 11, 24, 10, tzinfo=UTC)
FLOW = compile_sources(shipped())
LINES: dict[str, tuple[str, ...]] = {
    "ko": ("[동의] 전체", "[민감] 항목"),
    "en": ("[Consent] whole", "[Sensitive] items"),
}
PLAIN: dict[str, tuple[str, ...]] = {"ko": ("[동의] 전체",), "en": ("[Consent] whole",)}
YES = (
    "네",
    "네.",
    "네!",
    "예",
    "넵",
    "동의해요",
    "동의합니다",
    "네, 동의해요",
    "Yes",
    "yes.",
    "I agree",
    "yes, I agree",
)
NO = (
    "아니요",
    "아니오",
    "아뇨",
    "동의하지 않아요",
    "동의 안 해요",
    "No",
    "I don't agree",
    "I do not agree",
)
DOUBTS = (
    "네 근데 경찰은 빼고요",
    "동의하는데 이름은 빼 주세요",
    "동의해야 하나요?",
    "동의해요?",
    "네?",
    "동의 안 하면 어떻게 돼요",
    "동의하지 않는 건 아니에요",
    "아니 동의해요",
    "네 동의하지 않아요",
    "yes but not my name",
    "yes?",
    "I agree if he is not told",
    "do I have to agree",
    "I don't not agree",
    "not sure I agree",
)


class Talk:
    """One conversation that is played."""

    def __init__(self, language: str = "ko", channel: str = "web") -> None:
        self.state: State = begin(FLOW, language)
        self.channel, self.at, self.given = channel, START, list[Consent]()
        self.said: list[str] = []
        self.summoned = False

    def does(self, event: Event, later: float = 60) -> str:
        """Let something happen; returns what was said last."""
        self.at += timedelta(seconds=later)
        turn = advance(FLOW, self.state, event, Moment(self.at, "ABCDEFGH", "link"))
        self.state = turn.state
        self.given += [one for one in turn.effects if isinstance(one, Consent)]
        self.said = [one.message.text for one in turn.effects if isinstance(one, Say)]
        self.buttons = [
            button.data
            for one in turn.effects
            if isinstance(one, Say)
            for button in one.message.choices
        ]
        self.summoned = any(isinstance(one, Summon) for one in turn.effects)
        return self.said[-1] if self.said else ""

    def asks(self, number: str = "7", lines: dict[str, tuple[str, ...]] = PLAIN) -> str:
        service = {"ko": "법률 지원", "en": "Legal help"}
        return self.does(AskedConsent(self.channel, number, service, lines, lines))

    def writes(self, text: str, later: float = 60) -> str:
        return self.does(Said(self.channel, text=text), later)

    def taps(self, data: str) -> str:
        return self.does(Said(self.channel, Kind.PRESS, "단추", data))


@pytest.mark.parametrize("text", YES)
@pytest.mark.parametrize("channel", ["web", "telegram", "kakao"])
def test_a_plain_yes_to_the_consent_that_was_just_asked_is_one(text: str, channel: str) -> None:
    talk = Talk(channel=channel)
    talk.asks()
    talk.writes(text)

    assert talk.given == [Consent("7", "yes")]
    talk.writes(text)
    assert talk.given == [Consent("7", "yes")], "nothing is given twice"


@pytest.mark.parametrize("text", NO)
def test_a_plain_no_is_a_no(text: str) -> None:
    talk = Talk("en")
    talk.asks()
    talk.writes(text)

    assert talk.given == [Consent("7", "no")]


@pytest.mark.parametrize("text", DOUBTS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_condition_a_doubt_or_a_question_is_none_and_is_asked_again_by_tap(
    text: str, language: str
) -> None:
    talk = Talk(language)
    talk.asks()
    told = talk.writes(text)

    assert talk.given == []
    assert ("분명할 때만" if language == "ko" else "only when it is clear") in told
    assert talk.buttons[:2] == ["!consent:7:yes", "!consent:7:no"]
    talk.taps("!consent:7:no")
    assert talk.given == [Consent("7", "no")]


@pytest.mark.parametrize("text", ["네", "동의해요", "yes", "I agree"])
def test_what_came_before_she_could_read_it_is_none(text: str) -> None:
    talk = Talk()
    talk.asks()
    talk.writes(text, later=1)

    assert talk.given == []
    talk.writes(text)
    assert talk.given == [Consent("7", "yes")]


@pytest.mark.parametrize("text", ["네", "yes"])
def test_a_bare_yes_that_could_answer_something_else_is_none(text: str) -> None:
    asked, live, two = Talk(), Talk(), Talk()
    asked.does(Said("web", Kind.OPEN))  # "are you safe now?" stands open
    asked.asks()
    live.does(Took("web", "별"))
    live.asks()
    two.asks("7")
    two.asks("8")

    for talk in (asked, live, two):
        talk.writes(text)
        assert talk.given == []
        assert any(button.startswith("!consent:") for button in talk.buttons)


def test_so_many_words_count_beside_a_question_that_they_do_not_answer() -> None:
    talk = Talk()
    talk.does(Said("web", Kind.OPEN))  # "are you safe now?" stands open
    talk.asks()
    talk.writes("네, 동의해요")

    assert talk.given == [Consent("7", "yes")]
    consent = next(
        name for name, place in FLOW.places.items() if place.save == "consent_application"
    )
    own = Talk()
    own.does(Said("web", Kind.OPEN))
    own.state = replace(own.state, step=consent, asked=9)
    own.asks()
    own.writes("동의해요")
    assert own.given == [], "it could answer the consent of the application"


def test_what_a_counselor_or_the_clock_said_meanwhile_comes_between() -> None:
    spoken, ticked = Talk(), Talk()
    spoken.does(Took("web", "별"))
    spoken.asks()
    spoken.does(Replied("지금 괜찮으세요?", "별"))
    ticked.asks()
    ticked.does(Ticked("web", "check_in"))

    for talk in (spoken, ticked):
        talk.writes("네")
        assert talk.given == []


def test_to_a_counselor_she_may_say_it_in_so_many_words() -> None:
    talk = Talk()
    talk.does(Took("web", "별"))
    talk.asks()
    talk.writes("네, 동의합니다")
    assert talk.given == [Consent("7", "yes")]

    doubt = Talk()
    doubt.does(Took("web", "별"))
    doubt.asks()
    doubt.writes("동의하는데 이름은 빼고 싶어요")
    assert (doubt.given, doubt.said) == ([], []), "a counselor is there and reads it"


def test_the_sensitive_items_are_asked_apart_and_want_an_answer_of_their_own() -> None:
    talk, twice = Talk(), Talk()
    for one in (talk, twice):
        one.asks(lines=LINES)
        one.writes("네")
        assert one.given == []
    twice.writes("네", later=1)  # the same word once more is no answer to what came after it
    talk.writes("아니요")

    assert twice.given == []
    assert talk.given == [Consent("7", "yes")], "the rest, without what is sensitive"
    twice.writes("네")
    assert twice.given == [Consent("7", "all")]


def test_long_after_it_is_asked_again_and_never_taken() -> None:
    talk = Talk()
    talk.asks()
    talk.writes("안녕하세요")
    talk.writes("메뉴")
    talk.writes("동의합니다")

    assert talk.given == []
    assert talk.buttons[:2] == ["!consent:7:yes", "!consent:7:no"]


def test_without_a_question_the_words_mean_nothing() -> None:
    for text in (*YES, *NO):
        talk = Talk()
        talk.writes(text)
        assert talk.given == []


def test_danger_and_a_wish_to_take_back_go_before_it() -> None:
    danger, back = Talk(), Talk()
    danger.asks()
    danger.writes("네 그 사람이 지금 칼 들고 문 앞에 있어요")
    back.asks()
    back.writes("동의 철회")

    assert danger.given == back.given == []
    assert danger.summoned
    assert "분명할 때만" not in "".join((*danger.said, *back.said))


def test_who_says_goodbye_gives_none() -> None:
    talk = Talk()
    talk.asks()
    talk.writes("나중에 동의할게요")

    assert talk.given == []


def test_her_story_is_not_taken_for_it() -> None:
    talk = Talk()
    step = next(name for name, place in FLOW.places.items() if place.save == "story")
    talk.does(Said("web", Kind.OPEN))
    talk.asks()
    talk.writes("메뉴")
    talk.state = replace(talk.state, step=step, asked=9)
    told = talk.writes("제 동의 없이 사진을 올렸어요")

    assert talk.given == []
    assert "분명할 때만" not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("동의 없이 찍었어요", "unclear"),
        ("네이버에서 봤어요", ""),
        ("예전에 그랬어요", ""),
        ("not now", ""),
        ("nothing", ""),
    ],
)
def test_words_that_only_begin_like_it_are_about_something_else(text: str, told: str) -> None:
    assert meant(text) == told
