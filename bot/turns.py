"""One turn inside a transaction: the engine's effects become rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.casework.tapping import carry
from bot.logs import log
from bot.moments import moment
from bot.parting import FORGET, SILENCE_MS, part
from bot.safety.clearing import CLEAR
from bot.safety.contact import due_of, hold_all, keep_rules, let_go
from flows.compiled import CompiledFlow
from flows.cover import COVERED, HARMLESS
from flows.effects import (
    CheckIn,
    Clear,
    Consent,
    Effect,
    Erase,
    Forget,
    IssueReceipt,
    KeepWord,
    LookUp,
    Note,
    OpenLink,
    Remember,
    Say,
    Submit,
    Summon,
    Turn,
    Watch,
)
from flows.engine import LATE, advance
from flows.events import Event, Found, Outlook, Said
from flows.hand import STANDING
from flows.messages import Outbound
from flows.progress_words import told
from flows.script import Text
from flows.state import CLOSED, LIVE, WAITING, State
from flows.texts import spoken
from storage.applications import progress_in
from storage.contact import CARD
from storage.conversation import Conversation
from storage.entries import Entry
from storage.page import Page

LINK_MS = 10 * 60 * 1000
"""How long a one-time link is good."""
FAILED_URGENCY = 2
LATE_MS = 15 * 60 * 1000
"""How long she waits before she is offered to be contacted instead."""

Fits = Callable[[Sequence[Outbound]], int]
"""How many of these bubbles one answer of a pull channel can carry."""


@dataclass(slots=True)
class Carried:
    """What one answer of a pull channel carries: the bubbles and their numbers."""

    messages: tuple[Outbound, ...] = ()
    seqs: tuple[int, ...] = ()


class Answer(NamedTuple):
    """What a message led to.

    Attributes:
        conversation: Its id.
        seq: The number of the person's own entry.
        messages: What a pull channel must carry back in this very answer.
        carried: The numbers of their entries, to put them back when they never arrived.
        covered: A harmless talk stands there: nothing that is said may tell what this is.
    """

    conversation: int
    seq: int
    messages: tuple[Outbound, ...] = ()
    carried: tuple[int, ...] = ()
    covered: bool = False


def play(
    page: Page,
    flow: CompiledFlow,
    conversation: Conversation,
    event: Event,
    outlook: Outlook | None = None,
) -> Turn:
    """Let the engine take one event, and what has to be looked up for it.

    A script that cannot go on costs the person nothing: her words are kept, she is told so and
    a counselor is asked for. For a counselor's own event the error is raised.
    """
    now = moment(page.now, outlook)
    try:
        turn = advance(flow, conversation.state, event, now)
        looked = next((e for e in turn.effects if isinstance(e, LookUp)), None)
        if looked is None:
            return turn
        answered = _look_up(page, conversation, looked, flow)
        found = advance(flow, turn.state, answered, now)
    except Exception as error:
        if not isinstance(event, Said):
            raise
        kind = type(error).__name__
        log().error("turn failed", conversation=str(conversation.id), error=kind)
        return _failed(flow, conversation.state)
    return Turn(found.state, turn.effects + found.effects, turn.secret)


def apply(
    page: Page,
    conversation: Conversation,
    turn: Turn,
    fits: Fits | None = None,
    *,
    hers: bool = False,
) -> Carried:
    """Write what a turn led to.

    Args:
        page: The open transaction.
        conversation: Changed by this; the caller saves it.
        turn: From `play`.
        fits: For the answer of a pull channel: how many bubbles it can carry.
        hers: She did something just now: what is said answers her.
    """
    conversation.state = turn.state
    says: list[Outbound] = []
    for effect in turn.effects:
        if isinstance(effect, Say):
            says.append(effect.message)
        else:
            _apply(page, conversation, effect)
    conversation.status = _status(conversation, turn.state)
    if conversation.status in {"live", "closed", "bot"}:
        conversation.waiting_since = None
    carried = _deliver(page, says, fits, hers=hers)
    told = fits is not None and len(carried.messages) >= len(says)
    part(page, conversation, turn, told=told)
    return carried


def _deliver(page: Page, says: Iterable[Outbound], fits: Fits | None, *, hers: bool) -> Carried:
    new = list(says)
    if hers:
        let_go(page)
    if fits is None:
        due = None if hers or not new else due_of(page)
        for message in new:
            page.add(spoken_entry(message), "ready", None if message.card else due)
        return Carried()
    waiting = page.waiting(20)
    carried = fits([*(message for _, message in waiting), *new])
    late = waiting[:carried]
    if late:
        page.mark([seq for seq, _ in late], "sent")
    now = max(0, carried - len(waiting))
    seqs = [
        page.add(spoken_entry(message), "sent" if number < now else "ready")
        for number, message in enumerate(new)
    ]
    messages = (*(message for _, message in late), *new[:now])
    return Carried(messages, (*(seq for seq, _ in late), *seqs[:now]))


def spoken_entry(message: Outbound) -> Entry:
    """Return the transcript entry of a bubble."""
    return Entry(
        author="counselor" if message.sender else "bot",
        kind=CARD if message.card else "text",
        text=message.text,
        choices=message.choices,
        fixed=message.fixed,
        sender=message.sender,
    )


def _apply(page: Page, conversation: Conversation, effect: Effect) -> None:  # noqa: C901, PLR0912  # one line a kind
    match effect:
        case Note():
            text = f"{effect.code}: {effect.detail}" if effect.detail else effect.code
            page.add(Entry(author="system", kind="note", text=text))
            if effect.code == "blocked":
                page.timer("blocked", page.now, {})
        case Summon():
            _summon(page, conversation, effect)
        case Submit():
            answers = conversation.state.answers
            fields = {name: answers[name] for name in effect.answers if name in answers}
            receipt = conversation.state.memory.get("receipt", "")
            page.submit(fields, receipt, conversation.version, "received")
        case IssueReceipt():
            page.submit({}, effect.code, conversation.version, "draft")
        case KeepWord():
            page.keep_word(effect.kind, effect.word)
        case Remember():
            page.remember(effect.name, effect.value)
            keep_rules(page, conversation, effect.name)
        case OpenLink():
            page.make_link("web", effect.token, LINK_MS)
        case CheckIn():
            page.timer("check_in", page.now + effect.seconds * 1000, {})
        case Clear():
            hold_all(page, conversation)
            page.timer(CLEAR, page.now, {"last": conversation.seq})
        case Watch():
            page.cancel_timers("silence")
            page.timer("silence", page.now + effect.seconds * 1000, {})
        case Consent():
            carry(page, conversation, effect)
        case Forget():
            page.timer(FORGET, page.now + SILENCE_MS, {})
        case Say() | LookUp() | Erase():
            """These are carried out by the callers: in the answer, before it, and after it."""


def _summon(page: Page, conversation: Conversation, effect: Summon) -> None:
    conversation.urgency = min(conversation.urgency, effect.urgency)
    if conversation.status in {"bot", "closed"}:
        conversation.status = "waiting"
    if conversation.waiting_since is None:
        conversation.waiting_since = page.now
        page.timer(LATE, page.now + LATE_MS, {})
    page.add(Entry(author="system", kind="note", text=f"summoned: R{effect.urgency}"))


def _status(conversation: Conversation, state: State) -> str:
    """Return the coarse status; a script that goes on beside a summons counts as waiting."""
    if state.step in {LIVE, WAITING}:
        return "live" if state.step == LIVE else "waiting"
    if conversation.status == "waiting" and conversation.waiting_since is not None:
        return "waiting"
    return "closed" if state.step == CLOSED else "bot"


def _look_up(page: Page, conversation: Conversation, looked: LookUp, flow: CompiledFlow) -> Found:
    """Compare code and word in one act; unknown, wrong and right cost the same."""
    application = page.find_receipt(looked.code)
    owner = application.conversation_id if application else None
    right = page.check_word("code_word", looked.word, owner)
    if application is None or not right or application.status == "draft":
        return Found(conversation.channel, found=False)
    own = owner == conversation.id
    services = told(_services(page, application.id, flow), conversation.state.language)
    status = application.status
    return Found(conversation.channel, found=True, status=status, own=own, services=services)


def _services(page: Page, application_id: int, flow: CompiledFlow) -> list[tuple[Text, str]]:
    """Return what she called each service when she applied, and how far it is."""
    found = []
    for service, status in progress_in(page.batch, application_id):
        option = flow.option("services", service)
        if option is not None:
            found.append((option.label, status))
    return found


def kept(flow: CompiledFlow, state: State) -> Outbound:
    """Return what a pull channel answers when there is nothing to say: her words are kept."""
    if COVERED in state.memory:
        return Outbound(spoken(flow.phrases.texts[HARMLESS[0]], state.language).fill(str))
    words = spoken(flow.phrases.texts["kept"], state.language).fill(str)
    names = ["emergency", "check", *(["cover"] if STANDING in state.memory else [])]
    fixed = tuple(flow.phrases.button(name, state.language) for name in names)
    return Outbound(words, fixed=fixed)


def _failed(flow: CompiledFlow, state: State) -> Turn:
    words = spoken(flow.phrases.texts["failed_turn"], state.language).fill(
        lambda name: flow.facts.get(name, "")
    )
    effects: tuple[Effect, ...] = (
        Note("failed"),
        Summon(FAILED_URGENCY, ("failed",)),
        Say(kept(flow, state) if COVERED in state.memory else Outbound(words)),
    )
    return Turn(state, effects)
