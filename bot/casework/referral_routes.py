"""The routes of referrals: proposed, consented, sent, answered, delivered, withdrawn."""

from typing import Any

from aiohttp import web

from bot.casework import bodies, shapes
from bot.casework.consenting import RECALL, Asking, ask
from bot.casework.office import Office, number_of
from bot.console.gate import Caller
from bot.console.stamps import iso
from flows.cases import APPLICATION, REFERRAL
from flows.compiled import CompiledFlow
from flows.consents import KEEPING, purpose
from flows.record_kinds import RecordError
from flows.texts import said
from storage.casework import answer_links, case_files, case_records, referrals
from storage.casework.case_files import Case
from storage.casework.case_records import NewRecord
from storage.casework.errors import UnknownError
from storage.casework.referrals import Change, Given, Referral
from storage.casework.sealed import Body
from storage.casework.tables import CaseRow
from storage.casework.telling import tell

Json = dict[str, Any]


class Referrals:
    """One service asked of one agency, under its own consent."""

    def __init__(self, office: Office) -> None:
        """Serve an office."""
        self._office = office

    def add_routes(self, app: web.Application) -> None:
        """Add every route."""
        route = self._office.case_route
        route(app, "POST /referrals", self.propose, "propose referral")
        route(app, "POST /referrals/{referral}/ask", self.ask, "ask consent")
        route(app, "POST /referrals/{referral}/consent", self.consent, "consent")
        route(app, "POST /referrals/{referral}/send", self.send, "send referral")
        route(app, "POST /referrals/{referral}/move", self.move, "move referral")

    async def propose(self, request: web.Request, _caller: Caller, case: Case) -> Json:
        """Propose a service of an agency that gives it."""
        office = self._office
        given = await office.body(request, bodies.NewReferral)
        agency = office.network.agencies.get(given.agency)
        if agency is None or agency.ended or given.service not in agency.services:
            raise RecordError("agency", "이 기관은 이 지원을 하지 않아요. It does not give this.")
        number = await referrals.propose(office.database, case.id, given.service, given.agency)
        return {"referral": str(number)}

    async def ask(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Ask her in her own channel, under her rules: she gives or refuses it by a tap."""
        referral = await self._referral(request, case)
        asking = Asking(caller.staff_id, case, referral, self._flow(case))
        return await ask(self._office, asking)

    async def consent(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Note her consent: to whom, what for, which items, how long, and how she gave it."""
        office = self._office
        given = await office.body(request, bodies.Consent)
        referral = await self._referral(request, case)
        plain, sensitive = shapes.offered(referral.service, office.network, _fields(case))
        unknown = {*given.items} - {*plain} | {*given.sensitive} - {*sensitive}
        if unknown:
            raise RecordError("items", "이 지원에 필요한 항목이 아니에요. It is not needed here.")
        service = office.network.services[referral.service].name
        consent = {
            "how": given.how,
            "recipient": said(office.network.agencies[referral.agency].name, "ko"),
            "purpose": purpose(service, "ko"),
            "items": given.items,
            "sensitive": given.sensitive,
            "keeping": KEEPING["ko"],
            "by": caller.staff_id,
            "at": iso(office.database.clock()),
        }

        def act(body: Body) -> None:
            body["consent"] = consent

        moved = await referrals.move(office.database, referral.id, REFERRAL.step("consent"), act)
        return self._shape(moved, case)

    async def send(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Send a consented referral: the link and the number are shown this once."""
        office = self._office
        referral = await self._referral(request, case)
        if referral.status == "sent":
            moved = await referrals.move(office.database, referral.id, REFERRAL.step("resend"))
        else:
            moved = await referrals.give(
                office.database,
                referral.id,
                self._given(referral, case, caller),
                REFERRAL.step("send"),
            )
            await tell(
                office.database, case.application_id, APPLICATION.step_if_allowed("arrange")
            )
            await self._begun(case)
        token, pin = await answer_links.make(office.database, referral.id)
        url = f"{office.address}/r#{token}"
        return {"referral": self._shape(moved, case), "url": url, "pin": pin}

    def _given(self, referral: Referral, case: Case, caller: Caller) -> Given:
        consent = referral.body.get("consent", {})
        shown = shapes.given(consent, _fields(case), self._flow(case))
        return Given(
            staff_id=caller.staff_id,
            recipient=consent.get("recipient", ""),
            purpose=consent.get("purpose", ""),
            items=", ".join(one["title"] for one in shown),
            form="한 번 답하는 링크",
            keeping=consent.get("keeping", ""),
        )

    async def _begun(self, case: Case) -> None:
        """The first thing that is sent makes the case an active one."""

        def act(row: CaseRow) -> None:
            if row.status == "opened":
                row.status = "active"

        await case_files.change(self._office.database, case.id, act)

    async def move(self, request: web.Request, caller: Caller, case: Case) -> Json:
        """Enter what an agency said by phone, an appointment, a delivery, or her withdrawal."""
        office = self._office
        given = await office.body(request, bodies.MoveReferral)
        referral = await self._referral(request, case)
        if given.event in {"withdraw", "recall"}:
            return await self._withdraw(referral, given.event, case, caller)
        moved = await referrals.move(
            office.database,
            referral.id,
            REFERRAL.step(given.event),
            entry(given, f"staff {caller.staff_id}"),
        )
        return self._shape(moved, case)

    async def _withdraw(self, referral: Referral, event: str, case: Case, caller: Caller) -> Json:
        """Take back her consent: one press, as easy as giving it."""
        office = self._office
        moved = await referrals.withdraw(office.database, referral.id, REFERRAL.step(event))
        if moved.body["withdrawn"]["recalled"]:
            name = said(office.network.agencies[referral.agency].name, "ko")
            task = NewRecord(
                kind="task",
                status="open",
                body={"what": RECALL.format(agency=name)},
                owner_id=caller.staff_id,
                staff_id=caller.staff_id,
                due=office.database.clock(),
                ref=referral.id,
            )
            await case_records.add(office.database, case.id, task)
        return self._shape(moved, case)

    async def _referral(self, request: web.Request, case: Case) -> Referral:
        number = number_of(request.match_info["referral"])
        referral = await referrals.read(self._office.database, number)
        if referral.case_id != case.id:
            raise UnknownError("이 연계는 없거나 지워졌어요. There is no such referral.")
        return referral

    def _shape(self, referral: Referral, case: Case) -> Json:
        return shapes.referral(referral, self._office, _fields(case), self._flow(case))

    def _flow(self, case: Case) -> CompiledFlow:
        versions = self._office.versions
        return versions.of(int(case.body.get("version", versions.newest)))


def entry(given: bodies.ReferralTold, by: str) -> Change:
    """Return what writes an answer into a referral: when, what, and by whom."""

    def act(body: Body) -> None:
        told = {"event": given.event, "text": given.text, "by": by}
        if given.at is not None:
            told["at"] = given.at.isoformat()
            body["appointment"] = told["at"]
        body["answers"] = [*body.get("answers", []), told]

    return act


def _fields(case: Case) -> Body:
    fields: Body = case.body.get("fields", {})
    return fields
