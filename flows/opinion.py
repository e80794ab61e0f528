"""How the support was: asked once after services; the questions stand on a page of their own."""

from flows.events import AskedOpinion, EventNotAllowed
from flows.hand import Hand
from flows.messages import Button
from flows.questions import say_beside
from flows.script import Text
from flows.state import LIVE, WAITING
from flows.texts import said

ASK: Text = {
    "ko": "안녕하세요. 그동안 어떠셨는지 한 번만 여쭤요. 물음은 다섯 개고 이름은 묻지 않아요. "
    "답하지 않아도 괜찮고, 다시 묻지 않을게요.",
    "en": "Hello. We ask this only once: how was it for you? Five questions, no name. You need "
    "not answer, and we will not ask again.",
}
OPEN: Text = {"ko": "다섯 물음 보기", "en": "See the five questions"}


def ask_opinion(hand: Hand, event: AskedOpinion) -> None:
    """Say it beside what is open, which stays open; never while she waits or talks.

    Raises:
        EventNotAllowed: a counselor is called or there.
    """
    if hand.step in {LIVE, WAITING}:
        raise EventNotAllowed("not while she waits for somebody or talks")
    link = Button(said(OPEN, hand.language), path=event.path)
    say_beside(hand, said(ASK, hand.language), link)
