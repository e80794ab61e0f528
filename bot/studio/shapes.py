"""What the studio's page is told: plain JSON."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.console.stamps import iso
from bot.studio.proving import told
from flows.bundle import PHRASES, Sources, gather
from flows.dialogues import Player, status_of
from flows.editing import flow_of
from flows.graph import picture
from flows.messages import Outbound
from flows.reading import Document, ScriptError, read
from flows.trying import Turned
from storage.drafts import Draft
from storage.flow_versions import FlowVersion
from storage.publications import Act

LIMITS = {
    "telegram": {"text": 4096, "label": 40, "bubbles": 0},
    "kakao": {"text": 1000, "label": 14, "bubbles": 3},
    "web": {"text": 16_000, "label": 80, "bubbles": 0},
}
"""What a channel shows of a bubble; a test holds it to the adapters."""
OLD_DAYS = 90


def version(kept: FlowVersion, current: int) -> dict[str, Any]:
    """Return one version for the list."""
    return {
        "number": kept.number,
        "status": kept.status,
        "author": kept.author,
        "reason": kept.reason,
        "at": iso(kept.at),
        "current": kept.number == current,
    }


def draft(one: Draft) -> dict[str, Any]:
    """Return one draft for the list."""
    return asdict(one) | {"at": iso(one.at), "changed_at": iso(one.changed_at)}


def act(one: Act) -> dict[str, Any]:
    """Return one line of the book of publications."""
    return asdict(one) | {"at": iso(one.at)}


def model(sources: Sources) -> dict[str, Any]:
    """Return a version as the three views need it: texts, values with their lines, a picture."""
    bundle = gather(sources)
    files = {**sources.scripts, **sources.directory}
    known = {document.name: document for document in bundle.documents.values()}
    documents = {name: known.get(name) or _legible(text, name) for name, text in files.items()}
    return {
        "start": sources.start,
        "languages": bundle.phrases.languages if bundle.phrases else ("ko", "en"),
        "files": [
            {
                "name": name,
                "flow": flow_of(text),
                "kind": _kind(sources, name),
                "text": text,
                "content": documents[name].content,
                "lines": {
                    ".".join(map(str, path)): line
                    for path, line in documents[name].lines.items()
                    if len(path) == 2  # noqa: PLR2004  # `steps.phone`, `entries.0`
                },
            }
            for name, text in files.items()
        ],
        "picture": picture(bundle),
        "unread": [told(problem) for problem in bundle.problems],
    }


def _legible(text: str, name: str) -> Document:
    """Return a file that breaks a rule as far as it can be read: forms and lines stay usable."""
    try:
        return read(text, name)
    except ScriptError:
        return Document(name)


def old_facts(sources: Sources, today: date) -> list[dict[str, Any]]:
    """Return the entries of the directory that nobody looked at for ninety days."""
    return [
        {"file": f"{name}.yaml", "id": fact.id, "days": (today - fact.checked_on).days}
        for name, facts in gather(replace(sources, scripts={})).facts.items()
        for fact in facts
        if (today - fact.checked_on).days > OLD_DAYS
    ]


def turn(one: Turned) -> dict[str, Any]:
    """Return what one act at the phone led to."""
    return {
        "act": one.act.model_dump() if one.act else None,
        "bubbles": [bubble(each) for each in one.bubbles],
        "effects": one.effects,
        "error": one.error,
        "step": one.step,
    }


def bubble(message: Outbound) -> dict[str, Any]:
    """Return one bubble with its buttons."""
    return {
        "text": message.text,
        "sender": message.sender,
        "choices": [asdict(button) for button in message.choices],
        "fixed": [asdict(button) for button in message.fixed],
    }


def stands(player: Player) -> dict[str, Any]:
    """Return how things stand at the end of what was played."""
    state = player.state
    return {
        "step": state.step,
        "status": status_of(state),
        "risk": state.risk,
        "because": state.because,
        "summoned": player.summoned,
        "submitted": player.submitted,
        "answers": dict(state.answers),
        "at": player.at.isoformat(),
    }


def _kind(sources: Sources, name: str) -> str:
    if name in sources.directory:
        return "directory"
    return "phrases" if name == PHRASES else "flow"
