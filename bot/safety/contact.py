"""When she may be written to: her rules are kept with her wishes, and the desk is told."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson

from flows.contact import ASKED, rules_of
from flows.cover import COVERED, UNCOVERED
from flows.hand import COLLECTING
from flows.state import State
from storage.contact import NAME, NEVER, hold_in, release_in, safe_at
from storage.conversation import Conversation
from storage.page import Page
from storage.transcripts import Written

ONLY_THEN = "only_then"
"""The mark in a state's memory of somebody who is only ever answered."""
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


def due_of(page: Page, *, hers: bool) -> int | None:
    """Return when what a turn says may go out, or None for at once."""
    conversation = page.save()
    memory = conversation.state.memory
    if not hers and COVERED in memory:
        return NEVER  # somebody else may hold her phone
    if conversation.channel in PULLED:
        return None
    if not hers:
        return safe_at(page.batch, conversation)
    let_go(page, conversation)
    return None


def let_go(page: Page, conversation: Conversation) -> None:
    """Let what waited for her go out: she writes, and nobody else holds her phone."""
    memory = conversation.state.memory
    if COVERED not in memory and {ONLY_THEN, UNCOVERED} & memory.keys():
        release_in(page.batch, conversation)


def hold_all(page: Page, conversation: Conversation) -> None:
    """Let nothing go out that was not sent yet, until she is back."""
    hold_in(page.batch, conversation)


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
