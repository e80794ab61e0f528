"""Photos, documents and voice: up by upload or id, down by getFile."""

from io import BytesIO

import aiohttp
import pytest

from tests.adapters.telegram_standin.driving import ANNA, TOKEN, Answer, Driver, Json, b64, png


async def _upload(known: Driver, method: str, field: str, content: bytes, **more: str) -> Answer:
    form = aiohttp.FormData({"chat_id": str(ANNA), **more}, quote_fields=False)
    form.add_field(field, BytesIO(content), filename=more.get("name", "이름.bin"))
    return await known.request("POST", f"/bot{TOKEN}/{method}", data=form)


async def _download(known: Driver, file_id: str) -> bytes:
    found = (await known.call("getFile", file_id=file_id)).result
    path = f"{known.url}/file/bot{TOKEN}/{found['file_path']}"
    async with known.http.get(path) as answer:
        assert answer.status == 200
        content = await answer.read()
    assert len(content) == found["file_size"]
    return content


async def test_a_photo_of_hers_comes_in_several_sizes_and_can_be_fetched(known: Driver) -> None:
    picture = png(500, 400)

    await known.control(f"person/{ANNA}/photo", {"data_b64": b64(picture), "caption": "여기"})

    message = (await known.updates())[-1]["message"]
    widths = [size["width"] for size in message["photo"]]
    assert message["caption"] == "여기"
    assert widths == sorted(widths) == [90, 320, 500]
    assert len({size["file_unique_id"] for size in message["photo"]}) == 3
    assert await _download(known, message["photo"][-1]["file_id"]) == picture


async def test_a_document_and_a_voice_message_of_hers(known: Driver) -> None:
    body = {"name": "증거.pdf", "mime": "application/pdf", "data_b64": b64(b"%PDF-1.4")}
    await known.control(f"person/{ANNA}/document", body)
    await known.control(f"person/{ANNA}/voice", {"data_b64": b64(b"OggS..."), "duration": 3})

    document, voice = [update["message"] for update in await known.updates()]
    assert document["document"]["file_name"] == "증거.pdf"
    assert document["document"]["mime_type"] == "application/pdf"
    assert voice["voice"]["duration"] == 3
    assert voice["voice"]["mime_type"] == "audio/ogg"
    assert await _download(known, document["document"]["file_id"]) == b"%PDF-1.4"
    assert await _download(known, voice["voice"]["file_id"]) == b"OggS..."


async def test_files_of_the_bot_show_on_the_phone(known: Driver) -> None:
    await _upload(
        known, "sendPhoto", "photo", png(40, 30), caption="<b>그림</b>", parse_mode="HTML"
    )
    await _upload(known, "sendDocument", "document", b"abc")
    await _upload(known, "sendVoice", "voice", b"OggS", duration="2")

    photo, document, voice = (await known.sees())[-3:]
    assert (photo["text"], photo["files"][0]["kind"]) == ("그림", "photo")
    assert (document["files"][0]["name"], document["files"][0]["size"]) == ("이름.bin", 3)
    assert voice["files"][0]["kind"] == "voice"
    async with known.http.get(known.url + document["files"][0]["url"]) as answer:
        assert await answer.read() == b"abc"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_a_file_can_be_sent_again_by_its_id(known: Driver) -> None:
    first = (await _upload(known, "sendDocument", "document", b"abc")).result["document"]

    again = await known.call("sendDocument", chat_id=ANNA, document=first["file_id"])
    as_photo = await known.call("sendPhoto", chat_id=ANNA, photo=first["file_id"])
    unknown = await known.call("sendDocument", chat_id=ANNA, document="AgADnothing")
    by_url = await known.call("sendDocument", chat_id=ANNA, document="https://a.kr/x.pdf")
    none = await known.call("sendDocument", chat_id=ANNA)

    assert again.result["document"]["file_unique_id"] == first["file_unique_id"]
    assert as_photo.description == "Bad Request: can't use file of type Document as Photo"
    assert unknown.description == "Bad Request: wrong file identifier/HTTP URL specified"
    assert by_url.description == "Bad Request: failed to get HTTP URL content"
    assert none.description == "Bad Request: there is no document in the request"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(9000, 1001)[:33] + b"\0" * 99, "PHOTO_INVALID_DIMENSIONS"),
        (b"\0" * ((10 << 20) + 1), "file of size 10485761 bytes is too big for a photo"),
    ],
)
async def test_what_is_no_photo(known: Driver, content: bytes, reason: str) -> None:
    answer = await _upload(known, "sendPhoto", "photo", content)

    assert answer.description.startswith(f"Bad Request: {reason}")


async def test_limits_of_captions_and_files(known: Driver) -> None:
    long = await _upload(known, "sendDocument", "document", b"a", caption="가" * 1025)
    empty = await _upload(known, "sendDocument", "document", b"")
    big = await _upload(known, "sendDocument", "document", b"a" * ((20 << 20) + 1))
    fetched = await known.call("getFile", file_id=big.result["document"]["file_id"])
    wrong = await known.call("getFile", file_id="x")
    none = await known.call("getFile")

    assert long.description == "Bad Request: message caption is too long"
    assert empty.description == "Bad Request: file must be non-empty"
    assert fetched.description == "Bad Request: file is too big"
    assert wrong.description == "Bad Request: wrong file_id or the file is temporarily unavailable"
    assert none.description == "Bad Request: file_id not specified"


async def test_a_path_that_getfile_did_not_give(known: Driver) -> None:
    nothing = await known.request("GET", f"/file/bot{TOKEN}/documents/file_9.pdf")
    nobody = await known.request("GET", "/file/bot9:x/documents/file_0.pdf")

    assert (nothing.status, nothing.description) == (404, "Not Found")
    assert nobody.status == 401


async def test_albums(known: Driver) -> None:
    media: list[Json] = [
        {"type": "photo", "media": "attach://a", "caption": "*x*", "parse_mode": "Markdown"},
        {"type": "photo", "media": "attach://b"},
    ]
    form = aiohttp.FormData({"chat_id": str(ANNA)})
    form.add_field("media", str(media).replace("'", '"'))
    form.add_field("a", png(10, 10), filename="a.png")
    form.add_field("b", png(20, 10), filename="b.png")

    sent = (await known.request("POST", f"/bot{TOKEN}/sendMediaGroup", data=form)).result
    kinds = [{"type": "animation", "media": "x"}]
    wrong = await known.call("sendMediaGroup", chat_id=ANNA, media=kinds)
    missing = await known.call("sendMediaGroup", chat_id=ANNA)
    gone = [{"type": "photo", "media": "attach://c"}]
    lost = await known.call("sendMediaGroup", chat_id=ANNA, media=gone)
    many = await known.call("sendMediaGroup", chat_id=ANNA, media=gone * 11)

    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption_entities"][0]["type"] == "bold"
    assert 'type "animation" can\'t be used in sendMediaGroup' in wrong.description
    assert missing.description == 'Bad Request: parameter "media" is required'
    assert lost.description == "Bad Request: can't parse InputMedia: media not found"
    assert many.description == "Bad Request: too many messages to send as an album"


async def test_captions_and_files_of_messages_are_edited(known: Driver) -> None:
    sent = (await _upload(known, "sendPhoto", "photo", png(10, 10), caption="a")).result
    target = {"chat_id": ANNA, "message_id": sent["message_id"]}
    other = (await _upload(known, "sendDocument", "document", b"abc")).result["document"]

    caption = await known.call("editMessageCaption", **target, caption="b")
    same = await known.call("editMessageCaption", **target, caption="b")
    text = await known.call("editMessageText", **target, text="c")
    new = {"type": "document", "media": other["file_id"], "caption": "d"}
    exchanged = await known.call("editMessageMedia", **target, media=new)

    assert caption.result["caption"] == "b"
    assert "message is not modified" in same.description
    assert text.description == "Bad Request: there is no text in the message to edit"
    assert "photo" not in exchanged.result
    assert (await known.sees())[-2]["files"][0]["kind"] == "document"


async def test_films_and_music(known: Driver) -> None:
    film = await _upload(known, "sendVideo", "video", b"film", width="4", height="3", duration="9")
    music = await _upload(known, "sendAudio", "audio", b"music", title="노래", performer="가수")
    short = await _upload(known, "sendAnimation", "animation", b"gif")

    assert (film.result["video"]["width"], film.result["video"]["duration"]) == (4, 9)
    assert music.result["audio"]["title"] == "노래"
    assert short.result["document"]["file_id"] == short.result["animation"]["file_id"]
