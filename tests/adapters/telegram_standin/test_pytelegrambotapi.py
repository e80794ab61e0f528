"""pyTelegramBotAPI, unchanged, against the stand-in: in threads and in asyncio."""

# This library is typed only here and there, and takes optional fields for given.
# mypy: disable-error-code="no-untyped-call, untyped-decorator, union-attr, index, arg-type"

import asyncio
import threading
from io import BytesIO

import pytest
from telebot import TeleBot, apihelper, asyncio_helper
from telebot.apihelper import ApiTelegramException
from telebot.async_telebot import AsyncTeleBot
from telebot.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    Update,
)

from tests.adapters.telegram_standin.driving import ANNA, TOKEN, Driver, b64, png
from tests.adapters.telegram_standin.receiving import Receiver

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("예", callback_data="yes")]])


@pytest.fixture(autouse=True)
def _aimed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (apihelper, asyncio_helper):
        monkeypatch.setattr(module, "API_URL", f"{url}/bot{{0}}/{{1}}")
        monkeypatch.setattr(module, "FILE_URL", f"{url}/file/bot{{0}}/{{1}}")


def _in_threads() -> TeleBot:
    bot = TeleBot(TOKEN, threaded=False)

    @bot.message_handler(commands=["start"])
    def start(message: Message) -> None:
        bot.send_message(message.chat.id, "<b>괜찮으세요?</b>", "HTML", reply_markup=KEYBOARD)

    @bot.callback_query_handler(lambda query: query.data == "yes")
    def press(query: CallbackQuery) -> None:
        bot.answer_callback_query(query.id, "네")
        bot.edit_message_text("알겠어요", query.message.chat.id, query.message.message_id)

    @bot.message_handler(content_types=["photo"])
    def photo(message: Message) -> None:
        content = bot.download_file(bot.get_file(message.photo[-1].file_id).file_path)
        returned = InputFile(BytesIO(content), file_name="돌려드려요.png")
        bot.send_document(message.chat.id, returned, caption="여기")

    @bot.message_handler(content_types=["text"])
    def echo(message: Message) -> None:
        bot.reply_to(message, f"echo {message.text}")

    return bot


def _in_asyncio() -> AsyncTeleBot:
    bot = AsyncTeleBot(TOKEN)

    @bot.message_handler(commands=["start"])
    async def start(message: Message) -> None:
        await bot.send_message(message.chat.id, "괜찮으세요?", reply_markup=KEYBOARD)

    @bot.callback_query_handler(lambda query: query.data == "yes")
    async def press(query: CallbackQuery) -> None:
        await bot.answer_callback_query(query.id, "네")
        await bot.edit_message_text("알겠어요", query.message.chat.id, query.message.message_id)

    @bot.message_handler(content_types=["photo"])
    async def photo(message: Message) -> None:
        file = await bot.get_file(message.photo[-1].file_id)
        content = BytesIO(await bot.download_file(file.file_path))
        returned = InputFile(content, file_name="돌려드려요.png")
        await bot.send_document(message.chat.id, returned, caption="여기")

    @bot.message_handler(content_types=["text"])
    async def echo(message: Message) -> None:
        await bot.reply_to(message, f"echo {message.text}")

    return bot


async def _talk(bot: Driver) -> None:
    """Hold the whole conversation as Anna."""
    await bot.says("/start")
    asked = await bot.shown("괜찮으세요?")
    await bot.presses(asked["message_id"], "yes")
    changed = await bot.shown("알겠어요")
    await bot.says("안녕 😀 " + "가" * 2000)
    await bot.shown("echo 안녕 😀 " + "가" * 2000)
    picture = png(400, 300)
    await bot.control(f"person/{ANNA}/photo", {"data_b64": b64(picture)})
    returned = await bot.shown("여기")
    async with bot.http.get(bot.url + returned["files"][0]["url"]) as answer:
        assert await answer.read() == picture
    assert changed["message_id"] == asked["message_id"]
    assert returned["files"][0]["name"] == "돌려드려요.png"


async def test_a_conversation_in_threads_by_polling(bot: Driver) -> None:
    own = _in_threads()
    polling = threading.Thread(
        target=own.polling, kwargs={"timeout": 1, "long_polling_timeout": 1}
    )
    polling.start()

    try:
        await _talk(bot)
    finally:
        own.stop_polling()
        await asyncio.to_thread(polling.join, 10)

    assert not polling.is_alive()


async def test_a_conversation_in_threads_by_webhook(bot: Driver, receiver: Receiver) -> None:
    own = _in_threads()
    await asyncio.to_thread(own.set_webhook, receiver.url, secret_token="s3cret")
    loop = asyncio.get_running_loop()
    jobs: list[asyncio.Future[None]] = []

    def take_in(body: dict[str, object]) -> None:
        update = Update.de_json(body)
        jobs.append(loop.run_in_executor(None, own.process_new_updates, [update]))

    receiver.take_in = take_in

    await _talk(bot)

    await asyncio.gather(*jobs)
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "s3cret"


async def test_a_conversation_in_asyncio_by_polling(bot: Driver) -> None:
    own = _in_asyncio()
    polling = asyncio.ensure_future(own.polling(timeout=5, request_timeout=10))

    try:
        await _talk(bot)
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await own.close_session()


async def test_a_conversation_in_asyncio_by_webhook(bot: Driver, receiver: Receiver) -> None:
    own = _in_asyncio()
    await own.set_webhook(receiver.url, secret_token="s3cret")
    jobs: list[asyncio.Future[None]] = []
    receiver.take_in = lambda body: jobs.append(
        asyncio.ensure_future(own.process_new_updates([Update.de_json(body)]))
    )

    await _talk(bot)

    await asyncio.gather(*jobs)
    await own.close_session()


async def test_errors_arrive_as_its_own_kind(bot: Driver) -> None:
    own = TeleBot(TOKEN)
    with pytest.raises(ApiTelegramException, match="chat not found"):
        await asyncio.to_thread(own.send_message, ANNA, "x")
    await bot.says("/start")
    await bot.control("faults", {"method": "sendMessage", "status": 429, "retry_after": 3})
    with pytest.raises(ApiTelegramException) as wait:
        await asyncio.to_thread(own.send_message, ANNA, "x")

    assert wait.value.result_json["parameters"] == {"retry_after": 3}
