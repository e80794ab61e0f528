"""Consent by a tap in her chat: asked under her rules; her tap reaches the referral."""

from dataclasses import dataclass, replace

from bot.casework import shapes
from bot.casework.office import Office
from bot.console.stamps import iso
from bot.counsel.holding import Holding
from bot.logs import log
from bot.safety.contact import due_of
from flows.cases import REFERRAL, NotAllowed
from flows.compiled import CompiledFlow
from flows.consents import KEEPING, Wanted, purpose, words
from flows.events import AskedConsent
from flows.texts import mask, said
from storage.casework import referrals, taps
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord
from storage.casework.errors import RuleError, UnknownError
from storage.casework.referrals import Change, Referral
from storage.casework.sealed import Body
from storage.contact import NEVER
from storage.database import Database
from storage.errors import GoneError
from storage.page import Page
from storage.timers import Timer

RECALL = "동의가 거두어졌어요. {agency}에 받은 내용을 지웠는지 확인해 주세요. Confirm it is gone."
AGREED = "대화에서 동의하셨어요. 이제 연계를 보낼 수 있어요. She agreed: it can be sent."
REFUSED = "대화에서 동의하지 않으셨어요. She does not agree to this one."
TAKEN_BACK = "대화에서 동의를 거두셨어요. She took her consent back."
TOO_LATE = "동의하셨지만 이 연계는 이미 닫혔어요. 알려 드려 주세요. Agreed, but it is closed."
NO_CHAT = "이어진 대화가 없어요. 말이나 종이로 여쭤보고 적어 주세요. There is no chat."


@dataclass(frozen=True, slots=True)
class Asking:
    """One question to her: who asks, about what."""

    staff_id: int
    case: Case
    referral: Referral
    flow: CompiledFlow


async def ask(office: Office, asking: Asking) -> dict[str, object]:
    """Ask her in her own channel; returns until when her rules hold it back.

    Raises:
        RuleError: she has no chat any more.
        NotAllowed: the referral is past this.
    """
    case, referral = asking.case, asking.referral
    REFERRAL.after(referral.status, "consent")
    fields = case.body.get("fields", {})
    plain, sensitive = shapes.offered(referral.service, office.network, fields)

    def note(body: Body) -> None:
        body["asked"] = {
            "items": plain,
            "sensitive": sensitive,
            "recipient": said(office.network.agencies[referral.agency].name, "ko"),
            "purpose": purpose(office.network.services[referral.service].name, "ko"),
            "keeping": KEEPING["ko"],
            "by": asking.staff_id,
            "at": iso(office.database.clock()),
        }

    def job(page: Page) -> int | None:
        conversation = page.conversation()
        if conversation is None or conversation.parted:
            raise RuleError(NO_CHAT)
        due = due_of(page)
        event = _question(office, asking, conversation.channel)
        Holding(office.database, office.versions).event(page, conversation, event)
        return due

    if case.conversation_id is None:
        raise RuleError(NO_CHAT)
    await referrals.move(office.database, referral.id, lambda status: status, note)
    due = await office.database.turn(case.conversation_id, job)
    held = "she writes" if due and due >= NEVER else iso(due)
    return {"asked": len(plain) + len(sensitive), "held": held}


def _question(office: Office, asking: Asking, channel: str) -> AskedConsent:
    referral, fields = asking.referral, asking.case.body.get("fields", {})
    service = office.network.services[referral.service].name
    wanted = shapes.wanted(referral, office.network, fields, asking.flow)
    lines = {language: words(one, language) for language, one in wanted.items()}
    masked = {language: words(_masked(one), language) for language, one in wanted.items()}
    return AskedConsent(channel, str(referral.id), service, lines, masked)


def _masked(one: Wanted) -> Wanted:
    return replace(one, recipient={lang: mask(name) for lang, name in one.recipient.items()})


async def settle(database: Database, timer: Timer) -> None:
    """Bring her tap to its referral, once; what was destroyed meanwhile needs it no more."""
    try:
        await _settle(database, timer)
    except (UnknownError, GoneError):
        log().info("consent came too late", count=1)
    await database.turn(timer.conversation_id, lambda page: page.take_timer(timer.id))


async def _settle(database: Database, timer: Timer) -> None:
    number, answer = int(timer.body["referral"]), timer.body["answer"]
    if answer in {"no", "back"}:
        step = REFERRAL.step_if_allowed("withdraw")
        await taps.take_back(database, number, step, _recall)
        return
    try:
        await taps.consent(database, number, REFERRAL.step("consent"), _given(timer), _agreed)
    except NotAllowed as error:
        if error.status == "withdrawn":
            stay = REFERRAL.step_if_allowed("consent")
            await taps.consent(database, number, stay, _unchanged, _too_late)


def _given(timer: Timer) -> Change:
    """Return what writes her consent: what she was asked, when she tapped, and where."""

    def act(body: Body) -> None:
        asked = body.get("asked", {})
        body["consent"] = {
            "how": "chat",
            "channel": timer.body["channel"],
            "recipient": asked.get("recipient", ""),
            "purpose": asked.get("purpose", ""),
            "items": asked.get("items", []),
            "sensitive": asked.get("sensitive", []) if timer.body["answer"] == "all" else [],
            "keeping": asked.get("keeping", ""),
            "by": asked.get("by"),
            "at": iso(int(timer.body["at"])),
        }

    return act


def _unchanged(_body: Body) -> None:
    """Nothing is written."""


def _agreed(referral: Referral) -> NewRecord:
    return _task(referral, AGREED)


def _too_late(referral: Referral) -> NewRecord:
    return _task(referral, TOO_LATE)


def _recall(referral: Referral) -> NewRecord:
    consent = referral.body.get("consent")
    if consent is None:
        return _task(referral, REFUSED)
    if not referral.body["withdrawn"]["recalled"]:
        return _task(referral, TAKEN_BACK)
    return _task(referral, RECALL.format(agency=consent.get("recipient", "")))


def _task(referral: Referral, what: str) -> NewRecord:
    body = referral.body
    owner = (body.get("asked") or body.get("consent") or {}).get("by")
    return NewRecord(
        kind="task",
        status="open",
        body={"what": what},
        owner_id=owner,
        due=referral.changed_at,
        ref=referral.id,
    )
