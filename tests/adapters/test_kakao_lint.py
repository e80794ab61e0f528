"""The linter of skill responses: every limit of the guide, one by one."""

from typing import Any

import orjson
import pytest

from adapters.kakao.standin.lint import problems

IMAGE: dict[str, Any] = {"imageUrl": "https://x.example/a.jpg"}
SQUARE: dict[str, Any] = {**IMAGE, "fixedRatio": True}
BUTTON = {"label": "네", "action": "message", "messageText": "네"}
LINK = {"label": "웹", "action": "webLink", "webLinkUrl": "https://x.example/"}
ITEM = {"title": "항목", "description": "값"}
CARD = {"title": "제목", "description": "설명"}
PRICE = {"price": 1000, "thumbnails": [IMAGE]}
LISTED = {"header": {"title": "목록"}, "items": [{"title": "하나"}]}


def _problems(*outputs: object, **template: object) -> list[str]:
    body = {"version": "2.0", "template": {"outputs": list(outputs), **template}}
    return problems(orjson.dumps(body))


@pytest.mark.parametrize(
    "output",
    [
        {"simpleText": {"text": "가" * 1000}},
        {"simpleImage": {**IMAGE, "altText": "가" * 50}},
        {"textCard": {"title": "가" * 50, "description": "나" * 350}},
        {"textCard": {"title": "t", "buttons": [BUTTON] * 3}},
        {"textCard": {"title": "t", "buttons": [BUTTON] * 2, "buttonLayout": "horizontal"}},
        {"basicCard": {"thumbnail": IMAGE, "title": "가" * 50, "description": "나" * 230}},
        {"basicCard": {"thumbnail": SQUARE, "buttons": [BUTTON] * 2}},
        {"commerceCard": {**PRICE, "currency": "won", "title": "가" * 30}},
        {"listCard": {**LISTED, "items": [{"title": "하나"}] * 5, "buttons": [LINK]}},
        {"itemCard": {"itemList": [ITEM] * 10, "title": "t", "description": "d"}},
        {"carousel": {"type": "textCard", "items": [CARD] * 10}},
        {"carousel": {"type": "listCard", "items": [LISTED] * 5}},
    ],
)
def test_what_the_guide_allows_is_shown(output: dict[str, Any]) -> None:
    assert _problems(output) == []


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ({"simpleText": {"text": "가" * 1001}}, "1001 characters, 1000 are allowed"),
        ({"simpleText": {"text": "🙂" * 501}}, "1002 characters"),
        ({"simpleText": {"text": ""}}, "text is empty"),
        ({"simpleText": {"text": 7}}, "no string"),
        ({"simpleText": {"text": "가", "extra": 1}}, "extra is unknown"),
        ({"simpleText": {"text": "가"}, "simpleImage": IMAGE}, "exactly one member"),
        ({"simpleVideo": {}}, "simpleVideo is unknown"),
        ({"simpleImage": {"imageUrl": "file:///etc/passwd"}}, "no http or https address"),
        ({"simpleImage": {**IMAGE, "altText": "가" * 51}}, "50 are allowed"),
        ({"textCard": {"buttons": [BUTTON]}}, "neither title nor description"),
        ({"textCard": {"title": "가" * 51}}, "50 are allowed"),
        ({"textCard": {"description": "가" * 401}}, "400 are allowed"),
        ({"textCard": {"title": "가", "description": "나" * 400}}, "401 characters in title"),
        ({"textCard": {"title": "t", "buttons": [BUTTON] * 4}}, "0 to 3 are allowed"),
        (
            {"textCard": {"title": "t", "buttons": [BUTTON] * 3, "buttonLayout": "horizontal"}},
            "3 side by side",
        ),
        (
            {
                "textCard": {
                    "title": "t",
                    "buttons": [BUTTON, {**BUTTON, "label": "가" * 9}],
                    "buttonLayout": "horizontal",
                }
            },
            "longer than 8",
        ),
        ({"textCard": {"title": "t", "buttons": [{**BUTTON, "label": "가" * 15}]}}, "14 are"),
        ({"textCard": {"title": "t", "buttons": [{"label": "가", "action": "jump"}]}}, "none of"),
        (
            {"textCard": {"title": "t", "buttons": [{"label": "가", "action": "webLink"}]}},
            "webLinkUrl is missing",
        ),
        ({"textCard": {"title": "t", "buttons": [{**LINK, "extra": {}}]}}, "extra needs"),
        ({"basicCard": {"title": "t"}}, "thumbnail is missing"),
        ({"basicCard": {"thumbnail": IMAGE, "description": "가" * 231}}, "230 are allowed"),
        ({"commerceCard": {**PRICE, "thumbnails": [IMAGE, IMAGE]}}, "1 to 1 are allowed"),
        ({"commerceCard": {**PRICE, "price": "1000"}}, "no whole number"),
        ({"commerceCard": {**PRICE, "currency": "dollar"}}, "none of won"),
        ({"commerceCard": {**PRICE, "discountRate": 10}}, "needs discountedPrice"),
        ({"listCard": {**LISTED, "items": [{"title": "하나"}] * 6}}, "1 to 5 are allowed"),
        ({"listCard": {"items": [{"title": "하나"}]}}, "header is missing"),
        ({"itemCard": {"itemList": [ITEM] * 11}}, "1 to 10 are allowed"),
        ({"itemCard": {"itemList": [{"title": "일곱글자입니다", "description": "d"}]}}, "6 are"),
        ({"itemCard": {"itemList": [ITEM], "description": "d"}}, "description needs title"),
        (
            {"itemCard": {"itemList": [ITEM], "head": {"title": "h"}, "profile": {"title": "p"}}},
            "head and profile",
        ),
        ({"carousel": {"type": "textCard", "items": [CARD] * 11}}, "1 to 10 are allowed"),
        ({"carousel": {"type": "listCard", "items": [LISTED] * 6}}, "6 list cards"),
        (
            {"carousel": {"type": "textCard", "items": [{"description": "가" * 129}]}},
            "128 are allowed",
        ),
        (
            {
                "carousel": {
                    "type": "basicCard",
                    "items": [
                        {"thumbnail": IMAGE},
                        {"thumbnail": SQUARE},
                    ],
                }
            },
            "differ in the pictures",
        ),
        ({"carousel": {"type": "simpleText", "items": [{"text": "가"}]}}, "none of"),
    ],
)
def test_what_breaks_a_limit_is_named(output: dict[str, Any], problem: str) -> None:
    found = _problems(output)

    assert any(problem in one for one in found), found


def test_one_to_three_outputs_and_ten_quick_replies() -> None:
    text = {"simpleText": {"text": "가"}}

    assert _problems(text, text, text, quickReplies=[BUTTON] * 10) == []
    assert _problems()
    assert _problems(text, text, text, text)
    assert _problems(text, quickReplies=[BUTTON] * 11)
    assert _problems(text, quickReplies=[{"label": "가", "action": "webLink"}])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"version": 2.0}',
        b'{"version": "2.0"}',
        b'{"version": "2.0", "useCallback": true, "template": {"outputs": []}}',
        b'{"version": "2.0", "useCallback": "yes"}',
        b'{"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "\\ud83d"}}]}}',
        b'{"version": "2.0", "template": 7}',
        b'{"version": "2.0", "extra": 7}',
    ],
)
def test_a_frame_that_is_wrong_is_named(body: bytes) -> None:
    assert problems(body)


def test_contexts_hold_words_only() -> None:
    text = {"outputs": [{"simpleText": {"text": "가"}}]}
    good = {"name": "counsel", "lifeSpan": 5, "ttl": 600, "params": {"stage": "2"}}
    bad = {"name": "counsel", "lifeSpan": "5", "params": {"stage": 2}}

    def framed(context: object) -> bytes:
        return orjson.dumps({"version": "2.0", "template": text, "context": {"values": [context]}})

    assert problems(framed(good)) == []
    assert len(problems(framed(bad))) == 2


def test_thirty_kilobytes_are_the_limit() -> None:
    text = {"outputs": [{"simpleText": {"text": "가"}}]}
    frame = {"version": "2.0", "template": text, "data": {"x": ""}}
    room = 30 * 1024 - len(orjson.dumps(frame))

    assert problems(orjson.dumps({**frame, "data": {"x": "a" * room}})) == []
    assert problems(orjson.dumps({**frame, "data": {"x": "a" * (room + 1)}}))
