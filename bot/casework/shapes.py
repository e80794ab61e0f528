"""What the pages of casework are shown, as plain JSON values; ids are texts."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.casework.office import Office
from bot.console.shapes import handle, shown_value
from bot.console.stamps import iso
from flows.cases import CASE, ESCORT, REFERRAL, STAY
from flows.compiled import CompiledFlow
from flows.consents import Wanted, words
from flows.network import Network
from flows.texts import said
from storage.casework import case_files
from storage.casework.case_files import Case
from storage.casework.case_records import Record
from storage.casework.escorts import Escort
from storage.casework.facilities import Stay
from storage.casework.referrals import Referral

LANGUAGES = ("ko", "en")
Json = dict[str, Any]
Fields = Mapping[str, Any]


def case_row(case: Case) -> Json:
    """Return one line of the list: nothing that names anybody."""
    return {
        "id": str(case.id),
        "handle": handle(case.id),
        "door": case.door,
        "status": case.status,
        "urgency": case.urgency,
        "opened_at": iso(case.opened_at),
        "changed_at": iso(case.changed_at),
        "closed_at": iso(case.closed_at),
        "destroy_at": iso(case.destroy_at),
        "conversation": str(case.conversation_id) if case.conversation_id else None,
        "events": CASE.events_from(case.status),
    }


def answers(fields: Fields, flow: CompiledFlow) -> list[Json]:
    """Return what she answered in her application, in words of both languages of the page."""
    shown = []
    for name, value in fields.items():
        place = flow.asked_at.get(name)
        if place is None or value in ("", [], ()):
            continue
        shown.append(
            {
                "name": name,
                "title": said(place.title, "ko"),
                "title_en": said(place.title, "en"),
                "value": shown_value(flow, place, value, "ko"),
                "value_en": shown_value(flow, place, value, "en"),
                "private": place.private,
            }
        )
    return shown


def referral(one: Referral, office: Office, fields: Fields, flow: CompiledFlow) -> Json:
    """Return one referral with the consent that it asks for."""
    network = office.network
    agency, service = network.agencies[one.agency], network.services[one.service]
    plain, sensitive = offered(one.service, network, fields)
    asked = wanted(one, network, fields, flow)
    return {
        "id": str(one.id),
        "service": one.service,
        "service_name": service.name,
        "agency": one.agency,
        "agency_name": agency.name,
        "reach": agency.reach,
        "demo": agency.demo,
        "status": one.status,
        "events": [
            event
            for event in REFERRAL.events_from(one.status)
            if event != "recall" or ("consent" in one.body and "withdrawn" not in one.body)
        ],
        "offered": [_item(name, flow, sensitive=False) for name in plain]
        + [_item(name, flow, sensitive=True) for name in sensitive],
        "words": {language: words(asked[language], language) for language in LANGUAGES},
        "body": one.body,
        "at": iso(one.at),
        "changed_at": iso(one.changed_at),
    }


def wanted(
    one: Referral, network: Network, fields: Fields, flow: CompiledFlow
) -> dict[str, Wanted]:
    """Return what the consent to a referral asks for, in words of both languages."""
    plain, sensitive = offered(one.service, network, fields)
    return {
        language: Wanted(
            recipient=network.agencies[one.agency].name,
            service=network.services[one.service].name,
            items=[_title(name, flow, language) for name in plain],
            sensitive=[_title(name, flow, language) for name in sensitive],
        )
        for language in LANGUAGES
    }


def offered(service: str, network: Network, fields: Fields) -> tuple[list[str], list[str]]:
    """Return the answers that a service needs and she has given: plain, and sensitive ones."""
    kind = network.services[service]
    there = {name for name, value in fields.items() if value not in ("", [], (), "skip")}
    return (
        [name for name in kind.needs if name in there],
        [name for name in kind.sensitive if name in there],
    )


def given(consent: Mapping[str, Any], fields: Fields, flow: CompiledFlow) -> list[Json]:
    """Return the consented items with their values: all that an agency is ever shown."""
    names = [*consent.get("items", []), *consent.get("sensitive", [])]
    return [
        {"title": one["title"], "value": one["value"]}
        for one in answers({name: fields[name] for name in names if name in fields}, flow)
    ]


async def for_agency(office: Office, one: Referral) -> Json:
    """Return what an agency sees of a referral: what she consented to, and nothing else."""
    case = await case_files.read(office.database, one.case_id)
    flow = office.versions.of(int(case.body.get("version", office.versions.newest)))
    consent = one.body.get("consent", {})
    return {
        "service": office.network.services[one.service].name,
        "agency": office.network.agencies[one.agency].name,
        "purpose": consent.get("purpose", ""),
        "keeping": consent.get("keeping", ""),
        "items": given(consent, case.body.get("fields", {}), flow),
    }


def record(one: Record, network: Network, names: Mapping[int, str]) -> Json:
    """Return one record."""
    kind = network.records.get(one.kind)
    return {
        "id": str(one.id),
        "kind": one.kind,
        "status": one.status,
        "fields": {name: kept for name, kept in one.body.items() if name != "changes"},
        "owner": one.owner_id,
        "owner_name": names.get(one.owner_id or 0, ""),
        "by": names.get(one.staff_id or 0, ""),
        "due": iso(one.due),
        "at": iso(one.at),
        "ref": str(one.ref) if one.ref else None,
        "events": kind.events_from(one.status) if kind else [],
        "changes": [
            {**line, "by": names.get(line["by"], "")} for line in one.body.get("changes", ())
        ],
    }


def stays(found: Iterable[Stay]) -> list[Json]:
    """Return stays."""
    return [
        {
            "party": str(one.party),
            "case": str(one.case_id),
            "handle": handle(one.case_id),
            "facility": one.facility,
            "place": one.place,
            "people": one.people,
            "status": one.status,
            "until": iso(one.until),
            "at": iso(one.at),
            "events": STAY.events_from(one.status),
        }
        for one in found
    ]


def escort(one: Escort) -> Json:
    """Return one request for guards or company."""
    return {
        "id": str(one.id),
        "agency": one.agency,
        "status": one.status,
        "times": one.body["times"],
        "way": one.body["way"],
        "guards": one.body.get("guards", []),
        "events": ESCORT.events_from(one.status),
    }


def _item(name: str, flow: CompiledFlow, *, sensitive: bool) -> Json:
    return {
        "name": name,
        "title": _title(name, flow, "ko"),
        "title_en": _title(name, flow, "en"),
        "sensitive": sensitive,
    }


def _title(name: str, flow: CompiledFlow, language: str) -> str:
    place = flow.asked_at.get(name)
    return said(place.title, language) if place else name
