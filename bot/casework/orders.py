"""Orders of protection on a case: their last day, their reminders, who changed what and when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.casework.office import Office
from bot.casework.times import morning
from flows.network import Network
from flows.orders import Order
from flows.record_kinds import RecordError
from storage.casework import case_records
from storage.casework.case_records import NewRecord
from storage.casework.sealed import Body

RENEW = "보호 조치가 곧 끝나요. 연장을 신청할지 그분과 상의해 주세요. Renewal: talk it over."
ENDS = "보호 조치가 곧 끝나요. 더 늘릴 수 없어요. 다음 계획을 세워 주세요. It ends: plan on."
MEASURE = "경찰의 안전조치가 곧 끝나요. 더 쓸지 그분과 경찰에 물어봐 주세요. A measure ends: ask."
MEASURE_REMINDED = timedelta(weeks=2)
MOST_CHANGES = 200


def read_order(body: Mapping[str, Any], network: Network) -> Order:
    """Return the order that a record holds; raises `RecordError`, `OrderError`."""
    kind = network.orders.get(body["order"])
    if kind is None:
        raise RecordError("order", "이런 조치는 없어요. There is no such order.")
    ends = [date.fromisoformat(end) if end else None for end in body["ends"]]
    return Order(kind, date.fromisoformat(body["began"]), ends)


def dated(body: Body, network: Network) -> tuple[Body, int | None]:
    """Return the body of an order with its last day, and that day in milliseconds since 1970."""
    end = read_order(body, network).end()
    told = body | {"last_day": end.isoformat() if end else ""}
    return told, morning(end) if end else None


def changed(body: Body, what: str, by: int, at: str, **more: object) -> Body:
    """Return a body that remembers what was changed, by whom and when."""
    line = {"what": what, "by": by, "at": at, **more}
    return body | {"changes": [*body.get("changes", []), line][-MOST_CHANGES:]}


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


def measure_ends(fields: Mapping[str, Any], on: date, owner_id: int) -> tuple[NewRecord, ...]:
    """Return the task that reminds of the end of a measure of the police, two weeks before."""
    until = date.fromisoformat(fields["until"]) if fields.get("until") else None
    if until is None or until < on:
        return ()
    due = morning(max(on, until - MEASURE_REMINDED))
    body = {"what": MEASURE}
    return (NewRecord("task", "open", body, owner_id=owner_id, staff_id=owner_id, due=due),)


async def remind_anew(
    office: Office, case_id: int, record_id: int, wanted: tuple[NewRecord, ...]
) -> None:
    """Drop the open reminders of an order, and set others; none when it is over."""
    for task in await case_records.of(office.database, case_id):
        if task.ref == record_id and task.kind == "task" and task.status == "open":
            await case_records.change(office.database, replace(task, status="drop"))
    for reminder in wanted:
        await case_records.add(office.database, case_id, replace(reminder, ref=record_id))
