"""The routes of what hangs on a case: notes, tasks, orders, risk, reports, check-ins."""

from dataclasses import replace
from datetime import date
from typing import Any

from aiohttp import web

from bot.casework import bodies, opinion
from bot.casework.agenda import IN_FORCE
from bot.casework.case_routes import reopen
from bot.casework.follow_up import set_check_ins
from bot.casework.office import Office, number_of
from bot.casework.orders import changed, dated, measure_ends, read_order, remind_anew, reminders
from bot.casework.times import morning, today
from bot.console.gate import Caller
from bot.console.stamps import iso
from flows.record_kinds import RecordError, RecordKind
from storage.casework import case_files, case_records, members
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord, Record
from storage.casework.errors import RuleError
from storage.casework.tables import CaseRow

UNCORRECTED = frozenset({"risk"})
"""A level stays as it was judged then: another judgement is another record."""
Json = dict[str, Any]


class Records:
    """What is kept on a case, and what follows from it."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route."""
        route = self._office.case_route
        route(app, "POST /records", self.add, "record")
        route(app, "POST /records/{record}/move", self.move, "move record")
        route(app, "POST /records/{record}/correct", self.correct, "correct record")
        route(app, "POST /records/{record}/extend", self.extend, "extend order")
        route(app, "POST /check-ins", self.check_ins, "check-ins")
        route(app, "POST /opinion", self.opinion, "opinion code")

    async def add(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Keep a record; an order brings its reminders, a recurrence reopens the case."""
        office = self._office
        given = await office.body(request, bodies.NewRecord)
        kind = office.network.records.get(given.kind)
        if kind is None or not kind.form:
            raise RecordError("kind", "이런 기록은 없어요. There is no such kind of record.")
        fields = kind.read(given.fields)
        new = await self._new(given, kind, fields, caller)
        if kind.id == "risk":
            await self._risk(case, fields, caller)
        if kind.id == "people" and fields["side"] in {"person", "that_person"}:
            phone = fields.get("phone", "")
            await members.mark(office.database, case.id, fields["side"], phone)
        number = await case_records.add(office.database, case.id, new)
        if kind.id == "recurrence":
            await reopen(office, case)
        return {"record": str(number)}

    async def _new(
        self, given: bodies.NewRecord, kind: RecordKind, fields: dict[str, str], caller: Caller
    ) -> NewRecord:
        if given.owner is not None and given.owner not in await self._office.names():
            raise RecordError("owner", "이런 직원은 없어요. There is no such member of staff.")
        new = NewRecord(
            kind=kind.id,
            status=kind.start,
            body={**fields},
            owner_id=given.owner or (caller.staff_id if kind.owned else None),
            staff_id=caller.staff_id,
            due=morning(given.due) if given.due else None,
        )
        if kind.id == "prevention":
            return replace(new, due=morning(date.fromisoformat(fields["review"])))
        if kind.id == "order":
            return self._order(new, caller)
        if kind.id == "police":
            return replace(new, also=measure_ends(fields, self._today(), caller.staff_id))
        return new

    def _order(self, new: NewRecord, caller: Caller) -> NewRecord:
        """Compute the last day of an order, and remind in time."""
        network = self._office.network
        body = {"ends": [new.body.pop("end", None)], **new.body}
        body, due = dated(body, network)
        also = reminders(read_order(body, network), self._today(), caller.staff_id)
        return replace(new, body=body, due=due, also=also)

    async def _risk(self, case: Case, fields: dict[str, str], caller: Caller) -> None:
        """Raise freely; lower only with a reason and a second person, who is somebody else."""
        level = int(fields["level"])
        lowers = level > case.urgency
        if lowers and (not fields.get("second") or fields["second"] == str(caller.staff_id)):
            raise RuleError(
                "위험 단계를 낮추려면 함께 판단한 다른 사람이 있어야 해요. "
                "Lowering the level needs a second person."
            )

        def act(row: CaseRow) -> None:
            row.urgency = level

        await case_files.change(self._office.database, case.id, act)

    async def move(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Let something happen to a record: a task done, an item back, an order breached."""
        office = self._office
        given = await office.body(request, bodies.MoveRecord)

        def act(record: Record) -> Record:
            kind = office.network.records[record.kind]
            body = changed(record.body, given.event, caller.staff_id, self._now())
            return replace(record, status=kind.after(record.status, given.event), body=body)

        moved = await case_records.alter(office.database, case.id, self._number(request), act)
        if moved.kind == "order":
            if given.event in {"breach", "lapse"}:
                await reopen(office, case)
            if moved.status not in IN_FORCE:
                await remind_anew(office, case.id, moved.id, ())
        if moved.kind == "police" and moved.status in {"end", "refuse"}:
            await remind_anew(office, case.id, moved.id, ())
        return {"status": moved.status}

    async def correct(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Put right what was noted; what stood there before, who and when stay readable."""
        office = self._office
        given = await office.body(request, bodies.Correction)

        def act(record: Record) -> Record:
            kind = office.network.records[record.kind]
            if not kind.form or kind.id in UNCORRECTED:
                raise RuleError("이 기록은 고치지 않고 새로 적어요. Write a new one instead.")
            fields = kind.read(given.fields)
            before = {name: record.body.get(name, "") for name in _asked(kind)}
            kept = {name: text for name, text in record.body.items() if name not in before}
            body = changed(kept | fields, "correct", caller.staff_id, self._now(), before=before)
            return self._redated(replace(record, body=body), before)

        done = await case_records.alter(office.database, case.id, self._number(request), act)
        if done.kind == "order" and done.status in IN_FORCE:
            await self._remind(case, done, caller)
        if done.kind == "police":
            tasks = measure_ends(done.body, self._today(), caller.staff_id)
            over = done.status in {"end", "refuse"}
            await remind_anew(office, case.id, done.id, () if over else tasks)
        return {"fields": done.body}

    def _redated(self, record: Record, before: Json) -> Record:
        """Count the days of a corrected record anew."""
        if record.kind == "prevention":
            review = date.fromisoformat(str(record.body["review"]))
            return replace(record, due=morning(review))
        if record.kind != "order":
            return record
        ends = [record.body.pop("end", None), *record.body["ends"][1:]]
        before["end"] = record.body["ends"][0] or ""
        body, due = dated(record.body | {"ends": ends}, self._office.network)
        return replace(record, body=body, due=due)

    async def extend(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """An order was extended: a new last day, new reminders, the old ones are dropped."""
        office = self._office
        given = await office.body(request, bodies.Extension)
        printed = given.end.isoformat() if given.end else None

        def act(record: Record) -> Record:
            if record.kind != "order" or record.status not in IN_FORCE:
                raise RuleError("이어지고 있는 조치만 늘릴 수 있어요. Only an order in force.")
            ends = [*record.body["ends"], printed]
            body, due = dated(record.body | {"ends": ends}, office.network)
            if due is None:
                raise RuleError("끝나는 날이 없는 조치예요. It has no end.")
            end = body["last_day"]
            body = changed(body, "extend", caller.staff_id, self._now(), until=end)
            return replace(record, body=body, due=due)

        done = await case_records.alter(office.database, case.id, self._number(request), act)
        await self._remind(case, done, caller)
        return {"last_day": done.body["last_day"]}

    async def _remind(self, case: Case, record: Record, caller: Caller) -> None:
        order = read_order(record.body, self._office.network)
        tasks = reminders(order, self._today(), caller.staff_id)
        await remind_anew(self._office, case.id, record.id, tasks)

    async def check_ins(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Ask her later how she is, when she chose it."""
        given = await self._office.body(request, bodies.CheckIns)
        days = await set_check_ins(self._office, case, given.after, caller.staff_id)
        return {"days": [day.isoformat() for day in days]}

    async def opinion(self, _request: web.Request, caller: Caller, case: Case) -> Json:
        """Answer a code with which she may say how it was; it is shown once and kept nowhere."""
        return {"code": await opinion.hand_over(self._office, case, caller.staff_id)}

    def _number(self, request: web.Request) -> int:
        return number_of(request.match_info["record"])

    def _now(self) -> str:
        return iso(self._office.database.clock()) or ""

    def _today(self) -> date:
        return today(self._office.database.clock())


def _asked(kind: RecordKind) -> list[str]:
    return [field.name for field in kind.fields]
