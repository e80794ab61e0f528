"""Formatted text: parse modes, given entities, what is found, counted in UTF-16 units."""

import pytest

from adapters.telegram.standin.entities import formatted
from adapters.telegram.standin.errors import ApiError


def _short(
    text: str, mode: str = "", given: object = None
) -> tuple[str, list[tuple[object, ...]]]:
    shown, found = formatted(text, mode, given)
    keys = ("offset", "length", "type", "url", "language", "custom_emoji_id", "user")
    return shown, [tuple(each[key] for key in keys if key in each) for each in found]


@pytest.mark.parametrize(
    ("source", "shown", "found"),
    [
        ("<b>굵게 <i>기울임</i></b>", "굵게 기울임", [(0, 6, "bold"), (3, 3, "italic")]),
        ("😀<u>x</u>", "😀x", [(2, 1, "underline")]),
        ("a &lt;&amp;&gt; &quot;&#54620;&#x1f600; &nbsp;", 'a <&> "한😀 &nbsp;', []),
        ("<strong>a</strong><em>b</em>", "ab", [(0, 1, "bold"), (1, 1, "italic")]),
        ("<s>a</s><del>b</del>", "ab", [(0, 1, "strikethrough"), (1, 1, "strikethrough")]),
        ('<span class="tg-spoiler">a</span>', "a", [(0, 1, "spoiler")]),
        ("<a href='http://A.kr/x?y=1'>l</a>", "l", [(0, 1, "text_link", "http://a.kr/x?y=1")]),
        ('<a href="tel:+82">l</a>', "l", []),
        ('<a href="tg://user?id=7">m</a>', "m", [(0, 1, "text_mention", {"id": 7})]),
        ('<pre><code class="language-py">x</code></pre>', "x", [(0, 1, "pre", "py")]),
        ("<code>a</code>", "a", [(0, 1, "code")]),
        ("<b>a<code>b</code>c</b>", "abc", [(0, 1, "bold"), (1, 1, "code"), (2, 1, "bold")]),
        ("<blockquote expandable>q</blockquote>", "q", [(0, 1, "expandable_blockquote")]),
        ('<tg-emoji emoji-id="5">e</tg-emoji>', "e", [(0, 1, "custom_emoji", "5")]),
        ("<b></b>x", "x", []),
    ],
)
def test_html(source: str, shown: str, found: list[tuple[object, ...]]) -> None:
    assert _short(source, "HTML") == (shown, found)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("가</b>", "Unexpected end tag at byte offset 3"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<div>", 'Unsupported start tag "div" at byte offset 0'),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_makes_no_sense(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as error:
        formatted(source, "html", None)

    assert error.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("source", "shown", "found"),
    [
        ("*굵게 _기울_*", "굵게 기울", [(0, 5, "bold"), (3, 2, "italic")]),
        (
            "__u__ ~s~ ||p||",
            "u s p",
            [(0, 1, "underline"), (2, 1, "strikethrough"), (4, 1, "spoiler")],
        ),
        ("`a.b` 1\\.", "a.b 1.", [(0, 3, "code")]),
        ("```py\nx```", "x", [(0, 1, "pre", "py")]),
        ("[l](http://a.kr/x\\)y)", "l", [(0, 1, "text_link", "http://a.kr/x)y")]),
        (">a\n>b\nc", "a\nb\nc", [(0, 3, "blockquote")]),
        (">a\n>b||", "a\nb", [(0, 3, "expandable_blockquote")]),
        ("![😀](tg://emoji?id=5)", "😀", [(0, 2, "custom_emoji", "5")]),
        ("_*a*_", "a", [(0, 1, "bold"), (0, 1, "italic")]),
    ],
)
def test_markdown_v2(source: str, shown: str, found: list[tuple[object, ...]]) -> None:
    text, entities = _short(source, "MarkdownV2")

    assert text == shown
    assert sorted(entities, key=str) == sorted(found, key=str)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("(a)", "Character '(' is reserved and must be escaped with the preceding '\\'"),
        ("가*a", "Can't find end of Bold entity at byte offset 3"),
        ("[l](x", "Can't find end of a URL at byte offset 4"),
    ],
)
def test_markdown_v2_that_makes_no_sense(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as error:
        formatted(source, "MarkdownV2", None)

    assert error.value.description == f"Bad Request: can't parse entities: {reason}"


def test_the_older_markdown() -> None:
    source = "*b* _i_ `c` [l](http://a.kr) \\*x ```py\ny```"

    shown, found = _short(source, "Markdown")

    assert shown == "b i c l *x y"
    assert [each[2] for each in found] == ["bold", "italic", "code", "text_link", "pre"]
    with pytest.raises(ApiError, match="Can't find end of the entity starting at byte offset 5"):
        formatted("snake_case", "Markdown", None)


def test_a_parse_mode_that_is_unknown() -> None:
    with pytest.raises(ApiError, match="Bad Request: unsupported parse_mode"):
        formatted("a", "bbcode", None)


def test_given_entities_count_in_utf16_units() -> None:
    given = [{"type": "bold", "offset": 3, "length": 2}, {"type": "url", "offset": 0, "length": 1}]

    assert _short("😀 hi", "", given) == ("😀 hi", [(3, 2, "bold")])


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ({"type": "bold", "offset": 1, "length": 1}, "begins in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": 0, "length": 1}, "ends in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": 0, "length": 9}, "ends after the end of the text"),
        ({"type": "bold", "offset": 9, "length": 1}, "begins after the end of the text"),
        ({"type": "bold", "offset": -1, "length": 1}, "incorrect offset -1"),
        ({"type": "odd", "offset": 0, "length": 1}, "Unsupported type specified"),
        ({"type": "bold", "length": 1}, 'Can\'t find field "offset"'),
        ({"type": "bold", "offset": "x", "length": 1}, 'Field "offset" must be of type Number'),
        ("bold", "expected an Object"),
    ],
)
def test_given_entities_that_make_no_sense(entity: object, reason: str) -> None:
    with pytest.raises(ApiError) as error:
        formatted("😀 hi", "", [entity])

    assert reason in error.value.description


def test_blanks_go_and_entities_move_along() -> None:
    given = [{"type": "bold", "offset": 5, "length": 5}]

    assert _short("  \n  x\0y\r\nz \n", "", given) == ("x y\nz", [(0, 4, "bold")])
    assert _short(" \n ") == ("", [])
    assert _short("  a", "", [{"type": "bold", "offset": 1, "length": 2}]) == (
        " a",
        [(0, 2, "bold")],
    )


def test_what_telegram_finds_by_itself() -> None:
    text = "/start@some_bot @alice #해시 a.kr/x https://b.org/c?d. me@x.kr +82-2-120-1234 112"

    _, found = _short(text)

    assert [each[2] for each in found] == [
        "bot_command",
        "mention",
        "hashtag",
        "url",
        "url",
        "email",
        "phone_number",
    ]
    assert found[4][1] == len("https://b.org/c?d")


def test_nothing_is_found_inside_code() -> None:
    assert _short("<code>/start</code>", "HTML") == ("/start", [(0, 6, "code")])


def test_a_text_of_too_many_bytes() -> None:
    with pytest.raises(ApiError, match="Bad Request: text is too long"):
        formatted("가" * 11_000, "", None)
