"""What a typed text means as the answer to a consent: only what is plain and alone is one."""

import re
from typing import Literal

from flows.texts import fold

Meant = Literal["agree", "refuse", "yes", "no", "unclear", ""]

_AGREE = (
    "동의", "동의해요", "동의해", "동의합니다", "동의함", "동의할게요", "동의하겠습니다",
    "네 동의해요", "네 동의합니다", "네 동의할게요", "예 동의해요", "예 동의합니다", "동의해요 네",
    "i agree", "agree", "agreed", "i consent", "yes i agree", "yes i consent", "i do agree",
    "i agree to it", "i agree to this",
)  # fmt: skip
_REFUSE = (
    "동의하지 않아요", "동의하지 않습니다", "동의하지 않을게요", "동의 안 해요", "동의 안 함",
    "동의 안 합니다", "동의 안 할래요", "동의 안 할게요", "동의 못 해요", "동의하기 싫어요",
    "동의 거부",
    "아니요 동의하지 않아요", "아니요 동의 안 해요", "거부할게요", "거부해요", "거부합니다",
    "i do not agree", "i don't agree", "i dont agree", "do not agree", "don't agree", "disagree",
    "i disagree", "no i do not agree", "no i don't agree", "i do not consent", "i don't consent",
    "i refuse", "refuse",
)  # fmt: skip
_YES = (
    "네", "예", "넵", "네네", "넹", "네에", "응", "yes", "yes please", "yep", "yeah",
)  # fmt: skip
_NO = ("아니요", "아니오", "아니", "아뇨", "싫어요", "no", "no thanks", "no thank you", "nope")
_PLAIN: dict[str, Meant] = {
    **{fold(word): "agree" for word in _AGREE},
    **{fold(word): "refuse" for word in _REFUSE},
    **{fold(word): "yes" for word in _YES},
    **{fold(word): "no" for word in _NO},
}
_ABOUT = re.compile(r"동의|\bagree|\bconsent|\bdisagree", re.IGNORECASE)
_BEGINS = re.compile(
    r"\s*(?:네|넵|예|응|아니요|아니오|아뇨|yes|yeah|no)(?:[\s,.!?~…]|$)", re.IGNORECASE
)
_DOUBTS = re.compile(r"[?？]")


def meant(text: str) -> Meant:
    """Return what a text says to a consent that was just asked.

    `agree` and `refuse` say so themselves, `yes` and `no` only as an answer; `unclear` speaks of
    it with a condition, a doubt or a question; empty is about something else.
    """
    if not _DOUBTS.search(text) and (plain := _PLAIN.get(fold(text))):
        return plain
    return "unclear" if _ABOUT.search(text) or _BEGINS.match(text) else ""


def speaks_of_it(text: str) -> bool:
    """Say whether a text names consent, whatever it says of it."""
    return bool(_ABOUT.search(text))
