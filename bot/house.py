"""The house: everything that runs, opened in order and closed in the opposite order."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from adapters.base import Channel
from adapters.kakao.channel import Kakao
from adapters.webchat.channel import WebChat
from bot import clock
from bot.delivery import deliver
from bot.duties import retention
from bot.intake import Intake
from bot.people import Doors
from bot.publishing import keep_up, publish
from bot.service import Service
from bot.settings import Settings
from bot.versions import Versions
from bot.watch import Watch
from flows.bundle import Sources
from flows.messages import Outbound
from flows.texts import fold, said
from flows.triage import triage
from storage.database import Database
from storage.master import MasterKey

WARM_UP = "안녕하세요"
"""Judged before anybody writes: the first text takes the judge seconds, Kakao waits for three."""

if TYPE_CHECKING:
    from adapters.telegram.channel import Telegram


@dataclass(slots=True)
class House:
    """What runs."""

    settings: Settings
    database: Database
    service: Service
    versions: Versions
    doors: Doors
    web: WebChat
    telegram: "Telegram | None" = None
    kakao: Kakao | None = None
    watch: Watch = field(default_factory=Watch)

    @property
    def uploads(self) -> Path:
        """Where a file of the web chat waits until it is sealed."""
        return self.settings.data / "uploads"

    @property
    def channels(self) -> dict[str, Channel]:
        """The channels that are switched on, by name."""
        on = (self.web, self.telegram, self.kakao)
        return {channel.name: channel for channel in on if channel is not None}

    def safe_kakao(self, words: str = "") -> bytes:
        """Return what Kakao is answered when nothing could be kept: the plain truth, and 112.

        Other `words` are for a talk that is covered.
        """
        said = Outbound(words or self.words("not_received"))
        return orjson.dumps(self.kakao.render([said])) if self.kakao else b""

    def words(self, phrase: str) -> str:
        """Return a phrase in every complete language, for whoever is not known yet."""
        flow = self.versions.of(self.versions.newest)
        return "\n".join(
            template.fill(lambda name: flow.facts.get(name, ""))
            for language, template in flow.phrases.texts[phrase].items()
            if language in flow.phrases.languages
        )

    def begin(self) -> None:
        """Start what runs in the background; the application must be reachable already."""
        database, watch = self.database, self.watch
        watch.over(asyncio.to_thread(self.versions.warm))
        watch.forever("versions", partial(keep_up, database, self.versions))
        watch.forever("clock", partial(clock.tick, database, self.service, self.channels))
        watch.forever("retention", partial(retention.keep, database))
        watch.forever("fetch", partial(clock.fetch, database, self.channels, self.uploads))
        if self.telegram is None:
            return
        watch.forever("delivery", partial(deliver, database, self.telegram))
        watch.over(self._set_menu(self.telegram))
        holder = f"{socket.gethostname()}:{self.settings.port}"
        intake = Intake(self.service, self.telegram, watch, holder)
        secret = self.settings.telegram_webhook_secret
        if secret is None:
            watch.forever("intake", partial(intake.poll, database))
        else:
            url = f"{self.settings.address}/hooks/telegram"
            watch.over(self.telegram.set_webhook(url, secret.get_secret_value()))

    async def _set_menu(self, telegram: "Telegram") -> None:
        """Let the messenger's own menu hold the beginning and the cover; its words say nothing.

        The name of a command is the English label of the cover, so that typing it covers too.
        """
        labels = self.versions.of(self.versions.newest).phrases.labels
        cover = fold(labels["cover"].get("en", ""))
        for code in ("", *(language for language in labels["cover"] if language != "ko")):
            commands = {"start": said(labels["menu"], code or "ko")}
            if cover.isascii() and cover.isalnum():
                commands[cover] = said(labels["cover"], code or "ko")
            await telegram.set_commands(commands, code)


@asynccontextmanager
async def open_house(
    settings: Settings,
    sources: Sources,
    *,
    checked: bool = True,
    clock: Callable[[], int] | None = None,
) -> AsyncIterator[House]:
    """Open the store and the channels; `clock` as `Database.open` takes it.

    Raises:
        MissingKeyError: there is no master key.
        ScriptError: the scripts cannot be used and no version was published before.
    """
    async with AsyncExitStack() as stack:
        master = MasterKey.load(settings.master_key)
        database = await stack.enter_async_context(
            await Database.open(
                settings.database,
                keys_url(settings),
                master,
                settings.files,
                clock,
                redis_url=settings.redis_url,
            )
        )
        versions = await publish(database, sources, checked=checked)
        await asyncio.to_thread(triage, WARM_UP)
        house = House(
            settings=settings,
            database=database,
            service=Service(database, versions),
            versions=versions,
            doors=Doors(database),
            web=WebChat(settings.data / "uploads"),
        )
        if settings.telegram_token:
            house.telegram = await stack.enter_async_context(_telegram(settings))
        if settings.kakao_secret:
            house.kakao = await stack.enter_async_context(_kakao(settings))
        stack.push_async_callback(house.watch.close)
        yield house


def keys_url(settings: Settings) -> str:
    """Return where the keys are kept: a file of their own, or a schema of their own."""
    if settings.keys_url:
        return settings.keys_url
    if settings.database.startswith("sqlite"):
        return f"sqlite:///{(settings.data / 'keys.db').absolute()}"
    return settings.database


def _telegram(settings: Settings) -> "Telegram":
    from adapters.telegram.channel import Telegram  # noqa: PLC0415  # half a second for those who use it

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return Telegram(
        token, settings.address, api=settings.telegram_api, paced=settings.flood_control
    )


def _kakao(settings: Settings) -> Kakao:
    return Kakao(
        settings.kakao_bot_id,
        settings.address,
        callback_base=settings.kakao_callback_base,
        image_hosts=settings.kakao_image_hosts,
    )
