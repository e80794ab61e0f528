"""aiogram, unchanged, against the stand-in."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.filters import CommandStart
from aiogram.methods import SendMessage
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.adapters.telegram_standin.driving import ANNA, TOKEN, Driver, b64, png


def _router() -> Router:
    router = Router()

    @router.message(CommandStart())
    async def start(message: Message) -> None:
        button = InlineKeyboardButton(text="예", callback_data="yes")
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.answer("<b>괜찮으세요?</b>", reply_markup=keyboard, parse_mode="HTML")

    @router.callback_query(F.data == "yes")
    async def press(query: CallbackQuery) -> None:
        await query.answer("네")
        assert isinstance(query.message, Message)
        await query.message.edit_text("알겠어요")

    @router.message(F.photo)
    async def photo(message: Message, bot: Bot) -> None:
        assert message.photo
        content = await bot.download(message.photo[-1])
        assert content
        returned = BufferedInputFile(content.read(), filename="돌려드려요.png")
        await message.answer_document(returned, caption="여기")

    @router.message(F.text)
    async def echo(message: Message) -> SendMessage:
        return message.reply(f"echo {message.text}")

    return router


@pytest_asyncio.fixture
async def own(url: str) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(TOKEN, session=session)
    yield bot
    await session.close()


async def _talk(bot: Driver) -> None:
    """Hold the whole conversation as Anna."""
    await bot.says("/start")
    asked = await bot.shown("괜찮으세요?")
    await bot.presses(asked["message_id"], "yes")
    changed = await bot.shown("알겠어요")
    await bot.says("안녕 😀")
    await bot.shown("echo 안녕 😀")
    picture = png(400, 300)
    await bot.control(f"person/{ANNA}/photo", {"data_b64": b64(picture)})
    returned = await bot.shown("여기")
    async with bot.http.get(bot.url + returned["files"][0]["url"]) as answer:
        assert await answer.read() == picture
    assert changed["message_id"] == asked["message_id"]
    assert returned["files"][0]["name"] == "돌려드려요.png"


async def test_a_conversation_by_polling(own: Bot, bot: Driver) -> None:
    dispatcher = Dispatcher()
    dispatcher.include_router(_router())
    polling = asyncio.ensure_future(
        dispatcher.start_polling(own, handle_signals=False, close_bot_session=False)
    )

    try:
        await _talk(bot)
    finally:
        await dispatcher.stop_polling()
        await polling


async def test_a_conversation_by_webhook(own: Bot, bot: Driver) -> None:
    dispatcher = Dispatcher()
    dispatcher.include_router(_router())
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, own, handle_in_background=False, secret_token="s3cret"
    )
    handler.register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await own.set_webhook(address, secret_token="s3cret")

    await _talk(bot)

    await bot.settled()
    assert (await own.get_webhook_info()).last_error_message is None
    assert await own.delete_webhook() is True
    await runner.cleanup()


async def test_a_wrong_secret_is_refused_by_it_and_told_by_the_stand_in(
    own: Bot, bot: Driver
) -> None:
    dispatcher = Dispatcher()
    app = web.Application()
    SimpleRequestHandler(dispatcher, own, secret_token="right").register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await own.set_webhook(address, secret_token="wrong")

    await bot.says("hi")
    await asyncio.sleep(0.2)

    info = await own.get_webhook_info()
    assert info.pending_update_count == 1
    assert "401" in str(info.last_error_message)
    await runner.cleanup()


async def test_errors_arrive_as_its_own_kinds(own: Bot, bot: Driver) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await own.send_message(ANNA, "x")
    await bot.says("/start")
    await bot.control("faults", {"method": "sendMessage", "status": 429, "retry_after": 3})
    with pytest.raises(TelegramRetryAfter) as wait:
        await own.send_message(ANNA, "x")
    await bot.control("faults", {"method": "sendMessage", "status": 502})
    with pytest.raises(TelegramServerError):
        await own.send_message(ANNA, "x")
    await bot.control(f"person/{ANNA}/block")
    with pytest.raises(TelegramForbiddenError):
        await own.send_message(ANNA, "x")

    assert wait.value.retry_after == 3


async def test_albums_are_attached(own: Bot, bot: Driver) -> None:
    await bot.says("/start")
    files = [BufferedInputFile(text, filename="a.txt") for text in (b"one", b"two")]

    sent = await own.send_media_group(ANNA, [InputMediaDocument(media=file) for file in files])

    assert [message.document.file_size for message in sent if message.document] == [3, 3]
