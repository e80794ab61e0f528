"""The statements a turn may need beside those of the path of a message, compiled once."""

from sqlalchemy import Select, bindparam, func, literal_column, select

from storage.casework.tables import CaseRow, ReferralRow
from storage.desk_tables import ConflictRow, GrantRow, TaskRow, UnsentRow
from storage.keepsake_table import KeepsakeRow
from storage.records import (
    ApplicationRow,
    AuditRow,
    IntakeRow,
    LinkRow,
    PreferenceRow,
    SecretRow,
    TimerRow,
)
from storage.statements import Compiler, table
from storage.tables import AttachmentRow, ConversationRow, OutboxRow, TranscriptRow, VoiceRow

APPLICATION = table(ApplicationRow)
ATTACHMENT = table(AttachmentRow)
AUDIT = table(AuditRow)
INTAKE = table(IntakeRow)
LINK = table(LinkRow)
PREFERENCE = table(PreferenceRow)
SECRET = table(SecretRow)
TIMER = table(TimerRow)
DESK = table(UnsentRow), table(GrantRow), table(TaskRow), table(ConflictRow)
"""What the desk keeps of a conversation."""
KEEPSAKE = table(KeepsakeRow)

FURTHER = (
    "ON CONFLICT (channel) DO UPDATE SET position = excluded.position"
    " WHERE excluded.position > intake.position"
)
LOCK_CHAIN = "SELECT pg_advisory_xact_lock(7235013)"
"""PostgreSQL only: one process at a time adds to the access log."""


class RecordStatements:
    """The text of each statement, its values in the order of its table."""

    def __init__(self, compiler: Compiler, *, sqlite: bool) -> None:
        self._words_and_links(compiler)
        self._contact(compiler)
        self._timers(compiler)
        self._erasure(compiler)
        self.insert_application = compiler.insert(APPLICATION)
        whole = [column.name for column in APPLICATION.columns]
        self.update_application = compiler.update(
            APPLICATION, ["id"], ["status", "version", "body", "submitted_at"]
        )
        self.application_of = compiler.find(APPLICATION, ["conversation_id"], whole)
        self.application_by = compiler.find(APPLICATION, ["receipt"], whole)
        self.progress_of = compiler.text(_progress(), "application_id")
        self.insert_attachment = compiler.insert(ATTACHMENT)
        self.insert_audit = compiler.insert(AUDIT)
        self.lock_chain = None if sqlite else LOCK_CHAIN
        last = select(AUDIT.c.number, AUDIT.c.digest).where(
            AUDIT.c.number == select(func.max(AUDIT.c.number)).scalar_subquery()
        )
        self.last_audit = compiler.text(last)
        self.position = compiler.find(INTAKE, ["channel"], ["position"])
        self.move_position = compiler.insert(INTAKE).ending(FURTHER)

    def _words_and_links(self, compiler: Compiler) -> None:
        self.delete_secret = compiler.delete(SECRET, "conversation_id", "kind")
        self.insert_secret = compiler.insert(SECRET)
        keys = ["conversation_id", "kind"]
        self.secret = compiler.find(SECRET, keys, ["salt", "verifier"])
        self.delete_preference = compiler.delete(PREFERENCE, "conversation_id", "name")
        self.insert_preference = compiler.insert(PREFERENCE)
        self.preference = compiler.find(PREFERENCE, ["conversation_id", "name"], ["body"])
        self.preferences = compiler.find(PREFERENCE, ["conversation_id"], ["name", "body"])
        self.insert_link = compiler.insert(LINK)
        self.link = compiler.find(LINK, ["hash", "kind"], ["conversation_id", "expires", "used"])
        self.use_link = compiler.update(LINK, ["hash"], ["used"])

    def _contact(self, compiler: Compiler) -> None:
        said = table(TranscriptRow)
        last = select(func.max(said.c.at)).where(
            said.c.conversation_id == bindparam("conversation"),
            said.c.author == literal_column("'person'"),
        )
        self.last_spoke = compiler.text(last, "conversation")
        self.insert_keepsake = compiler.insert(KEEPSAKE)
        mine = ["conversation_id", "kind"]
        self.keepsakes = compiler.find(KEEPSAKE, mine, ["number", "at", "body"])
        self.hold = compiler.update(table(OutboxRow), ["conversation_id", "seq"], ["due"])

    def _timers(self, compiler: Compiler) -> None:
        self.insert_timer = compiler.insert(TIMER)
        self.delete_timer = compiler.delete(TIMER, "id")
        self.delete_timers = compiler.delete(TIMER, "conversation_id")
        self.delete_timers_of_kind = compiler.delete(TIMER, "conversation_id", "kind")
        self.timer = compiler.find(TIMER, ["id"], ["conversation_id"])
        self.claim_timer = compiler.update(TIMER, ["id"], ["due"])
        due = select(*TIMER.columns).where(TIMER.c.due <= bindparam("now"))
        some = due.order_by(TIMER.c.due).limit(bindparam("most")).offset(literal_column("0"))
        self.timers_due = compiler.text(some.with_for_update(skip_locked=True), "now", "most")

    def _erasure(self, compiler: Compiler) -> None:
        transcript, outbox = table(TranscriptRow), table(OutboxRow)
        of = ["conversation_id"]
        self.blank_transcript = compiler.update(transcript, of, ["body", "platform"])
        self.blank_outbox = compiler.update(outbox, of, ["platform_ids"])
        self.kill_outbox = compiler.update(
            outbox, ["conversation_id", "status"], ["status", "reason", "changed_at"]
        )
        self.parted = compiler.update(table(ConversationRow), ["id"], ["parted"])
        conversation = table(ConversationRow)
        halfway = select(conversation.c.id).where(conversation.c.parted == literal_column("1"))
        self.unfinished = compiler.text(halfway)
        self.applications_of = compiler.find(APPLICATION, of, ["id"])
        self.files_of = compiler.find(ATTACHMENT, of, ["file"])
        self.delete_all_of = [
            compiler.delete(each, "conversation_id")
            for each in (table(VoiceRow), ATTACHMENT, PREFERENCE, TIMER, LINK, KEEPSAKE, *DESK)
        ]
        self.delete_for_ever_of = [
            compiler.delete(each, "conversation_id") for each in (APPLICATION, SECRET)
        ]


def _progress() -> Select[tuple[str, str]]:
    """Return the query for the service and status of each referral of an application."""
    referral, case = table(ReferralRow), table(CaseRow)
    of_case = select(referral.c.service, referral.c.status).join(
        case, case.c.id == referral.c.case_id
    )
    mine = case.c.application_id == bindparam("application_id", type_=case.c.application_id.type)
    return of_case.where(mine).order_by(referral.c.at, referral.c.id)
