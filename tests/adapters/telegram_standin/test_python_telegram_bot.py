"""python-telegram-bot, unchanged, against the stand-in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.adapters.telegram_standin.driving import ANNA, TOKEN, Driver, b64, png
from tests.adapters.telegram_standin.receiving import Receiver

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


async def _start(update: Update, _context: Context) -> None:
    assert update.message
    buttons = [[InlineKeyboardButton("예", callback_data="yes")]]
    await update.message.reply_text("괜찮으세요?", reply_markup=InlineKeyboardMarkup(buttons))


async def _press(update: Update, _context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("네")
    await update.callback_query.edit_message_text("*알겠어요*", parse_mode="MarkdownV2")


async def _echo(update: Update, _context: Context) -> None:
    assert update.message
    keyboard = ReplyKeyboardMarkup([["네", "아니요"]])
    await update.message.reply_text(f"echo {update.message.text}", reply_markup=keyboard)


async def _photo(update: Update, context: Context) -> None:
    assert update.message
    file = await context.bot.get_file(update.message.photo[-1])
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content, filename="돌려드려요.png", caption="여기")


@pytest_asyncio.fixture
async def app(url: str) -> AsyncIterator[App]:
    builder = ApplicationBuilder().token(TOKEN)
    app: App = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    app.add_handler(CommandHandler("start", _start))
    app.add_handler(CallbackQueryHandler(_press))
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    app.add_handler(MessageHandler(filters.PHOTO, _photo))
    async with app:
        yield app


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


async def test_a_conversation_by_polling(app: App, bot: Driver) -> None:
    assert app.updater
    await app.start()
    await app.updater.start_polling(poll_interval=0)

    try:
        await _talk(bot)
    finally:
        await app.updater.stop()
        await app.stop()


async def test_a_conversation_by_webhook(app: App, bot: Driver, receiver: Receiver) -> None:
    await app.start()
    await app.bot.set_webhook(receiver.url, secret_token="s3cret", max_connections=1)
    receiver.take_in = lambda body: app.update_queue.put_nowait(Update.de_json(body, app.bot))

    await _talk(bot)

    secrets = {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in receiver.headers}
    assert secrets == {"s3cret"}
    assert (await app.bot.get_webhook_info()).url == receiver.url
    await app.bot.delete_webhook()
    await app.stop()


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_errors_arrive_as_its_own_kinds(app: App, bot: Driver) -> None:
    own: Bot = app.bot
    with pytest.raises(BadRequest, match="Chat not found"):
        await own.send_message(ANNA, "x")
    await bot.says("/start")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await own.send_message(ANNA, "<b>", parse_mode="HTML")
    long = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="가" * 22)]])
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await own.send_message(ANNA, "x", reply_markup=long)
    await bot.control("faults", {"method": "sendMessage", "status": 429, "retry_after": 3})
    with pytest.raises(RetryAfter):
        await own.send_message(ANNA, "x")
    await bot.control(f"person/{ANNA}/block")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await own.send_message(ANNA, "x")


async def test_two_pollers_meet_a_conflict(url: str, bot: Driver) -> None:
    await bot.says("/start")
    last = (await bot.updates())[-1]["update_id"]
    async with Bot(TOKEN, f"{url}/bot") as one, Bot(TOKEN, f"{url}/bot") as other:
        first = asyncio.ensure_future(one.get_updates(timeout=20, offset=last + 1))
        await asyncio.sleep(0.1)
        second = asyncio.ensure_future(other.get_updates(timeout=20, offset=last + 1))

        with pytest.raises(Conflict):
            await first
        await bot.says("more")

        assert len(await second) == 1


async def test_albums_commands_and_profile(app: App, bot: Driver) -> None:
    own: Bot = app.bot
    await bot.says("/start")
    await own.set_my_commands([("help", "도움")])
    await own.set_my_description("곁")

    album = [InputMediaPhoto(png(10, 10), caption="a"), InputMediaPhoto(png(20, 20))]
    sent = await own.send_media_group(ANNA, album)
    copied = await own.copy_message(ANNA, ANNA, sent[0].message_id)
    deleted = await own.delete_message(ANNA, copied.message_id)

    assert len(sent) == 2
    assert deleted is True
    assert (await own.get_my_commands())[0].command == "help"
    assert (await own.get_my_description()).description == "곁"
    assert (await own.get_chat(ANNA)).accepted_gift_types.limited_gifts is True
