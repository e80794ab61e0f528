"""Paging whoever is on call: a web hook and e-mail that say nothing but: look at the desk."""

import asyncio
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from secrets import token_hex

import aiohttp

from bot.console.board import Board
from bot.console.hours import SETTING, OnCall, hours_of
from bot.logs import log
from storage import desk_settings, leases, presence, shifts
from storage.database import Database

LOOK_S = 5.0
AGAIN_S = 300.0
SEND_S = 5.0
SUBJECT = "Gyeot"
TEXT = "There is something to look at. 확인할 것이 있습니다.\n"


@dataclass(frozen=True, slots=True)
class Mail:
    """Where our mail goes out.

    Attributes:
        server: `host:port`; empty for none.
        sender: From whom.
    """

    server: str = ""
    sender: str = ""

    def send(self, to: tuple[str, ...]) -> None:
        """Send a letter that says nothing but: look."""
        host, _, port = self.server.partition(":")
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = SUBJECT, self.sender, ", ".join(to)
        message.set_content(TEXT)
        with smtplib.SMTP(host, int(port or 25), timeout=SEND_S) as server:
            server.send_message(message)


@dataclass(slots=True)
class Paging:
    """Looks every few seconds whether somebody urgent waits while nobody is here."""

    database: Database
    board: Board
    mail: Mail

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Keep the opening hours fresh, and page for whoever waits urgently and unseen."""
        hours = hours_of(await desk_settings.read(self.database, SETTING))
        now = self.database.clock()
        self.board.opens = hours.opens(now)
        on_call = await self._planned(hours.on_call)
        if not (on_call.hook or on_call.mail):
            return
        urgent = [one for one in self.board.waiting() if one["urgency"] <= on_call.urgency]
        if not urgent:
            return
        everyone = await presence.everyone(self.database)
        if hours.is_open(now) and any(one.ready(now) for one in everyone.values()):
            return
        for row in urgent:
            name = f"page:{row['id']}"
            if await leases.hold(self.database, name, token_hex(8), AGAIN_S):
                await page(on_call, self.mail)

    async def _planned(self, on_call: OnCall) -> OnCall:
        """Page who is on call by the plan, where it says so, in place of the center's list."""
        now = await shifts.going_on(self.database)
        mails = tuple(one.mail for one in now if one.on_call and one.mail)
        return on_call.model_copy(update={"mail": mails}) if mails else on_call


async def page(on_call: OnCall, mail: Mail) -> None:
    """Tell whoever is on call; a failure is logged and tried again later."""
    if on_call.hook:
        await _call(on_call.hook)
    if on_call.mail and mail.server:
        try:
            await asyncio.to_thread(mail.send, on_call.mail)
        except (OSError, smtplib.SMTPException) as error:
            log().error("not paged", reason="mail", error=type(error).__name__)


async def _call(address: str) -> None:
    timeout = aiohttp.ClientTimeout(total=SEND_S)
    body = {"event": "look", "text": TEXT.strip()}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.post(address, json=body, allow_redirects=False) as answer,
        ):
            if not answer.ok:
                log().error("not paged", reason="hook", status=answer.status)
    except (aiohttp.ClientError, TimeoutError) as error:
        log().error("not paged", reason="hook", error=type(error).__name__)
