"""Consent: each asked alone, with purpose, items, how long, refusal and withdrawal."""

from collections.abc import Iterator

from flows.bundle import Bundle
from flows.reading import Document, Problem
from flows.script import FlowScript, Step

ITEMS = {
    "ko": {
        "the purpose": ("목적",),
        "the items": ("항목",),
        "how long it is kept": ("보관", "지워"),
        "that she may refuse and what follows": ("동의하지 않아도",),
        "that she can withdraw": ("취소", "철회"),
    },
    "en": {
        "the purpose": ("purpose",),
        "the items": ("items",),
        "how long it is kept": ("kept", "deleted"),
        "that she may refuse and what follows": ("refuse",),
        "that she can withdraw": ("withdraw",),
    },
}
"""What the Personal Information Protection Act wants to be told, by words that say it."""
MARK = "consent"


def incomplete_consents(bundle: Bundle) -> Iterator[Problem]:
    """Every consent is complete, and no phone number is asked for without one."""
    for flow in bundle.flows.values():
        document = bundle.documents[flow.flow]
        for name, step in flow.steps.items():
            if step.waits and (step.save or name).startswith(MARK):
                yield from _consent(document, name, step)
            if step.text is not None and step.text.kind == "phone":
                yield from _phone(document, flow, name)


def _consent(document: Document, name: str, step: Step) -> Iterator[Problem]:
    ids = {choice.id for choice in step.choices}
    for answer in ("yes", "no"):
        if answer not in ids:
            reason = f"a consent needs the answer `{answer}`"
            yield document.problem(("steps", name, "choices"), reason, f"add `id: {answer}`")
    for number, choice in enumerate(step.choices):
        if choice.id == "no" and choice.goto is None:
            path = ("steps", name, "choices", number)
            reason = "who refuses is led on as if she had agreed"
            yield document.problem(path, reason, "give this answer a `goto` of its own")
    for language, items in ITEMS.items():
        told = " ".join(bubble.text.get(language, "") for bubble in step.say).lower()
        for item, words in items.items():
            if told and not any(word in told for word in words):
                reason = f"the consent does not say {item} ({language})"
                yield document.problem(("steps", name, "say"), reason, f"name {item}")


def _phone(document: Document, flow: FlowScript, name: str) -> Iterator[Problem]:
    asked = {step.save or key for key, step in flow.steps.items() if step.waits}
    consents = {one for one in asked if one.startswith(MARK)}
    if not consents.intersection(flow.steps[name].depends):
        reason = "a phone number is asked for without a consent"
        remedy = "ask a step `consent_…` before, and write `depends: [consent_…]` here"
        yield document.problem(("steps", name), reason, remedy)
