"""The demo: stand-in phones beside the real thing, and sign-ins to try the desk with."""

import secrets
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from adapters.clock import Clock
from adapters.kakao.standin.server import add_routes as add_kakao
from adapters.telegram.standin.server import add_routes as add_telegram
from bot.house import House
from bot.settings import Settings
from storage import staff
from storage.database import Database

TOKEN = "110201543:demo-stand-in-token-not-a-secret-0"  # noqa: S105  # opens only our own stand-in
KAKAO_BOT = "65f0c0ffee65f0c0ffee0001"
PEOPLE = (
    ("byeol", "counselor", "상담사 별"),
    ("haneul", "counselor", "상담사 하늘"),
    ("sup", "supervisor", "책임상담사 솔"),
    ("admin", "admin", "관리자"),
    ("admin2", "admin", "둘째 관리자"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo account."""

    name: str
    role: str
    password: str


def demo_settings(settings: Settings) -> Settings:
    """Point the channels at the stand-ins of this very process where nothing else is set."""
    base = f"http://127.0.0.1:{settings.port}"
    missing: dict[str, Any] = {}
    if settings.telegram_token is None:
        missing |= {"telegram_token": TOKEN, "telegram_api": base, "flood_control": False}
    if settings.kakao_secret is None:
        missing |= {
            "kakao_secret": secrets.token_urlsafe(32),
            "kakao_bot_id": KAKAO_BOT,
            "kakao_callback_base": base,
            "kakao_image_hosts": (f"127.0.0.1:{settings.port}",),
        }
    return Settings(**(settings.model_dump() | missing))


def add_phones(app: web.Application, house: House, clock: Clock | None = None) -> None:
    """Add the stand-ins' routes and what the phone page needs to know.

    The stand-ins go by the clock that is given, and each has one of its own otherwise.
    """
    settings = house.settings
    base = f"http://127.0.0.1:{settings.port}"
    telegram = kakao = None
    if settings.telegram_api == base and settings.telegram_token:
        token = settings.telegram_token.get_secret_value()
        add_telegram(app, [token], bot_name="곁", flood_control=False, clock=clock)
        telegram = {"token": token, "base": f"/standin/bot{token}"}
    if settings.kakao_secret:
        add_kakao(
            app,
            skill_url=f"{base}/hooks/kakao",
            secret=settings.kakao_secret.get_secret_value(),
            bot_id=settings.kakao_bot_id,
            base=base,
            clock=clock,
        )
        kakao = {"base": "/standin/kakao"}
    config = {"telegram": telegram, "kakao": kakao}

    async def phones(_: web.Request) -> web.StreamResponse:
        return web.json_response(config)

    app.router.add_get("/phones/config", phones)


async def add_people(database: Database) -> list[SignIn]:
    """Make the demo accounts that are not there yet, each with a fresh password."""
    made = []
    there = {one.name: one.id for one in await staff.everyone(database)}
    for name, role, pseudonym in PEOPLE:
        password = secrets.token_urlsafe(12)
        if name in there:
            await staff.set_password(database, there[name], password)
        else:
            await staff.add(database, staff.Newcomer(name, role, password, pseudonym))
        made.append(SignIn(name, role, password))
    return made
