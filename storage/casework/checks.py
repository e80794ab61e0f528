"""Where bodies of casework stand, for `verify`: each opens with its key, or is told."""

from collections.abc import Callable

from storage.casework.sealed import place

Named = tuple[str, str, Callable[..., str]]


def _in_case(where: str) -> Callable[..., str]:
    return lambda case_id, number: place(f"{where}|{number}", case_id)


def _whole(where: str) -> Callable[..., str]:
    return lambda number: place(where, number)


COLUMNS: tuple[Named, ...] = (
    ("case body", "SELECT id, body FROM case_file", _whole("case")),
    ("contact body", "SELECT id, body FROM contact", _whole("contact")),
    ("meeting body", "SELECT id, body FROM meeting", _whole("meeting")),
    ("record body", "SELECT case_id, id, body FROM case_record", _in_case("record")),
    ("referral body", "SELECT case_id, id, body FROM referral", _in_case("referral")),
    ("escort body", "SELECT case_id, id, body FROM escort", _in_case("escort")),
    (
        "meeting item body",
        "SELECT i.case_id, i.id, i.body FROM meeting_item i JOIN case_file c ON c.id = i.case_id",
        _in_case("item"),
    ),
)
"""What it is called, the key with whatever the place is made of, and where it stands."""

DESTROYED = "SELECT case_id FROM destruction WHERE proven_at IS NOT NULL"
"""What was destroyed: none of these has a key any more."""
