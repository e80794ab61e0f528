"""What counselors read, in the two languages of the desk."""

from flows.compiled import CompiledFlow
from flows.state import State
from flows.texts import said

LANGUAGES = ("ko", "en")
REASONS = {
    "asked": ("상담사와 이야기하고 싶다고 함", "Asked for a counselor"),
    "failed": ("시스템 오류로 대화가 멈춤", "An error of ours stopped the talk"),
    "erase": ("자료 삭제를 원함: 본인 확인 필요", "Wants her data erased: make sure it is her"),
    "joining": (
        "다른 기기에서 이어가기를 요청함 (접수번호와 암호말이 맞음)",
        "Another device asks to go on here (code and code word were right)",
    ),
    "signal:imminent": ("글에서 지금 위험하다는 신호", "Her words signal danger now"),
    "signal:selfharm": ("글에서 죽고 싶다는 신호", "Her words signal thoughts of dying"),
    "blocked": ("봇을 차단함", "Blocked the bot"),
    "cover": (
        "대화를 가림: 누가 옆에 있을 수 있음",
        "Covered the talk: somebody may be beside her",
    ),
    "duress": (
        "위장 암호말을 씀: 강요받고 있을 수 있음. 답은 가려진 동안 나가지 않음",
        "Used the word of duress: she may be forced. Nothing goes out while it is covered",
    ),
    "silence": ("긴급 안내 뒤 답이 없음", "No answer after the urgent card"),
    "back:gone": ("상담사 연결이 끊겨 다시 기다림", "Her counselor was cut off: she waits again"),
    "back:conflict": (
        "상담사가 이해 충돌을 알려 다시 기다림",
        "Her counselor has a conflict of interest: she waits again",
    ),
    "back:unanswered": (
        "상담사가 답하지 않아 다시 기다림",
        "Her counselor did not answer: she waits again",
    ),
}
MARKED = {
    "raised": ("긴급도를 올림", "Raised by a counselor"),
    "lowered": ("두 사람이 긴급도를 낮춤", "Lowered by two people"),
    "for": ("넘겨받기를 기다림", "Handed over"),
}
"""Reasons with a detail after a colon."""


def because(state: State, flow: CompiledFlow, language: str) -> list[str]:
    """Return the reasons of the urgency in words, each once, the newest act of staff first."""
    words = {rule.id: said(rule.because, language) for rule in flow.rules}
    told = [words.get(reason) or worded(reason, flow, language) for reason in state.because]
    return list(dict.fromkeys(told))


def worded(reason: str, flow: CompiledFlow, language: str) -> str:
    """Return one reason that is no risk rule in words."""
    at = LANGUAGES.index(language)
    if reason in REASONS:
        return REASONS[reason][at]
    code, _, detail = reason.partition(":")
    if code in MARKED and detail:
        return f"{MARKED[code][at]}: {detail.strip()}"
    return reason if language == "ko" else summoned(flow).get(reason, reason)


def summoned(flow: CompiledFlow) -> dict[str, str]:
    """Return the English words of the reasons that steps of the scripts give."""
    whys = (do.summon.because for place in flow.places.values() for do in place.do if do.summon)
    return {why["ko"]: why["en"] for why in whys if why and "ko" in why and "en" in why}
