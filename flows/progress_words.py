"""How far each service is, in words for her: no agency, no time and no place stand in a chat."""

from collections.abc import Iterable

from flows.script import Text
from flows.texts import said

_STATES: dict[str, Text] = {
    "proposed": {"ko": "동의를 여쭤볼 차례예요", "en": "your consent will be asked for"},
    "consented": {"ko": "기관에 알릴 차례예요", "en": "the agency will be told"},
    "sent": {"ko": "기관의 답을 기다려요", "en": "waiting for the agency's answer"},
    "accepted": {"ko": "기관이 맡았어요", "en": "the agency has taken it on"},
    "declined": {"ko": "다른 기관을 찾고 있어요", "en": "another agency is being looked for"},
    "appointed": {"ko": "약속이 잡혔어요", "en": "an appointment is made"},
    "delivered": {"ko": "지원을 받았어요", "en": "given"},
    "closed": {"ko": "마무리됐어요", "en": "finished"},
    "withdrawn": {"ko": "멈췄어요", "en": "stopped"},
}


def told(progress: Iterable[tuple[Text, str]], language: str) -> str:
    """Return one line a service, in her language."""
    return "\n".join(
        f"{said(service, language)}: {said(_STATES[status], language)}"
        for service, status in progress
        if status in _STATES
    )
