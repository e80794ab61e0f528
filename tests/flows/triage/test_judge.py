"""What a free text signals: in every language and manner, alone or in pieces."""

import pytest

from flows.triage import Label, triage
from flows.triage.judge import raised
from flows.triage.model import HEADS, model
from flows.triage.signals import Signal

_DANGER = "지금 그 사람이 문을 발로 차고 있어요"
_FILLER = "저는 서른 살이고 작은 회사에 다녀요. 전 동료가 계속 연락을 해서 신청하려고 해요. "


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("문 앞에 그 사람이 서 있어요", Label.IMMINENT),
        ("살려주세요", Label.IMMINENT),
        ("tkffuwntpdy", Label.IMMINENT),
        ("살\u200b려주세요", Label.IMMINENT),
        ("문앞", Label.IMMINENT),
        ("🆘", Label.IMMINENT),
        ("he is banging on my door", Label.IMMINENT),
        ("他在我家门口敲门", Label.IMMINENT),
        ("ドアを叩いています、怖いです", Label.IMMINENT),
        ("hắn đang đứng trước cửa nhà em", Label.IMMINENT),
        ("เขายืนอยู่หน้าห้องหนูตอนนี้", Label.IMMINENT),
        ("он стоит под моей дверью", Label.IMMINENT),
        ("죽고 싶어요", Label.SELFHARM),
        ("죽.고.싶.다", Label.SELFHARM),
        ("i want to die", Label.SELFHARM),
        ("상담원 연결해 주세요", Label.HUMAN),
        ("나갈래", Label.EXIT),
        ("제 정보를 삭제해 주세요", Label.DELETE),
        ("안녕하세요", Label.OTHER),
        ("배고파 죽겠다", Label.OTHER),
        ("작년에 집 앞에서 기다린 적이 있어요", Label.OTHER),
        ("스토킹은 처벌이 되나요", Label.OTHER),
        ("", Label.OTHER),
        ("   ", Label.OTHER),
    ],
)
def test_a_text_signals(text: str, label: Label) -> None:
    signal = triage(text)

    assert signal.label is label
    assert not signal.ask


def test_danger_in_the_middle_of_a_long_story_is_found() -> None:
    story = _FILLER * 20 + _DANGER + ". " + _FILLER * 20

    assert triage(story).label is Label.IMMINENT


def test_a_long_story_without_danger_is_none() -> None:
    assert triage(_FILLER * 40).label is Label.OTHER


def test_the_words_that_decided_are_told() -> None:
    why = triage("문 앞에 그 사람이 서 있어요").why

    assert any("문앞" in reason for reason in why)


def test_a_thought_sent_in_pieces_is_read_as_one() -> None:
    assert triage("서 있어요").label is not Label.IMMINENT or triage("문 밖에").ask is False
    assert triage("계속 두드려요", ["그 사람이", "현관문을"]).label is Label.IMMINENT


def test_what_was_said_before_is_not_said_again() -> None:
    assert triage("네", ["살려주세요"]).label is Label.OTHER
    assert triage("감사합니다", ["죽고 싶어요"]).label is Label.OTHER


def test_earlier_texts_never_lower_what_she_says_now() -> None:
    signal = triage(_DANGER, ["작년에 한 번 왔었어요", "지금은 괜찮아요"])

    assert signal.label is Label.IMMINENT


def test_his_threat_to_kill_himself_is_not_hers() -> None:
    signal = triage("헤어지면 자살하겠다고 협박해요")

    assert signal.label is Label.OTHER
    assert any("his threat to kill himself" in reason for reason in signal.why)


@pytest.mark.parametrize("label", list(Label))
@pytest.mark.parametrize("score", [-5_000, 0, 5_000])
def test_the_model_never_lowers_what_the_rules_say(label: Label, score: int) -> None:
    said = Signal(label, ask=label is Label.OTHER)

    after = raised(said, [score] * len(HEADS))

    order = list(Label)
    urgent = {Label.IMMINENT, Label.SELFHARM}
    assert after.label in urgent or (order.index(after.label) <= order.index(label))
    assert after.ask or after.label in urgent or not said.ask


def test_between_clear_and_clearly_not_it_asks() -> None:
    doubtful = model().ask[0] + 1

    signal = raised(Signal(Label.OTHER), [doubtful, -5_000, -5_000, -5_000, -5_000])

    assert signal == Signal(Label.OTHER, ask=True, why=("model: in doubt",))


def test_the_same_text_always_signals_the_same() -> None:
    assert triage(_FILLER + _DANGER) == triage(_FILLER + _DANGER)
