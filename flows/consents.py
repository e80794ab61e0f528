"""The words of one consent: to whom, what for, which items, how long, and the right to refuse."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.script import Text
from flows.texts import said

KEEPING: Text = {
    "ko": "지원이 끝나면 지체 없이 지워요",
    "en": "destroyed without delay when the support ends",
}
GIVEN = "지원"
PURPOSE: Text = {"ko": "{service} 지원", "en": "to give {service}"}

_WORDS: Text = {
    "ko": (
        "[제3자 제공 동의] 받는 곳: {recipient}. 목적: {purpose}. 항목: {items}. 보관: {keeping}. "
        "동의하지 않아도 돼요. 그때는 이 지원만 이어지지 않고 다른 지원은 그대로예요. "
        "언제든 거둘 수 있어요."
    ),
    "en": (
        "[Consent: giving to another] To: {recipient}. Purpose: {purpose}. Items: {items}. "
        "Kept: {keeping}. You may refuse: then only this support does not go on, the others stay. "
        "You can withdraw at any time."
    ),
}
_SENSITIVE: Text = {
    "ko": "[민감한 내용] 따로 여쭤봐요. 항목: {items}. 동의하지 않으면 이 내용은 빼고 보내요.",
    "en": "[Sensitive] Asked separately. Items: {items}. If you refuse, they are left out.",
}
BUTTONS: dict[str, Text] = {
    "yes": {"ko": "동의해요", "en": "I agree"},
    "no": {"ko": "동의하지 않아요", "en": "I do not agree"},
    "web": {"ko": "웹에서 가리지 않고 보기", "en": "Read it unmasked on the web"},
    "back": {"ko": "{service} 동의 거두기", "en": "Take back: {service}"},
}
ANSWERS: dict[str, Text] = {
    "yes": {
        "ko": "동의하신 것을 적어 두었어요. 아래 단추를 한 번 누르거나 '동의 철회'라고 적으면 "
        "언제든 거둘 수 있어요.",
        "en": "Your consent is written down. One press of the button below, or writing "
        "'withdraw consent', takes it back at any time.",
    },
    "no": {
        "ko": "알겠어요. 이 지원은 이어지지 않고 다른 지원은 그대로예요. 마음이 바뀌면 언제든 "
        "말씀해 주세요.",
        "en": "All right. This support does not go on, the others stay. If you change your "
        "mind, tell us at any time.",
    },
    "back": {
        "ko": "동의를 거두었어요. 이미 간 내용이 있으면 지우게 하고 확인할게요. 다른 지원은 "
        "그대로예요.",
        "en": "Your consent is taken back. What was passed on already will be destroyed, and we "
        "make sure of it. The other supports stay.",
    },
    "masked": {
        "ko": "받는 곳의 이름은 이 화면에 남지 않게 가렸어요. 이름을 모르시면 먼저 웹에서 보거나 "
        "상담사에게 물어봐 주세요.",
        "en": "The recipient's name is masked so that it does not stay on this screen. If you do "
        "not know it, read it on the web first or ask the counselor.",
    },
    "unclear": {
        "ko": "동의는 분명할 때만 적어요. 아래 단추로 답해 주세요. 빼고 싶은 것이나 궁금한 것은 "
        "상담사에게 말씀해 주세요.",
        "en": "A consent is written down only when it is clear. Please answer by a button below. "
        "What you want left out, or wonder about, you can tell a counselor.",
    },
    "web": {
        "ko": "이 링크는 10분 동안 한 번 열려요. 그곳에서 가리지 않은 글을 보고 답할 수 있어요.",
        "en": "This link opens once, within 10 minutes. Read it unmasked there, and answer.",
    },
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a consent is asked for; items are titles in her language."""

    recipient: Text
    service: Text
    items: Sequence[str]
    sensitive: Sequence[str]


def words(wanted: Wanted, language: str) -> list[str]:
    """Return what is read to her: the consent, and apart from it the one for sensitive items."""
    service = said(wanted.service, language)
    told = said(_WORDS, language).format(
        recipient=said(wanted.recipient, language),
        purpose=purpose(wanted.service, language),
        items=", ".join(wanted.items) or service,
        keeping=said(KEEPING, language),
    )
    if not wanted.sensitive:
        return [told]
    apart = said(_SENSITIVE, language).format(items=", ".join(wanted.sensitive))
    return [told, apart]


def purpose(service: Text, language: str) -> str:
    """Return what the recipient may use it for."""
    name = said(service, language)
    if language == "ko" and name.endswith(GIVEN):
        return name  # not "법률 지원 지원"
    return said(PURPOSE, language).format(service=name)
