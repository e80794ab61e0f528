"""The routes of what hangs on a case: notes, tasks, orders, risk, reports, check-ins."""

from dataclasses import replace
from datetime import date
from typing import Any

from aiohttp import web

from bot.casework import bodies
from bot.casework.case_routes import reopen
from bot.casework.follow_up import set_check_ins
from bot.casework.office import Office, number_of
from bot.casework.times import morning, today
from bot.console.gate import Caller
from flows.network import Network
from flows.orders import Order
from flows.record_kinds import RecordError, RecordKind
from storage.casework import case_files, case_records, members
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord, Record
from storage.casework.errors import RuleError, UnknownError
from storage.casework.tables import CaseRow

RENEW = "보호 조치가 곧 끝나요. 연장을 신청할지 그분과 상의해 주세요. Renewal: talk it over."
ENDS = "보호 조치가 곧 끝나요. 더 늘릴 수 없어요. 다음 계획을 세워 주세요. It ends: plan on."
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
        route(app, "POST /records/{record}/extend", self.extend, "extend order")
        route(app, "POST /check-ins", self.check_ins, "check-ins")

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
        return new

    def _order(self, new: NewRecord, caller: Caller) -> NewRecord:
        """Compute the last day of an order, and remind in time."""
        body = {"ends": [new.body.pop("end", None)], **new.body}
        order = read_order(body, self._office.network)
        end = order.end()
        return replace(
            new,
            body=body | {"last_day": end.isoformat() if end else ""},
            due=morning(end) if end else None,
            also=reminders(order, self._today(), caller.staff_id),
        )

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

    async def move(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Let something happen to a record: a task done, an item back, an order breached."""
        office = self._office
        given = await office.body(request, bodies.MoveRecord)
        record = await self._record(request, case)
        kind = office.network.records[record.kind]
        moved = replace(record, status=kind.after(record.status, given.event))
        await case_records.change(office.database, moved)
        if (record.kind, given.event) in {("order", "breach"), ("order", "lapse")}:
            await reopen(office, case)
        return {"status": moved.status}

    async def extend(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """An order was extended: a new last day, new reminders, the old ones are dropped."""
        office = self._office
        given = await office.body(request, bodies.Extension)
        record = await self._record(request, case)
        if record.kind != "order" or record.status != "in_force":
            raise RuleError("이어지고 있는 조치만 늘릴 수 있어요. Only an order in force.")
        printed = given.end.isoformat() if given.end else None
        body = record.body | {"ends": [*record.body["ends"], printed]}
        order = read_order(body, office.network)
        end = order.end()
        if end is None:
            raise RuleError("끝나는 날이 없는 조치예요. It has no end.")
        body |= {"last_day": end.isoformat()}
        for task in await case_records.of(office.database, case.id):
            if task.ref == record.id and task.kind == "task" and task.status == "open":
                await case_records.change(office.database, replace(task, status="drop"))
        await case_records.change(office.database, replace(record, body=body, due=morning(end)))
        for reminder in reminders(order, self._today(), caller.staff_id):
            await case_records.add(office.database, case.id, replace(reminder, ref=record.id))
        return {"last_day": body["last_day"]}

    async def check_ins(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Ask her later how she is, when she chose it."""
        given = await self._office.body(request, bodies.CheckIns)
        days = await set_check_ins(self._office, case, given.after, caller.staff_id)
        return {"days": [day.isoformat() for day in days]}

    async def _record(self, request: web.Request, case: Case) -> Record:
        number = number_of(request.match_info["record"])
        for record in await case_records.of(self._office.database, case.id):
            if record.id == number:
                return record
        raise UnknownError("이 기록은 없거나 지워졌어요. There is no such record.")

    def _today(self) -> date:
        return today(self._office.database.clock())


def read_order(body: dict[str, Any], network: Network) -> Order:
    """Return the order that a record holds; raises `RecordError`."""
    kind = network.orders.get(body["order"])
    if kind is None:
        raise RecordError("order", "이런 조치는 없어요. There is no such order.")
    ends = [date.fromisoformat(end) if end else None for end in body["ends"]]
    return Order(kind, date.fromisoformat(body["began"]), ends)


def reminders(order: Order, on: date, owner_id: int) -> tuple[NewRecord, ...]:
    """Return the tasks that remind of an order's end."""
    what = RENEW if order.may_be_extended else ENDS
    return tuple(
        NewRecord(
            kind="task",
            status="open",
            body={"what": what},
            owner_id=owner_id,
            staff_id=owner_id,
            due=morning(day),
        )
        for day in order.reminders(on)
    )
