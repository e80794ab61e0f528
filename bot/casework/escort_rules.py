"""How much of guards and company one person can be given: the limits of the directory."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.casework.times import SEOUL
from flows.network import Agency
from storage.casework.errors import RuleError
from storage.casework.escorts import Escort

Times = Sequence[tuple[datetime, datetime]]


def check_limits(agency: Agency, times: Times, before: Iterable[Escort]) -> None:
    """Hold a request, with what was given before, to the limits; raises `RuleError`."""
    if agency.limits is None:
        return
    given = [
        (datetime.fromisoformat(each["from"]), datetime.fromisoformat(each["to"]))
        for escort in before
        if escort.agency == agency.id and escort.status != "cancelled"
        for each in escort.body["times"]
    ]
    spent = hours_by_day([*times, *given])
    if max(spent.values()) > timedelta(hours=agency.limits.hours_a_day):
        raise RuleError(
            f"하루 {agency.limits.hours_a_day}시간까지예요. "
            f"At most {agency.limits.hours_a_day} hours a day."
        )
    if len(spent) > agency.limits.days:
        raise RuleError(f"{agency.limits.days}일까지예요. At most {agency.limits.days} days.")


def hours_by_day(times: Times) -> dict[date, timedelta]:
    """Return how long it takes on each day in Seoul; a night is split at midnight."""
    spent: dict[date, timedelta] = {}
    for start, end in times:
        at, until = start.astimezone(SEOUL), end.astimezone(SEOUL)
        while at < until:
            midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            stop = min(midnight, until)
            spent[at.date()] = spent.get(at.date(), timedelta()) + (stop - at)
            at = stop
    return spent
