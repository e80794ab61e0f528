"""Checks of what is sealed: everything opens where it stands, and only what is alive has a key."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import text

from storage import (
    attachments,
    audit,
    factors,
    grants,
    preferences,
    speaking,
    tasks,
    timers,
    unsent,
)
from storage.announcing import place as attachment_place
from storage.applications import place as application_place
from storage.casework import checks as casework
from storage.claims import ids_place
from storage.conversation import place as conversation_place
from storage.duties import breaches
from storage.education import requests
from storage.entries import place as entry_place
from storage.errors import GoneError, SealError
from storage.findings import Finding, Scene
from storage.keepsakes import place as keepsake_place
from storage.records import AuditRow
from storage.survey import rounds
from storage.types import moment

STEP = 1000


class Sealed(NamedTuple):
    """A column that is sealed.

    Attributes:
        query: The id of the key, whatever the place is made of, and the column.
        place: Where it stands, from all but the last column.
    """

    where: str
    query: str
    place: Callable[..., str]


COLUMNS = (
    Sealed(
        "conversation state",
        "SELECT id, state FROM conversation WHERE parted = 0",
        lambda number: conversation_place(number, "state"),
    ),
    Sealed(
        "conversation address",
        "SELECT id, address FROM conversation WHERE parted = 0",
        lambda number: conversation_place(number, "address"),
    ),
    Sealed(
        "voice address",
        "SELECT conversation_id, hash, address FROM voice",
        speaking.place,
    ),
    Sealed(
        "transcript body",
        "SELECT t.conversation_id, t.seq, t.body FROM transcript t"
        " JOIN conversation c ON c.id = t.conversation_id WHERE c.parted = 0",
        entry_place,
    ),
    Sealed(
        "outbox platform_ids",
        "SELECT conversation_id, seq, platform_ids FROM outbox WHERE platform_ids IS NOT NULL",
        ids_place,
    ),
    Sealed(
        "attachment body",
        "SELECT conversation_id, seq, n, body FROM attachment",
        attachment_place,
    ),
    Sealed(
        "preference body",
        "SELECT conversation_id, name, body FROM preference",
        preferences.place,
    ),
    Sealed("timer body", "SELECT conversation_id, id, body FROM timer", timers.place),
    Sealed(
        "keepsake body",
        "SELECT conversation_id, kind, number, body FROM keepsake",
        keepsake_place,
    ),
    Sealed("application body", "SELECT id, body FROM application", application_place),
    *(Sealed(*each) for each in casework.COLUMNS),
    Sealed(
        "education body",
        "SELECT id, body FROM education_request WHERE length(body) > 0",
        requests.place,
    ),
    Sealed("survey body", "SELECT round_id, id, body FROM survey_answer", rounds.place),
    Sealed("breach body", "SELECT id, body FROM breach", breaches.place),
    *(
        Sealed(
            f"{name} body",
            f"SELECT d.conversation_id, d.{row}, d.body FROM {name} d"  # noqa: S608  # ours
            " JOIN conversation c ON c.id = d.conversation_id WHERE c.parted = 0",
            place,
        )
        for name, row, place in (
            ("desk_task", "id", tasks.place),
            ("desk_draft", "staff_id", unsent.place),
            ("desk_grant", "staff_id", grants.place),
        )
    ),
)


def check(scene: Scene) -> Iterator[Finding]:
    """Yield what is wrong with ciphertexts, files, keys and the access log."""
    for sealed in COLUMNS:
        yield from _unopened(scene, sealed)
    yield from _factors(scene)
    yield from _voices(scene)
    yield from _files(scene)
    yield from _undestroyed(scene)
    broken = audit.broken_at(scene.keys, _audits(scene))
    if broken is not None:
        yield Finding("I10", f"audit {broken}", "a line is missing or was altered")


def _rows(scene: Scene, query: str) -> Iterator[list[Any]]:
    """Yield the rows of a query in handfuls, each with all its keys asked for at once."""
    streaming = scene.connection.execution_options(stream_results=True, max_row_buffer=STEP)
    with streaming.execute(text(query)) as found:
        for part in found.partitions(STEP):
            yield [tuple(row) for row in part]


def _unopened(scene: Scene, sealed: Sealed) -> Iterator[Finding]:
    for part in _rows(scene, sealed.query):
        sealers = scene.keys.sealers([*{row[0] for row in part}])
        for *names, body in part:
            sealer = sealers.get(names[0])
            where = f"{sealed.where} {' '.join(map(_shown, names))}"
            if sealer is None:
                yield Finding("I10", where, "is alive without a key")
                continue
            try:
                sealer.open(sealed.place(*names), body)
            except SealError:
                yield Finding("I10", where, "does not open where it stands")


def _factors(scene: Scene) -> Iterator[Finding]:
    """Yield second factors that do not open: nobody could sign in with them."""
    house = scene.keys.house(factors.PURPOSE)
    for part in _rows(scene, "SELECT staff_id, secret FROM second_factor"):
        for staff_id, secret in part:
            try:
                house.open(factors.place(staff_id), secret)
            except SealError:
                where = f"second_factor secret {staff_id}"
                yield Finding("I10", where, "does not open where it stands")


def _voices(scene: Scene) -> Iterator[Finding]:
    """Yield voices that would be found under another address than the one they hold."""
    for part in _rows(scene, "SELECT conversation_id, hash, channel, address FROM voice"):
        sealers = scene.keys.sealers([*{row[0] for row in part}])
        for number, voice, channel, sealed in part:
            try:
                address = sealers[number].open(speaking.place(number, voice), sealed).decode()
            except (KeyError, SealError):
                continue  # told already
            if scene.keys.hash(channel, address) != voice:
                yield Finding("I6", f"voice {number}", "holds another address than it is found by")


def _files(scene: Scene) -> Iterator[Finding]:
    """Yield rows without their file, files that are not what was kept, files without a row."""
    known = set()
    query = "SELECT conversation_id, seq, n, file, body FROM attachment WHERE status = 'kept'"
    for part in _rows(scene, query):
        for number, seq, n, name, body in part:
            known.add(name)
            try:
                sealer = scene.keys.sealer(number)
                attachments.check(scene.files / str(name), sealer, (number, seq, n), body)
            except (GoneError, SealError) as error:
                yield Finding("I3", f"attachment {number} {seq} {n}", str(error))
    for path in scene.files.iterdir() if scene.files.is_dir() else ():
        if path.is_file() and path.name not in known:
            yield Finding("I3", f"file {path.name}", "belongs to no row")


def _undestroyed(scene: Scene) -> Iterator[Finding]:
    for part in _rows(scene, "SELECT id FROM conversation WHERE parted = 2"):
        for number in scene.keys.sealers([row[0] for row in part]):
            yield Finding("I12", f"conversation {number}", "was erased, but its key is there")
    for part in _rows(scene, casework.DESTROYED):
        for number in scene.keys.sealers([row[0] for row in part]):
            yield Finding("I12", f"case {number}", "was destroyed, but its key is there")


def _audits(scene: Scene) -> Iterator[AuditRow]:
    query = "SELECT number, at, staff_id, action, conversation_id, detail, digest FROM audit"
    for part in _rows(scene, f"{query} ORDER BY number"):
        for number, at, staff_id, action, conversation_id, detail, digest in part:
            yield AuditRow(
                number=number,
                at=moment(at),
                staff_id=staff_id,
                action=action,
                conversation_id=conversation_id,
                detail=detail,
                digest=digest,
            )


def _shown(name: object) -> str:
    return name.hex()[:8] if isinstance(name, bytes) else str(name)
