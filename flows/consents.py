"""The words of one consent: to whom, what for, which items, how long, and the right to refuse."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.script import Text
from flows.texts import said

KEEPING: Text = {
    "ko": "지원이 끝나면 지체 없이 지워요",
    "en": "destroyed without delay when the support ends",
}
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
    return said(PURPOSE, language).format(service=said(service, language))
