"""When she may be written to: her rules are kept with her wishes, and the desk is told."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson

from flows.contact import ASKED, rules_of
from flows.cover import COVERED, UNCOVERED, VEIL
from flows.hand import COLLECTING
from flows.state import State
from storage.contact import NAME, NEVER, hold_in, release_in, safe_at, unsaid_in
from storage.conversation import Conversation
from storage.page import Page
from storage.transcripts import Written

ONLY_THEN = "only_then"
"""The mark in a state's memory of somebody who is only ever answered."""
LATER = "said later"
"""Why an entry is dead that was said anew once she was back."""
PULLED = COLLECTING | {"web"}
"""Channels on which nothing reaches her before she is there herself."""


def keep_rules(page: Page, conversation: Conversation, name: str) -> None:
    """Make her rules anew when a wish of hers was kept that they are made of."""
    rules = rules_of(conversation.state.answers) if name in ASKED else None
    if rules is None:
        return
    body = {"spans": rules.spans, "unread": rules.unread}
    page.remember(NAME, orjson.dumps(body).decode())
    memory = dict(conversation.state.memory)
    memory.pop(ONLY_THEN, None)
    if rules.never:
        memory[ONLY_THEN] = "1"
    conversation.state = replace(conversation.state, memory=memory)


def due_of(page: Page) -> int | None:
    """Return when what is said may go out that answers nothing of hers, or None for at once."""
    conversation = page.save()
    if COVERED in conversation.state.memory:
        return NEVER  # somebody else may hold her phone
    if conversation.channel in PULLED:
        return None
    return safe_at(page.batch, conversation)


def let_go(page: Page) -> None:
    """Let what waited for her go out: she writes, and nobody else holds her phone."""
    conversation = page.save()
    memory = conversation.state.memory
    if COVERED in memory or not {ONLY_THEN, UNCOVERED} & memory.keys():
        return
    if conversation.channel == "web":
        say_anew(page, conversation)
    else:
        release_in(page.batch, conversation)


def say_anew(page: Page, conversation: Conversation) -> None:
    """Say again what her page was not shown: it shows each number once, in order."""
    for seq, entry in unsaid_in(page.batch, conversation):
        page.mark([seq], "dead", LATER)
        page.add(entry, "ready")


def is_held(written: Written) -> bool:
    """Say whether an entry is kept from her page: it waits for her, or stands there later."""
    waits = written.delivery == "ready" and (written.due or 0) >= NEVER
    return waits or (written.delivery == "dead" and written.reason == LATER)


def hold_all(page: Page, conversation: Conversation) -> None:
    """Let nothing go out that was not sent yet, nor her page show what was, until she is back."""
    hold_in(page.batch, conversation)
    memory = {**conversation.state.memory, VEIL: str(conversation.seq)}
    conversation.state = replace(conversation.state, memory=memory)


def held_until(written: Written) -> str | None:
    """Return for the desk until when an entry is held: a time, `she writes`, or None."""
    due = written.due
    if written.delivery != "ready" or written.reason or due is None or due <= written.at:
        return None
    if due >= NEVER:
        return "she writes"
    return datetime.fromtimestamp(due / 1000, UTC).isoformat(timespec="seconds")


def wish(state: State) -> dict[str, Any] | None:
    """Return what the desk is told of her rules; None when she was never asked."""
    rules = rules_of(state.answers)
    if rules is None:
        return None
    return {"spans": rules.spans, "only_as_an_answer": rules.never, "unread": rules.unread}
