"""What real client libraries send, each of which broke a naive server."""

import json
from io import BytesIO
from urllib.parse import quote, urlencode

import aiohttp
import hypothesis.strategies as st
from hypothesis import given

from adapters.telegram.standin.multipart import parts
from adapters.telegram.standin.requests import read
from tests.adapters.telegram_standin.driving import ANNA, TOKEN, Driver, png

KEYBOARD = {"inline_keyboard": [[{"text": "예", "callback_data": "y"}]]}


async def test_parameters_are_read_from_every_place(known: Driver) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    given = {"chat_id": str(ANNA), "text": "안녕 & + %", "reply_markup": json.dumps(KEYBOARD)}
    coded = urlencode(given)
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    form = aiohttp.FormData()
    for name, value in given.items():
        form.add_field(name, value, content_type="text/plain")

    answers = [
        await known.request("GET", f"{path}?{coded}"),
        await known.request("POST", f"{path}?{coded}"),
        await known.request("POST", path, data=given),
        await known.request("GET", path, data=coded, headers=form_type),
        await known.request("POST", path, json=given),
        await known.request("POST", path, json={**given, "reply_markup": KEYBOARD}),
        await known.request("POST", path, data=form),
    ]

    for answer in answers:
        assert answer.result["text"] == "안녕 & + %"
        assert answer.result["reply_markup"] == KEYBOARD


async def test_what_stands_in_the_address_counts_first(known: Driver) -> None:
    path = f"/bot{TOKEN}/sendMessage?text=first"

    answer = await known.request("POST", path, json={"chat_id": ANNA, "text": "second"})

    assert answer.result["text"] == "first"


async def test_a_method_may_be_written_in_any_case_and_come_as_parameter(known: Driver) -> None:
    for path in (f"/bot{TOKEN}/GETME", f"/bot{TOKEN}/getme", f"/bot{TOKEN}/test/getMe"):
        assert (await known.request("GET", path)).result["id"] == 123456

    named = await known.request("POST", f"/bot{TOKEN}/", data={"method": "getMe"})
    bare = await known.request("POST", f"/bot{TOKEN}", data={"method": "getMe"})
    extra = {"method": "sendMessage", "unknown": {"a": 1}}
    both = await known.request("POST", f"/bot{TOKEN}/getMe", json=extra)

    assert named.result["id"] == bare.result["id"] == both.result["id"] == 123456


async def test_numbers_and_booleans_may_be_strings(known: Driver) -> None:
    answer = await known.call("sendMessage", chat_id=str(ANNA), text=12, protect_content="True")

    assert answer.result["text"] == "12"
    assert answer.result["has_protected_content"] is True


async def test_a_request_line_may_be_long(known: Driver) -> None:
    text = "가" * 4096

    answer = await known.request(
        "GET", f"/bot{TOKEN}/sendMessage?chat_id={ANNA}&text={quote(text)}"
    )

    assert answer.result["text"] == text


async def test_file_names_without_quotes_are_files(known: Driver) -> None:
    body = (
        '--xx\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n'
        f"{ANNA}\r\n"
        '--xx\r\ncontent-disposition:form-data;name="document";filename=회신 결과.bin\r\n'
        "content-type: application/octet-stream\r\n\r\n"
        "a\r\n--b\r\n--xx--\r\n"
    ).encode()
    headers = {"Content-Type": 'multipart/form-data; boundary="xx"'}

    answer = await known.request("POST", f"/bot{TOKEN}/sendDocument", data=body, headers=headers)

    assert answer.result["document"]["file_name"] == "회신 결과.bin"
    assert answer.result["document"]["file_size"] == len(b"a\r\n--b")


async def test_files_are_attached_or_stand_under_their_own_name(known: Driver) -> None:
    direct = aiohttp.FormData({"chat_id": str(ANNA)})
    direct.add_field("photo", png(40, 30), filename="p.png")
    attached = aiohttp.FormData({"chat_id": str(ANNA), "photo": "attach://some"})
    attached.add_field("some", png(40, 30), filename="p.png")

    for form in (direct, attached):
        answer = await known.request("POST", f"/bot{TOKEN}/sendPhoto", data=form)
        assert answer.result["photo"][-1]["width"] == 40


@given(st.text(max_size=30), st.binary(max_size=10))
def test_forms_are_decoded_as_they_were_encoded(text: str, raw: bytes) -> None:
    written = urlencode({"text": text, "raw": raw}).encode()

    query = read("X", written.decode(), b"text=second", "application/x-www-form-urlencoded")

    assert query.method == "x"
    assert query.args["text"] == text
    assert query.args["raw"].encode("utf-8", "surrogateescape") == raw


def test_a_percent_sign_that_escapes_nothing_stands_for_itself() -> None:
    query = read("x", "", b"a=100%&b=%zz%41\\x41+%2", "")

    assert query.args == {"a": "100%", "b": "%zzA\\x41 %2"}


def test_names_of_parts_are_read_in_all_forms() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="a"; filename="q\\"q.txt"\r\n\r\n1\r\n'
        b"--b\r\nContent-Disposition: form-data; name=b; filename*=UTF-8''%ED%95%9C.txt\r\n\r\n"
        b'2\r\n--b\r\nContent-Disposition: form-data; name="c"\r\n\r\n\r\n--b--'
    )

    read = parts(body, "multipart/form-data; boundary=b")

    assert [(part.name, part.filename, part.content) for part in read] == [
        ("a", 'q"q.txt', b"1"),
        ("b", "한.txt", b"2"),
        ("c", None, b""),
    ]


async def test_bodies_that_make_no_sense_are_refused(known: Driver) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    kinds = {"Content-Type": "application/json"}
    forms = {"Content-Type": "multipart/form-data; boundary=b"}

    for body, headers in (
        (b"{", kinds),
        (b"[1]", kinds),
        (b"--b\r\nx", forms),
        (b"nothing", forms),
        (b"x", {"Content-Type": "multipart/form-data"}),
        (b"&".join([b"a=1"] * 2000), {"Content-Type": "application/x-www-form-urlencoded"}),
    ):
        answer = await known.request("POST", path, data=body, headers=headers)
        assert answer.status == 400
        assert answer.description.startswith("Bad Request: ")


async def test_text_that_is_no_utf8_is_refused(known: Driver) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = await known.request(
        "POST", f"/bot{TOKEN}/sendMessage", data=f"chat_id={ANNA}&text=%FF%FE", headers=headers
    )

    assert answer.description == "Bad Request: strings must be encoded in UTF-8"


async def test_a_body_that_is_too_big_is_refused(known: Driver) -> None:
    answer = await known.request(
        "POST", f"/bot{TOKEN}/sendDocument", data=BytesIO(b"x" * ((51 << 20) + 1))
    )

    assert answer.status == 413
    assert answer.description == "Request Entity Too Large"


async def test_tokens_and_methods_that_are_not_there(known: Driver) -> None:
    wrong = await known.request("GET", "/bot999:AA/getMe")
    malformed = await known.request("GET", "/botnonsense/getMe")
    method = await known.call("makeCoffee")
    unspoken = await known.call("sendDice", chat_id=ANNA)
    nowhere = await known.request("GET", "/nothing")

    assert (wrong.status, wrong.description) == (401, "Unauthorized")
    assert malformed.description == "Unauthorized: invalid token specified"
    assert (method.status, method.description) == (404, "Not Found: method not found")
    assert unspoken.description == "Bad Request: the stand-in does not speak sendDice"
    assert nowhere.status == 404
    assert method.headers["Content-Type"].startswith("application/json")
