"""The web application of an opened house."""

from aiohttp import web

from bot.casework.routes import add_casework
from bot.chat import Chat
from bot.civic import add_office, add_public
from bot.console.rooms import add_desk
from bot.health import Figures
from bot.hooks import NOT_RECEIVED, ONE_MOMENT, KakaoHook, Spoken, TelegramHook
from bot.house import House
from bot.intake import Intake
from bot.pages import add_pages
from bot.safety.own import Own
from bot.safety.relay import Relay
from bot.studio.studio import Studio
from bot.upload import Upload

UPLOAD_BYTES = 22 * 1024 * 1024


def application(house: House, *, demo: bool = False) -> web.Application:
    """Return the application: pages, webhooks, the chat and the desk."""
    app = web.Application(client_max_size=UPLOAD_BYTES)
    add_pages(app, demo=demo)
    add_public(app, house)
    figures = Figures(house)
    app.on_response_prepare.append(figures.count)
    app.router.add_get("/healthz", figures.alive)
    app.router.add_get("/readyz", figures.ready)
    app.router.add_get("/metrics", figures.metrics)
    _add_hooks(app, house)
    desk = add_desk(app, house)
    chat = Chat(house.database, house.service, house.doors, desk.live.typing)
    app.router.add_get("/chat/socket", chat.__call__)
    app.router.add_post(
        "/chat/files", Upload(house.service, house.settings.data / "uploads").__call__
    )
    add_casework(app, house, desk.gate)
    Own(house.database).add_routes(app)
    Relay(desk).add_routes(app)
    add_office(app, house, desk.gate)
    Studio(house.database, house.versions).add_routes(app, desk.gate)
    return app


def _add_hooks(app: web.Application, house: House) -> None:
    secret = house.settings.telegram_webhook_secret
    if house.telegram is not None and secret is not None:
        intake = Intake(house.service, house.telegram, house.watch)
        hook = TelegramHook(intake, secret.get_secret_value())
        app.router.add_post("/hooks/telegram", hook.__call__)
    if house.kakao is not None and house.settings.kakao_secret is not None:
        kakao = KakaoHook(
            service=house.service,
            kakao=house.kakao,
            secret=house.settings.kakao_secret.get_secret_value(),
            one_bot=bool(house.settings.kakao_bot_id),
            spoken=Spoken(
                texts=(house.safe_kakao(), house.words("not_yet")),
                neutral=(house.safe_kakao(NOT_RECEIVED), ONE_MOMENT),
            ),
            watch=house.watch,
        )
        app.router.add_post("/hooks/kakao", kakao.__call__)
