"""After a cry in a language of the card the two questions go on in it, in every such language."""

import pytest

from flows.bundle import compile_sources, shipped
from flows.compiled import CompiledFlow
from flows.dialogues import Player
from flows.events import Said
from flows.texts import written_in

CRIES = {
    "vi": "Cứu tôi với, hắn đang ở trước cửa",
    "zh": "救命，他在门口",
    "ja": "助けてください、彼が玄関の前にいます",
    "th": "ช่วยด้วย เขาอยู่หน้าประตู",
    "ru": "Помогите, он у моей двери",
}


@pytest.fixture(scope="module")
def flow() -> CompiledFlow:
    return compile_sources(shipped())


@pytest.mark.parametrize("language", CRIES)
@pytest.mark.parametrize("channel", ["telegram", "kakao", "web"])
def test_what_follows_the_card_is_in_her_language(
    flow: CompiledFlow, language: str, channel: str
) -> None:
    player = Player(flow, channel)
    player.feed(Said(channel, text="안녕하세요"))

    player.feed(Said(channel, text=CRIES[language]))
    where = player.bubbles
    player.feed(Said(channel, text="2"))
    aloud = player.bubbles
    player.feed(Said(channel, text="2"))
    stays = player.bubbles

    said = [bubble.text for bubble in (*where, *aloud, *stays)]
    labels = [button.label for button in (*where[-1].choices, *aloud[-1].choices)]
    assert len(where) == 3
    assert {_written(text) for text in said} == {language}
    assert {_written(label) for label in labels} <= {language, None}
    assert player.state.language == language
    assert {button.label for button in stays[-1].fixed} >= {"한국어", "English"}


def _written(text: str) -> str | None:
    """Return the language of a text of ours, the Korean and English words in quotes aside."""
    for quoted in ("보이는 112", "한국어", "English", "SMS"):
        text = text.replace(quoted, "")
    found = written_in(text)
    return "vi" if found == "en" else found  # short Vietnamese words may carry no accent
