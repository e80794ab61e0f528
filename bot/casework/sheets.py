"""The pseudonymised sheet of a case: what outsiders may see in a meeting. No names, no words."""

from typing import Any

from bot.casework.office import Office
from bot.console.shapes import handle
from bot.console.stamps import iso
from flows.texts import said
from storage.casework import case_files, case_records, facilities, referrals
from storage.casework.errors import UnknownError
from storage.errors import GoneError

AGES = frozenset({"adult", "teen"})
Json = dict[str, Any]


async def sheet(office: Office, case_id: int) -> Json | None:
    """Return the sheet of a case; None when it was destroyed."""
    database = office.database
    try:
        case = await case_files.read(database, case_id)
    except (UnknownError, GoneError):
        return None
    age = str(case.body.get("fields", {}).get("applicant", ""))
    records = await case_records.of(database, case_id)
    stays = await facilities.of(database, case_id)
    return {
        "handle": handle(case_id),
        "age": age if age in AGES else "",
        "door": case.door,
        "status": case.status,
        "urgency": case.urgency,
        "since": iso(case.opened_at),
        "services": [
            {"name": office.network.services[one.service].name, "status": one.status}
            for one in await referrals.of(database, case_id)
        ],
        "orders": [
            {
                "name": said(office.network.orders[one.body["order"]].name, "ko"),
                "status": one.status,
                "last_day": one.body.get("last_day", ""),
            }
            for one in records
            if one.kind == "order"
        ],
        "housed": any(one.status == "in" for one in stays),
        "came_back": sum(one.kind == "recurrence" for one in records),
        "open_tasks": sum(one.kind == "task" and one.status == "open" for one in records),
        "has_prevention": any(one.kind == "prevention" for one in records),
    }
