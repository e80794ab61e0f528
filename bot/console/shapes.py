"""What the desk is shown of a conversation, as plain JSON values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.card import earlier, proposable, told
from bot.console.order import due
from bot.console.stamps import iso
from bot.console.wording import because
from bot.counsel.judging import wish
from bot.counsel.talking import FOR
from bot.people import JOINING
from bot.safety.contact import held_until
from bot.safety.contact import wish as reached
from bot.safety.hands import CHANGED
from flows.compiled import Asks, CompiledFlow, Place
from flows.hand import COLLECTING
from flows.messages import Attachment
from flows.state import LIVE, WAITING, State
from flows.texts import said
from storage.announcing import Kept
from storage.applications import Application
from storage.conversation import Conversation
from storage.transcripts import Written, versions

CONTACT = (
    "contact_way", "contact_times", "unsafe_times", "contact_seen", "device_seen",
    "leave_message", "sender_name", "called_name",
)  # fmt: skip
"""Her answers about how she may be reached safely."""
UNREADABLE = ("자료를 열 수 없음", "What is kept of her cannot be opened")
_BIRDS = (
    "참새", "제비", "까치", "두루미", "종달새", "박새", "물새", "뻐꾸기", "딱새", "동박새",
    "꾀꼬리", "백로", "기러기", "소쩍새", "올빼미", "할미새",
)  # fmt: skip


def row(summary: Conversation, flow: CompiledFlow, staff: Mapping[int, str]) -> dict[str, Any]:
    """Return one line of the queue."""
    state, lower = summary.state, wish(summary)
    return {
        **_clear(summary, staff),
        "language": state.language,
        "because": because(state, flow, "ko"),
        "because_en": because(state, flow, "en"),
        "joining": JOINING in state.memory,
        "changed": list(filter(None, state.memory.get(CHANGED, "").split(","))),
        "back": summary.status == "waiting"
        and any(one.startswith("back:") for one in state.because),
        "for": state.memory.get(FOR, ""),
        "lower": lower and {"to": lower.to, "by": lower.pseudonym, "why": lower.reason},
        "contact": contact(state, flow, "ko"),
        "contact_en": contact(state, flow, "en"),
    }


def unreadable(summary: Conversation, staff: Mapping[int, str]) -> dict[str, Any]:
    """Return the line of a conversation whose state was altered: what stands in clear."""
    return {
        **_clear(summary, staff),
        "language": "ko",
        "because": [UNREADABLE[0]],
        "because_en": [UNREADABLE[1]],
        "joining": False,
        "changed": [],
        "back": False,
        "for": "",
        "lower": None,
        "contact": "",
        "contact_en": "",
        "unreadable": True,
    }


def _clear(summary: Conversation, staff: Mapping[int, str]) -> dict[str, Any]:
    """Return what can be told of a conversation without opening it."""
    counselor = None
    if summary.staff_id is not None:
        counselor = {"id": summary.staff_id, "pseudonym": staff.get(summary.staff_id, "?")}
    waiting = summary.waiting_since
    return {
        "id": str(summary.id),
        "channel": summary.channel,
        "status": summary.status,
        "urgency": summary.urgency,
        "waiting_since": iso(waiting),
        "due": None if waiting is None else iso(due(summary.urgency, waiting)),
        "last_at": iso(summary.changed_at),
        "counselor": counselor,
        "epoch": summary.epoch,
        "unread": summary.unread,
        "handle": handle(summary.id),
    }


def contact(state: State, flow: CompiledFlow, language: str) -> str:
    """Return in one line how she may be reached, and when not; empty when she said nothing."""
    told = []
    for name in CONTACT[:3]:
        value, place = state.answers.get(name), flow.asked_at.get(name)
        if place is not None and value not in (None, "", ()) and not place.private:
            shown = shown_value(flow, place, value, language)
            told.append(f"{said(place.title, language)}: {shown}")
    return " · ".join(told)


def handle(conversation_id: int) -> str:
    """Return a neutral nickname that says nothing of her."""
    return f"{_BIRDS[conversation_id % len(_BIRDS)]}-{conversation_id // 16 % 97 + 1}"


def entry(written: Written, kept: Mapping[tuple[int, int], Kept], number: int) -> dict[str, Any]:
    """Return one entry of the transcript."""
    said_ = written.entry
    return {
        "seq": written.seq,
        "from": written.author,
        "kind": said_.kind,
        "sender": said_.sender,
        "epoch": written.epoch,
        "text": said_.text,
        "choices": [button.label for button in said_.choices],
        "files": [
            _file(kept.get((written.seq, n)), attachment, f"{number}/files/{written.seq}/{n}", n)
            for n, attachment in enumerate(said_.attachments)
        ],
        "at": iso(written.at),
        "edits": said_.edits,
        "versions": [],
        "delivery": written.delivery,
        "reason": written.reason,
        "ambiguous": written.ambiguous,
        "held_until": held_until(written),
        "id": said_.client_id,
    }


def _file(kept: Kept | None, declared: Attachment, path: str, n: int) -> dict[str, Any]:
    file = kept.attachment if kept and kept.status == "kept" else declared
    return {
        "n": n,
        "kind": file.kind,
        "name": file.name,
        "mime": file.mime,
        "size": file.size,
        "status": kept.status if kept else "wanted",
        "reason": kept.reason if kept else None,
        "url": f"/desk/api/conversations/{path}",
    }


def entries(written: list[Written], files: list[Kept], number: int) -> list[dict[str, Any]]:
    """Return entries with their edits folded in as versions."""
    kept = {(one.seq, one.n): one for one in files}
    edited = versions(written)
    shown = []
    for one in written:
        if one.entry.kind == "edit" and one.entry.edits is not None:
            continue
        line = entry(one, kept, number)
        for edit in edited.get(one.seq, ()):
            line["versions"].append({"text": line["text"], "at": line["at"]})
            line["text"], line["edited_at"] = edit.entry.text, iso(edit.at)
        shown.append(line)
    return shown


def answers(state: State, flow: CompiledFlow) -> list[dict[str, Any]]:
    """Return what she answered, as the counselor reads it."""
    given = []
    for name, value in state.answers.items():
        place = flow.asked_at.get(name)
        if place is not None and value not in ("", ()):
            given.append({"name": name, **field(flow, place, value)})
    return given


def field(flow: CompiledFlow, place: Place, value: Any) -> dict[str, Any]:  # noqa: ANN401  # any answer
    """Return a title and a value in both languages."""
    return {
        "title": said(place.title, "ko"),
        "title_en": said(place.title, "en"),
        "value": shown_value(flow, place, value, "ko"),
        "value_en": shown_value(flow, place, value, "en"),
        "private": place.private,
        "contact": place.save in CONTACT,
    }


def shown_value(flow: CompiledFlow, place: Place, value: Any, language: str) -> str:  # noqa: ANN401  # any answer
    """Return an answer in words."""
    if isinstance(value, (list, tuple)):
        return ", ".join(shown_value(flow, place, one, language) for one in value)
    option = flow.option(place.save, str(value)) if place.options else None
    if option is not None:
        return said(option.label, language)
    return f"{value:g}" if isinstance(value, float) else str(value)


def application(filed: Application, flow: CompiledFlow) -> dict[str, Any]:
    """Return the application beside the chat."""
    fields = []
    for name, value in filed.fields.items():
        place = flow.asked_at.get(name)
        if place is not None and value not in ("", [], ()):
            fields.append({"name": name, **field(flow, place, value)})
    return {
        "receipt_tail": f"…{filed.receipt[-2:]}",
        "status": filed.status,
        "submitted_at": iso(filed.submitted_at),
        "fields": fields,
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """What is read of one conversation for the desk."""

    conversation: Conversation
    written: list[Written]
    files: list[Kept]
    applications: list[Application]


def whole(seen: Seen, flow: CompiledFlow, line: dict[str, Any]) -> dict[str, Any]:
    """Return everything that the desk shows of one conversation."""
    conversation = seen.conversation
    state = conversation.state
    stopped = state.resume if state.step in {LIVE, WAITING} else state.step
    stands = flow.places.get(stopped or "")
    submitted = [one for one in seen.applications if one.status != "draft"]
    return {
        "row": line,
        "entries": entries(seen.written, seen.files, conversation.id),
        "answers": answers(state, flow),
        "risk": {
            "urgency": min(state.risk, conversation.urgency),
            "because": because(state, flow, "ko"),
            "because_en": because(state, flow, "en"),
            "provisional": bool(flow.provisional),
        },
        "application": application(submitted[-1], flow) if submitted else None,
        "steps": [
            {
                "step": name,
                "title": _titled(flow, place, "ko"),
                "title_en": _titled(flow, place, "en"),
            }
            for name, place in flow.places.items()
            if place.asks is not Asks.NOTHING
        ],
        "after_counsel": flow.starts.get("counsel_end", flow.start),
        "collects": conversation.channel in COLLECTING,
        "step_title": said(stands.title, "ko") if stands else "",
        "step_title_en": said(stands.title, "en") if stands else "",
        "flow_version": conversation.version,
        "joining": JOINING in state.memory,
        "contact": reached(state),
        "earlier": earlier(seen.written, live=conversation.epoch if state.step == LIVE else None),
        "told": told(seen.written, flow),
        "proposable": proposable(flow),
    }


def _titled(flow: CompiledFlow, place: Place, language: str) -> str:
    return f"{said(flow.titles[place.flow], language)} · {said(place.title, language)}"
