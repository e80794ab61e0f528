"""Doors: a case comes from an application in the chat, or from a counselor's form."""

from typing import Any

from aiohttp import web

from bot.casework import bodies
from bot.casework.directory_routes import asked
from bot.casework.office import Office
from bot.console.gate import Caller
from bot.console.shapes import handle
from bot.console.stamps import iso
from bot.moments import moment
from flows.answers import NotUnderstood, read_phone
from flows.cases import APPLICATION
from flows.compiled import Asks, CompiledFlow, Place
from flows.record_kinds import RecordError
from storage import applied, conversations
from storage.casework import case_files, contacts, members
from storage.casework.case_files import Opening
from storage.casework.contacts import Noted
from storage.casework.errors import RuleError, UnknownError
from storage.casework.telling import tell

SENSITIVE = frozenset({"story"})
CONTACT = frozenset({"phone_number"})
NO_CASE = "제출된 신청이 없어요. 신청이 있어야 사례를 열 수 있어요. There is no application yet."
Json = dict[str, Any]


class Doors:
    """The routes by which cases come about."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route."""
        route = self._office.route
        route(app, "POST /cases", self.open)
        route(app, "GET /contacts", self.contacts)
        route(app, "POST /contacts", self.note)
        route(app, "GET /conversations/{id}/case", self.known)

    async def known(self, request: web.Request, caller: Caller) -> Json:
        """Answer the case of a conversation, if the caller needs to know it."""
        given = bodies.OpenCase(conversation=request.match_info["id"])
        found = await case_files.of_conversation(self._office.database, int(given.conversation))
        for case in found:
            if await self._office.knows(caller, case.id):
                return {"case": str(case.id), "status": case.status}
        return {"case": None, "status": "elsewhere" if found else None}

    async def open(self, request: web.Request, caller: Caller) -> Json:
        """Open the case of the newest application of a conversation, once."""
        office = self._office
        given = await office.body(request, bodies.OpenCase)
        conversation = await conversations.find(office.database, int(given.conversation))
        if conversation is None or conversation.parted:
            raise UnknownError("이 대화는 없거나 지워졌어요. There is no such conversation.")
        filed = await applied.of(office.database, conversation.id)
        submitted = [one for one in filed if one.status != "draft"]
        if not submitted:
            raise RuleError(NO_CASE)
        newest = submitted[0]
        await office.log(caller, "open", conversation.id)
        opening = Opening(
            door="chat",
            staff_id=caller.staff_id,
            urgency=min(conversation.state.risk, 3),
            body=_body(newest.fields, newest.version, newest.receipt),
            services=proposals(office, newest.fields),
            application_id=newest.id,
            conversation_id=conversation.id,
        )
        case_id, new = await case_files.open_case(office.database, opening)
        if not await office.knows(caller, case_id):
            raise UnknownError("이 사례는 다른 직원이 맡고 있어요. Somebody else has this case.")
        if new:
            await office.log(caller, "open", case_id)
            await self._opened(case_id, newest.id, newest.fields)
        return {"case": str(case_id), "new": new}

    async def contacts(self, _request: web.Request, caller: Caller) -> list[Json]:
        """Answer contacts that became no case: a counselor's own, or all to a supervisor."""
        own = caller.staff_id if caller.role == "counselor" else None
        names = await self._office.names()
        found = await contacts.everything(self._office.database, own)
        for one in found:
            await self._office.log(caller, "read contact", one.id)
        return [
            {
                "id": str(one.id),
                "handle": handle(one.id),
                "door": one.door,
                "by": names.get(one.staff_id, "?"),
                "at": iso(one.at),
                "note": one.body.get("note", ""),
                "caller": one.body.get("caller", ""),
            }
            for one in found
        ]

    async def note(self, request: web.Request, caller: Caller) -> Json:
        """Keep a contact; with her consent it becomes an application and a case."""
        office = self._office
        given = await office.body(request, bodies.NewContact)
        newest = office.versions.newest
        fields = read_fields(given, office.versions.of(newest))
        receipt = moment(office.database.clock()).receipt if given.consent else ""
        noted = Noted(
            door=given.door,
            staff_id=caller.staff_id,
            body={
                "note": given.note,
                "how": given.how,
                "police": dict(given.police),
                "caller": given.relation or given.caller if given.caller == "other" else "",
            },
            fields=fields if given.consent else {},
            version=newest,
            receipt=receipt,
            word=given.word.strip(),
        )
        contact_id, application = await contacts.note(office.database, noted)
        await office.log(caller, "note contact", contact_id)
        if application is None:
            return {"contact": str(contact_id), "case": None}
        body = _body(fields, newest, receipt) | {"taken_by": caller.staff_id, **noted.body}
        opening = Opening(
            door=given.door,
            staff_id=caller.staff_id,
            urgency=given.urgency,
            body=body,
            services=proposals(office, fields),
            application_id=application,
            contact_id=contact_id,
        )
        case_id, _ = await case_files.open_case(office.database, opening)
        await office.log(caller, "open", case_id)
        await self._opened(case_id, application, fields)
        return {"contact": str(contact_id), "case": str(case_id), "receipt": receipt}

    async def _opened(self, case_id: int, application: int, fields: Json) -> None:
        await tell(self._office.database, application, APPLICATION.step_if_allowed("review"))
        phone = str(fields.get("phone_number", ""))
        await members.mark(self._office.database, case_id, "person", phone)


def proposals(office: Office, fields: Json) -> list[tuple[str, str]]:
    """Return each service that she asked for with the first agency that gives it."""
    found = []
    for service in fields.get("services", ()):
        agencies = office.network.agencies_for(service)
        if agencies:
            found.append((service, agencies[0].id))
    return found


def read_fields(given: bodies.NewContact, flow: CompiledFlow) -> Json:
    """Return the answers of the form as the chat would keep them; raises `RecordError`.

    Without her consent to sensitive details none of them is kept.
    """
    places = asked(flow)
    unknown = given.fields.keys() - places.keys()
    if unknown:
        raise RecordError(min(unknown), "모르는 칸이에요. There is no such field.")
    read = {name: _read(places[name], value) for name, value in given.fields.items() if value}
    left_out = frozenset() if given.sensitive else SENSITIVE
    fields = {name: value for name, value in read.items() if name not in left_out}
    consents = {
        "consent_application": "yes" if given.consent else "no",
        "consent_sensitive": "yes" if given.sensitive else "no",
        "consent_contact": "yes" if CONTACT & fields.keys() else "no",
    }
    return fields | consents


def _read(place: Place, value: str | list[str]) -> str | list[str]:
    if place.asks is Asks.SEVERAL:
        chosen = value if isinstance(value, list) else [value]
        return [_choice(place, one) for one in chosen]
    if isinstance(value, list):
        raise RecordError(place.save, "하나만 고를 수 있어요. Only one can be chosen.")
    if place.options:
        return _choice(place, value)
    text = value.strip()
    if place.text is not None and len(text) > place.text.chars:
        raise RecordError(place.save, "너무 길어요. It is too long.")
    if place.text is not None and place.text.kind == "phone":
        return _phone(place.save, text)
    return text


def _choice(place: Place, value: str) -> str:
    if value not in {option.id for option in place.options}:
        raise RecordError(place.save, "고를 수 없는 값이에요. It is not offered.")
    return value


def _phone(name: str, text: str) -> str:
    try:
        return str(read_phone(text))
    except NotUnderstood:
        raise RecordError(name, "전화번호를 다시 적어 주세요. This is no phone number.") from None


def _body(fields: Json, version: int, receipt: str) -> Json:
    return {"fields": dict(fields), "version": version, "receipt_tail": receipt[-2:]}
